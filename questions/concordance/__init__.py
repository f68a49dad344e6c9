"""The concordance: words and marks of all articles as lines with what is left and right of them, in bounded work."""
