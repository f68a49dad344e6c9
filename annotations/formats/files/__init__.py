"""Files as files: archives, strict JSON and XML, and the end by which a cut file is noticed. Pure."""
