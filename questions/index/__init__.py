"""The index of questions: how entries are made of marks, and what is behind."""
