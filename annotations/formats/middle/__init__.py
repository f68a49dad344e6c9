"""The middle of every foreign format: marks, frames and relations over one text, to and from the native document. Pure."""
