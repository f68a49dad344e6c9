"""A reading under another version of its scheme: which code becomes which, and the document that follows. Pure."""
