"""The ledgers: each a module that makes a page of rows for a question, the same for pages, programs and files."""
