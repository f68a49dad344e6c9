"""Pages of sanctions lists: which there are, what a version changed, what an entry says."""
