"""What others suggest, in `attest-suggest/1`: its shape, where its words are, and whether they are those of the text. Pure.

Nothing is repaired. What does not fit word by word is refused, with its place and the reason.
"""
