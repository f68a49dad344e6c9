"""What scores are made with beside the rules: another version of it could give another score. Pure."""

from __future__ import annotations

import unicodedata
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

TABLES = {"company forms": "company_forms.tsv", "Korean letters": "korean_letters.tsv", "Han readings": "han_readings.tsv.gz"}
LIBRARIES = ("anyascii", "rapidfuzz")
SHOWN = 12  # signs of the SHA-256 of a table


@cache
def components() -> dict[str, str]:
    """Versions by name: of Unicode as Python has it, of libraries, and of tables by the beginning of their SHA-256."""
    folder = Path(__file__).parent / "data"
    tables = {name: sha256((folder / file).read_bytes()).hexdigest()[:SHOWN] for name, file in TABLES.items()}
    return {"Unicode": unicodedata.unidata_version} | {name: version(name) for name in LIBRARIES} | tables
