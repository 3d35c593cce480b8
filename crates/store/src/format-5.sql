-- What was written anew to fields, not what records were made with: who asks which records held something else at a moment of the
-- past looks at the edits of a field since, however many records were imported.
CREATE INDEX history_edits ON history (kind, key, change) WHERE key <> '';
