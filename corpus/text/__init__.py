"""Text as such: what may be stored, offsets, sentences, languages, differences. Pure."""
