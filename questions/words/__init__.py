"""Words as questions ask for them: tokens, patterns, and where a text has them. Pure; offsets in code points."""
