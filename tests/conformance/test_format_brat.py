"""brat's own corpora: every line is understood, and what is written of them says the same."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from annotations.formats.base import Losses
from annotations.formats.brat import standoff
from annotations.formats.middle.flat import Flat
from tests.annotations.formats.flats import shape

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "brat"
pytestmark = pytest.mark.others("data", "brat", instead="tests/annotations/formats/test_brat.py")
SETS = {
    "news": "tutorials/news",
    "BioNLP-ST_2011_GE": "BioNLP-ST_2011_GE",
    "BioNLP-ST_2011_REL": "BioNLP-ST_2011_REL",
    "esp": "CoNLL-ST_2002/esp",
}


def archive(folder: Path) -> bytes:
    pipe = io.BytesIO()
    with zipfile.ZipFile(pipe, "w") as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, path.relative_to(folder).as_posix())
    return pipe.getvalue()


def read(content: bytes) -> list[Flat]:
    found = list(standoff.read(io.BytesIO(content), "a.zip", {}))
    assert all(isinstance(flat, Flat) for flat in found), [flat for flat in found if not isinstance(flat, Flat)]
    return found


def kinds(flats: list[Flat]) -> Counter[str]:
    """Lines by their first letter, as they would be written."""
    found: Counter[str] = Counter()
    for flat in flats:
        found["T"] += len(flat.marks)
        found["E"] += len(flat.frames)
        found["R"] += sum(not tie.id.startswith("*") for tie in flat.ties)
        found["*"] += len({tie.id for tie in flat.ties if tie.id.startswith("*")})
        found["#"] += len(flat.notes)
        attributes = [thing.attributes for thing in (*flat.marks, *flat.frames)]
        found["N"] += sum("entity" in each for each in attributes)
        plain = [name for each in attributes for name in each if not name.startswith("entity")]
        found["A"] += len(plain)
    return +found


@pytest.mark.parametrize("name", SETS)
def test_every_line_is_understood(name: str) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text("utf-8"))[name]
    flats = read(archive(FOLDER / SETS[name]))
    wanted = Counter(expected["lines_by_kind"])
    wanted["A"] += wanted.pop("M", 0)
    print(f"{name}: {len(flats)} texts, {dict(kinds(flats))}")
    assert len(flats) == expected["docs"]
    assert kinds(flats) == +wanted
    assert Counter(mark.label for flat in flats for mark in flat.marks) == Counter(expected["T_types"])
    assert Counter(frame.label for flat in flats for frame in flat.frames) == Counter(expected["E_types"])
    assert Counter(tie.type for flat in flats for tie in flat.ties if not tie.id.startswith("*")) == Counter(expected["R_types"])
    assert sum(len(mark.fragments) > 1 for flat in flats for mark in flat.marks) == expected["discontinuous_T"]


@pytest.mark.parametrize("name", SETS)
def test_what_is_read_is_written_the_same(name: str) -> None:
    flats, losses = read(archive(FOLDER / SETS[name])), Losses()
    again = read(b"".join(standoff.write(flats, losses, {})))
    assert not losses
    assert [shape(flat) for flat in again] == [shape(flat) for flat in flats]
