"""What follows from the figures of one document: sums, rates, amounts per head, what the law asks.

Pure functions of a `nativeview.Context`. The rules warn by them, and `derive` writes them down.
"""
