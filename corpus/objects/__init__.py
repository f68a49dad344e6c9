"""Raw bytes that are too large for rows of the database: as objects in a folder, each under the digest of its content."""
