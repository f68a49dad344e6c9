"""Event coreference: people judge that events of several articles are one, or are not; from this follow the sets of linked events."""
