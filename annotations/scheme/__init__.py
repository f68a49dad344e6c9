"""A scheme as data: looked up by code, and checked before it is stored. Pure."""
