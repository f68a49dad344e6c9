"""Saved questions: how they are kept, and what is new in their answers since a person has seen them."""
