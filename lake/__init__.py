"""The lake: pages of crawls that are too many for a database, as files that programs read; what is needed of them goes into a corpus."""
