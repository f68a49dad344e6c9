"""Words of texts and titles in the database: how they get into the index, and what a search finds by it."""
