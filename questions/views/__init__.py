"""Pages that ask the corpus."""
