"""Raw bytes that are too large for rows of the database: as objects in a folder or a bucket, each under the digest of its content."""
