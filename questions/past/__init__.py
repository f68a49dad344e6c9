"""The annotations of a corpus as they were at an earlier change: what the index and the ledgers read, put back by the change log."""
