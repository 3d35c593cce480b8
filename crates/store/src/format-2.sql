-- What an import made along the way, by kind (JSON), as the change itself says.
ALTER TABLE change ADD COLUMN linked TEXT;
