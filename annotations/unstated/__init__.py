"""What nobody has said: values that are open, and the answer that the text does not say it. Pure."""
