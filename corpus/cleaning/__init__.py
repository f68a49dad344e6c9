"""Raw text to clean text, with every repair listed and the way back kept. Pure."""
