"""The corpus to try Attest with: invented articles beside the seed, annotated, reviewed and screened in part."""
