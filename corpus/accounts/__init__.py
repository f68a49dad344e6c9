"""Accounts: the pace at which passwords are tried, and the browsers and networks in which people have logged in."""
