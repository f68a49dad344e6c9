"""A question as an address: which parameters a ledger knows, how each is written, and the one form in which a question is kept. Pure."""
