"""No page, script, message or document says of anybody that they are on no list: nobody can know that."""

import re
from pathlib import Path

from config.environment import ROOT

FORBIDDEN = re.compile(r"\b(?:not|isn.t|is no longer|never|un)[- ]?listed\b", re.IGNORECASE)
CODE = re.compile(r"\bif not listed\b|\bnot listed\b(?=[:\])]| (?:in|and|or)\b)")
READ_BY_PEOPLE = (
    "templates/**/*.html",
    "static/**/*.js",
    "docs/*.md",
    "README.md",
    "*/views/**/*.py",
    "*/api/**/*.py",
    "registry/**/*.py",
)


def breaches(root: Path) -> list[str]:
    paths = sorted({path for pattern in READ_BY_PEOPLE for path in root.glob(pattern) if ".venv" not in path.parts})
    return [
        f"{path.relative_to(root)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if FORBIDDEN.search(CODE.sub("", line))
    ]


def test_nothing_says_that_somebody_is_on_no_list():
    assert breaches(ROOT) == []


def test_it_would_be_noticed(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text("<p>Not listed</p>\n<p>isn’t listed</p>\n<p>listed</p>\n")
    assert breaches(tmp_path) == ["templates/a.html:1", "templates/a.html:2"]
