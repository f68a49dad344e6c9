"""The corpus to try Attest with: invented articles beside the seed, annotated, reviewed and screened in part. docs/demo.md says what is in it."""
