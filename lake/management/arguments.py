"""What `manage.py lake` takes: an act, and the options of each."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from corpus.objects.s3 import BadAddress
from lake.queries.candidates import GROUPS
from lake.queries.database import MEMORY
from lake.read.places import Crawls, crawls_at

ENGINES = ("local", "spark")


def add_acts(parser: CommandParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT", parser_class=CommandParser)
    for add in (add_read, add_copies, add_screen, add_select, add_promote, add_open, add_check):
        add(acts)


def add_read(acts: Any) -> None:
    parser = lake_parser(acts, "read", "read crawls, folders and files into pages; what was read before is skipped")
    about = "WARC or WET files, JSON Lines, Parquet, files of articles, folders; or s3://BUCKET/PREFIX"
    parser.add_argument("paths", nargs="+", type=crawls, metavar="PATH", help=about)
    add_engine(parser)


def add_copies(acts: Any) -> None:
    parser = lake_parser(acts, "copies", "find near-duplicates among all texts of the lake")
    add_memory(parser)


def add_screen(acts: Any) -> None:
    parser = lake_parser(acts, "screen", "find the names of a sanctions list in all texts of the lake; nothing is read anew")
    parser.add_argument("--list", required=True, metavar="CODE", help="list whose names to find, such as UN")
    parser.add_argument("--number", type=int, metavar="N", help="number of its version; default: the current one")
    parser.add_argument("--by", choices=list(GROUPS), default="entry", help="what candidates are counted by (default entry)")
    parser.add_argument("--most", type=positive, default=20, metavar="N", help="lines of the counts (default 20)")
    add_engine(parser)


def add_select(acts: Any) -> None:
    parser = lake_parser(acts, "select", "ask the lake in SQL (DuckDB) over the tables pages, unread, copies and names")
    parser.add_argument("sql", metavar="SELECT", help="one SELECT; a file of SQL as @FILE")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a new file .csv or .jsonl; default: CSV on the screen")
    add_memory(parser)


def add_promote(acts: Any) -> None:
    parser = lake_parser(acts, "promote", "store chosen pages in a corpus; those that it has are skipped")
    parser.add_argument("sql", metavar="SELECT", help="one SELECT with a column page; a file of SQL as @FILE")
    parser.add_argument("--corpus", required=True, metavar="SLUG")
    about = "what the lake was read from, as it was given to `lake read`"
    parser.add_argument("--from", dest="crawls", nargs="+", default=[], type=crawls, metavar="PATH", help=about)
    about = "copy original files (the default), or let them stay in crawls below CRAWLS, from where they are read"
    parser.add_argument("--originals", choices=["copy", "stay"], default="copy", help=about)
    later = "as a job of the worker, for a lake that `open` has named; needs no --from"
    parser.add_argument("--later", action="store_true", help=later)
    add_memory(parser)


def add_engine(parser: CommandParser) -> None:
    parser.add_argument(
        "--engine", choices=ENGINES, default="local", help="this machine (local, the default) or a cluster of Spark"
    )
    parser.add_argument("--processes", type=positive, metavar="N", help="of local; default: as many as there are processors")
    parser.add_argument("--master", metavar="URL", help="of spark: spark://HOST:7077, yarn, k8s://… or local[4]")
    about = "setting of Spark, such as spark.executor.memory=4g; may be repeated"
    parser.add_argument("--conf", action="append", default=[], metavar="NAME=VALUE", help=about)


def add_open(acts: Any) -> None:
    parser = lake_parser(acts, "open", "name a lake for the worker and for members of corpora")
    parser.add_argument("slug", help="short name")
    parser.add_argument("--name", help="name on pages; default: the short name")
    parser.add_argument(
        "--from", dest="crawls", nargs="+", required=True, type=crawls, metavar="PATH", help="what it was read from"
    )
    parser.add_argument(
        "--corpora", nargs="*", metavar="SLUG", help="corpora into which their managers promote; default: as before"
    )


def add_check(acts: Any) -> None:
    lake_parser(acts, "check", "compare each file of the lake with the SHA-256 that it was written with")


def add_memory(parser: CommandParser) -> None:
    parser.add_argument(
        "--memory", type=size, default=MEMORY, metavar="SIZE", help=f"memory of the database, such as 8GB (default {MEMORY})"
    )


def lake_parser(acts: Any, name: str, about: str) -> CommandParser:
    parser: CommandParser = acts.add_parser(name, help=about, description=about)
    about = "folder of the lake, or s3://BUCKET/PREFIX; default: LAKE of the environment"
    parser.add_argument("--lake", metavar="LAKE", help=about)
    return parser


def crawls(text: str) -> Crawls:
    """Raises ArgumentTypeError."""
    try:
        return crawls_at(text)
    except BadAddress as error:
        raise ArgumentTypeError(str(error)) from None


def positive(text: str) -> int:
    """Raises ArgumentTypeError."""
    if not re.fullmatch("[0-9]+", text) or not int(text):
        raise ArgumentTypeError(f"{text}: write a whole number from 1 on")
    return int(text)


def size(text: str) -> str:
    """Of memory, as DuckDB takes it. Raises ArgumentTypeError."""
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)? ?[KMGT]i?B", text, re.IGNORECASE):
        raise ArgumentTypeError(f"{text}: write a size such as 8GB or 512MB")
    return text
