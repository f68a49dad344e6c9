"""How a question is put to the index: who sees what, what fits, which rows that makes, and what the answer rests on."""
