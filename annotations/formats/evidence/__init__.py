"""Evidence tables: a statement a line, with its words, its source and a seal."""
