"""Crawls and folders to pages: each read in the sandbox, by the readers and the cleaning of the corpus."""
