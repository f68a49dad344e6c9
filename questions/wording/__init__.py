"""Questions and rows in plain English: codes by their names, times, values. Pure."""
