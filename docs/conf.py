"""Build the site of the documents: README.md, docs/, domain/ and the pages beside them, as they lie in the tree."""

project = "Attest"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["*.md", "docs/**.md", "domain/*.md", "benchmarks/README.md", "clients/python/README.md"]
myst_heading_anchors = 4
html_theme = "furo"
html_title = "Attest"
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
