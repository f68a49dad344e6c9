"""Plots of answers: what of a ledger is drawn, and where its parts lead."""
