"""The native document: the JSON object that holds everything said about one text. Pure."""
