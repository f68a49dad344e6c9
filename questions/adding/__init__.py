"""Sums of rows: the terms, and whether each two of them are known to be apart."""
