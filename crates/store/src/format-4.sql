-- One's own last actions, newest first: what Ctrl/Cmd-Z would undo.
CREATE INDEX change_mine ON change (by, n) WHERE own = 1 AND part <= 1 AND applied = 1;
