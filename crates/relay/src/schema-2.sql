-- Who vouches for a member, and that one's signature: these lead to the founder.
ALTER TABLE member ADD COLUMN vouched_by BLOB;
ALTER TABLE member ADD COLUMN vouched BLOB;
