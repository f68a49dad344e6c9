"""The register over HTTP: entities of one's corpora, measures for everybody who is signed in."""
