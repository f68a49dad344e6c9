"""The documents name files, modules and limits that exist."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path, PurePosixPath

import pytest

from config.environment import ROOT

DOCUMENTS = sorted(
    path
    for folder in (".", "docs", "docs/adr", "benchmarks", "domain", "clients/python")
    for path in (ROOT / folder).glob("*.md")
)
TRACKED = set(subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())
FOLDERS = {str(parent) for path in TRACKED for parent in PurePosixPath(path).parents}
SOURCE = re.compile(r"`((?:[\w-]+/)*[\w.-]+\.(?:py|js|css|html))`")
MODULE = re.compile(r"`((?:annotations|benchmarks|config|corpus|questions|registry|tests)(?:\.[a-z_]+)+)`")


def missing_files(text: str) -> list[str]:
    """Paths of sources that no file of the tree ends with."""
    named = set(SOURCE.findall(text))
    return sorted(path for path in named if path not in TRACKED and not any(each.endswith(f"/{path}") for each in TRACKED))


def missing_modules(text: str) -> list[str]:
    """Dotted names that begin with no module of the tree; the last part may be a function of one."""
    return sorted(name for name in set(MODULE.findall(text)) if not is_module(name) and not is_module(name.rpartition(".")[0]))


def is_module(name: str) -> bool:
    path = name.replace(".", "/")
    return f"{path}.py" in TRACKED or path in FOLDERS


def headings(path: Path) -> set[str]:
    """As anchors: small letters, hyphens for blanks, no other signs."""
    lines = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def broken_links(page: Path, text: str) -> list[str]:
    """Links of a document to a file, or a heading in one, that is not there."""
    broken = []
    for link in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)):
        name, _, anchor = link.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in headings(path)):
            broken.append(link)
    return broken


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.name != "CHANGELOG.md"], ids=lambda path: path.name)
def test_the_files_and_modules_that_a_document_names_exist(path):
    text = path.read_text("utf-8")
    assert missing_files(text) + missing_modules(text) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_to_a_file_and_a_heading(path):
    assert broken_links(path, path.read_text("utf-8")) == []


def test_a_link_that_leads_nowhere_is_noticed():
    assert broken_links(ROOT / "README.md", "[a](docs/gone.md) [b](docs/api.md#gone) [c](docs/adr/README.md#decisions)") == [
        "docs/gone.md",
        "docs/api.md#gone",
    ]


def test_a_file_or_module_that_is_gone_is_noticed():
    assert missing_files("`corpus/gone.py`, `gone.js`, `manage.py`") == ["corpus/gone.py", "gone.js"]
    assert missing_modules("`corpus.gone.thing`, `config.environment`, `config.environment.make_installation`") == [
        "corpus.gone.thing"
    ]


def test_the_decisions_are_listed_in_order_with_their_titles():
    pages = sorted((ROOT / "docs/adr").glob("0*.md"))
    titles = [page.read_text("utf-8").partition("\n")[0].removeprefix("# ") for page in pages]
    listed = re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", (ROOT / "docs/adr/README.md").read_text("utf-8"), re.MULTILINE)
    assert [f"{number}. {title}" for number, title, _ in listed] == titles
    assert [name for _, _, name in listed] == [page.name for page in pages]
    assert all(int(page.name[:4]) < int(after.name[:4]) for page, after in pairwise(pages))
    assert len(pages) <= 40


def test_the_limits_of_what_is_installed_are_those_of_the_benchmark():
    source = (ROOT / "benchmarks/installed.py").read_text("utf-8")
    [row] = re.findall(r"^\| `installed`: (.*) \|", (ROOT / "benchmarks/README.md").read_text("utf-8"), re.MULTILINE)
    assert numbers(row) == [int(limit) for limit in re.findall(r"limit=(\d+)", source)]


def test_the_documents_make_a_site(tmp_path):
    """Each is in its list, and no link of one leads nowhere."""
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "--conf-dir",
        "docs",
        "--doctree-dir",
        tmp_path / "trees",
        ".",
        tmp_path / "site",
    ]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr == ""
    made = {path.relative_to(tmp_path / "site").with_suffix(".md") for path in (tmp_path / "site").rglob("*.html")}
    assert {path.relative_to(ROOT) for path in DOCUMENTS} <= made
