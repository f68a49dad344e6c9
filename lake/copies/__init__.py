"""Near-duplicates among all texts of a lake."""
