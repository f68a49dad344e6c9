"""The one write, and what else changes annotations and entities: merges, decisions, signatures."""
