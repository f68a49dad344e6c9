"""One file with everything an installation needs to begin again, and the way back from it."""
