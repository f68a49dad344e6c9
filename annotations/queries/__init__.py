"""Read-only questions to the database: progress, findings, candidates, comparisons, integrity."""
