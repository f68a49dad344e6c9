"""Native documents built from the database: one, many, and a corpus in any format."""
