"""Listed names in the texts of pages."""
