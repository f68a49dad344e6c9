"""Words as they are searched for: tokens, patterns, and where a text has them. Pure; offsets in code points."""
