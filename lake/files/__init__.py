"""The lake as files in a folder: parts that are written once, and manifests that say which of them count."""
