"""`python -m benchmarks NAME…`: what Attest does, timed against a yardstick in the same run."""

import argparse
import importlib
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import texts
from benchmarks.host import ENVIRONMENT

os.environ.update(ENVIRONMENT)  # before anything reads it

BENCHMARKS = {
    "save": "save one change over HTTP: one client, eight clients",
    "fetch": "fetch one annotated article over HTTP",
    "pages": "a page of the lists of marks over HTTP, with 1,000 marks and with 2,000,000",
    "startup": "from the command to the first answer, and the memory when idle",
    "held": "memory of the web server after mixed requests and uploads, and of a list of 400,000 entries (REQUESTS, ARTICLES, ENTRIES)",
    "page": "open the annotator in Chromium until its marks are painted",
    "annotator": "work at the annotator on articles from 450 words to 500,000 characters",
    "suggestions": "what a reading is offered over HTTP, with few and with 25,000 readings behind it (ARTICLES: another number)",
    "figures": "read the values of figures from their words",
    "names": "compare names with the matcher, and with token_sort_ratio of rapidfuzz",
    "registers": "screen entities against lists beside token_sort_ratio, offers in texts, a decision (ENTITIES, NAMES: other numbers)",
    "ingest": "bring texts and pages in, one worker and two",
    "copies": "look for near-copies among 1,000, 10,000 and 100,000 texts",
    "importing": "import 1,000 articles with 40 marks each, without and with events (ARTICLES in the environment: another number)",
    "moving": "move readings to another version of their scheme, and back, beside loading them (ARTICLES: another number)",
    "carrying": "carry a reading of 500,000 characters with 5,000 marks to a newer text of its article",
    "exporting": "send a corpus over HTTP in every format, beside COPY; ARTICLES=50000 for a large one",
    "questions": "ledgers, drawings, words and the index of questions, beside SQL alone; --marks 2000000 --articles 100000 for large ones",
    "integrity": "check a corpus of long texts with many marks, beside its export; and one with ten times as many marks",
    "growth": "each act of benchmarks/acts.py with 100 articles and with 10,000 (ARTICLES in the environment: another number)",
    "teams": "agreement of two readings, a page of adjudication and decisions, the next article of many people; --articles 10000 for large ones",
    "adjudicating": "a text of 100,000 characters with three readings: beginning, page and decisions of its adjudication, and gamma",
    "progress": "the page of progress of 1,000,000 marks beside that of 10,000 (ARTICLES: another number of readings of 100 marks)",
    "lake": "read a made crawl into a lake, near-duplicates, listed names, promotion (--articles 100000: a large one); filter one of 1,000,000 pages",
    "near": "near-duplicates among 3,000,000 texts of a lake within 2 GB, beside counting their bands (--articles: another number)",
    "cluster": "read a made crawl in executors of Spark, beside the function alone; run it with .venv-spark/bin/python",
    "installed": "how many packages are installed, and how large they are",
}
ALONE = {"installed", "figures", "names", "near", "cluster"}  # need no server


def main() -> None:
    listed = "\n".join(f"  {name:<12} {about}" for name, about in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", epilog=listed, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="+", choices=[*BENCHMARKS, "all"], metavar="NAME")
    parser.add_argument("--rounds", type=int, default=200, help="how often each thing is done (default 200)")
    parser.add_argument(
        "--marks", type=int, help="of `questions`: marks of the corpus that ledgers are asked of (default 40,000)"
    )
    parser.add_argument(
        "--articles", type=int, help="short articles of `questions`, or articles of `growth`, `importing`, `exporting`"
    )
    parser.add_argument("--text", help="of the texts of `annotator`, those with this in their name, such as 450 or Chinese")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers here")
    options = parser.parse_args()
    sizes = {"MARKS": options.marks, "ARTICLES": options.articles}  # read where a benchmark is imported
    os.environ.update({name: str(size) for name, size in sizes.items() if size})
    names = list(BENCHMARKS) if "all" in options.names else options.names
    if options.text:
        texts.ARTICLES[:] = [article for article in texts.ARTICLES if options.text in article.name]
    rows = run(names, options.rounds)
    if options.json:
        options.json.write_text(json.dumps([row.as_dict() for row in rows], indent=1) + "\n", "utf-8")
    sys.exit(any(row.missed for row in rows))


def run(names: list[str], rounds: int) -> list:
    from benchmarks.host import installation
    from benchmarks.report import heading

    rows = []
    print(heading())
    with (
        tempfile.TemporaryDirectory(prefix="attest-benchmark-") as folder,
        installation(Path(folder), set(names) - ALONE) as host,
    ):
        for name in names:
            for row in importlib.import_module(f"benchmarks.{name}").measure(host, rounds):
                print(row)
                rows.append(row)
    return rows


if __name__ == "__main__":
    main()
