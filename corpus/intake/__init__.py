"""What comes into a corpus: from the web, from feeds, from files."""
