"""Pages of the lake as articles of a corpus."""
