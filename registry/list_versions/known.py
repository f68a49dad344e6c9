"""Lists that issuers publish for everybody: what they are called, and where. Nothing is fetched before a person has set a period."""

from __future__ import annotations

from typing import NamedTuple


class KnownList(NamedTuple):
    code: str
    name: str
    issuer: str
    licence: str = ""
    attribution: str = ""


# By the format of the file.
KNOWN = {
    "un": KnownList(
        "UN",
        "United Nations Security Council Consolidated List",
        "United Nations Security Council",
        attribution="United Nations Security Council Consolidated List",
    ),
    "ofac": KnownList(
        "OFAC", "Specially Designated Nationals", "Office of Foreign Assets Control, United States", "United States public domain"
    ),
    "ofac_csv": KnownList(
        "OFAC", "Specially Designated Nationals", "Office of Foreign Assets Control, United States", "United States public domain"
    ),
    "eu": KnownList(
        "EU",
        "EU consolidated list of financial sanctions",
        "European Union",
        "Commission Decision 2011/833/EU",
        "© European Union",
    ),
    "uk": KnownList(
        "UK",
        "UK Sanctions List",
        "Foreign, Commonwealth and Development Office",
        "Open Government Licence v3.0",
        "Contains public sector information licensed under the Open Government Licence v3.0.",
    ),
}


def is_public(code: str) -> bool:
    """Whether a code is that of a list for everybody, which no corpus can take for a list of its own."""
    return code.casefold() in {known.code.casefold() for known in KNOWN.values()}
