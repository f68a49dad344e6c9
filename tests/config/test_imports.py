"""What the server loads: what it does not need costs a start, and memory in each process."""

import subprocess
import sys

from config.environment import ROOT

# Parsers of files that anybody may give: only the processes in the sandbox have a use for them.
PARSERS = [
    "corpus.readers.records",
    "docx",
    "feedparser",
    "lxml",
    "pypdfium2",
    "trafilatura",
    "fastwarc",
    "cassis",
    "spacy",
    "pyarrow",
]
# What few requests and jobs have a use for is loaded by the first that has.
LATER = [
    "annotations.figures",
    "annotations.dates",
    "edtf",
    "markdown_it",
    "urllib3",
    "drf_spectacular.plumbing",
    "unittest",
    "annotations.migrations.0002_initial",
]
CODE = """
import sys
sys.modules["requests"] = None  # not in an installation without extras; Django REST framework loads it where it is
from config.wsgi import application
import config.urls, config.management.commands.worker, config.web
from procrastinate.contrib.django import app
app.perform_import_paths()
from config.health import known_migrations
known_migrations()
print([name for name in {names} if name in sys.modules])
"""


def test_the_server_and_the_worker_load_no_parser_of_files_and_nothing_that_few_need():
    program = [sys.executable, "-W", "ignore", "-c", CODE.format(names=PARSERS + LATER)]
    result = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
