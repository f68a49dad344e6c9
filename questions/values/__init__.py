"""Values of figures, possible days and sources held against each other. Pure."""
