"""FollowTheMoney's words for ours: schemata, identifiers, languages, ids, partial dates. Pure.

Schemata and properties are those of followthemoney 4.11; the tests validate what is written with that package.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.native.view import Object
from annotations.scheme.view import SchemeView, UnknownLabel

# A label may say otherwise under `maps`. There is no group of people and no facility in FollowTheMoney.
ACTORS = {
    "PERSON": "Person", "GROUP": "LegalEntity", "COMPANY": "Company", "STATE_BODY": "PublicBody", "INTL_BODY": "Organization",
    "MEDIA": "Organization", "ORG": "Organization", "TERRITORY": "Territory", "FACILITY": "RealEstate", "VESSEL": "Vessel",
    "DOCUMENT": "Document",
}  # fmt: skip
LEGAL = {"Person", "LegalEntity", "Company", "PublicBody", "Organization"}  # descendants of LegalEntity among these
ORGANIZATIONS = {"Company", "PublicBody", "Organization"}
ASSETS = {"Company", "RealEstate", "Vessel"}
IDENTIFIERS = {
    ("wikidata", ""): ("wikidataId", re.compile(r"Q\d{1,20}")),
    ("imo", "Vessel"): ("imoNumber", re.compile(r"(IMO ?)?\d{7}")),
    ("mmsi", "Vessel"): ("mmsi", re.compile(r"\d{9}")),
    **{("lei", schema): ("leiCode", re.compile(r"[A-Z0-9]{20}")) for schema in LEGAL},
}
# BCP 47 → ISO 639-3
LANGUAGES = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb", "it": "ita", "ja": "jpn", "ko": "kor",
    "ms": "msa", "pl": "pol", "pt": "por", "ru": "rus", "th": "tha", "tr": "tur", "uk": "ukr", "vi": "vie", "zh": "zho",
}  # fmt: skip
ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,150}[0-9A-Za-z]|[0-9A-Za-z]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no value of FollowTheMoney has them
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COUNTRY = re.compile(r"[A-Za-z]{2}")
ADDRESS = re.compile(r"https?://(?=[^\s/?#]+?\.[^\s/?#])\S++")


def schema_of(view: SchemeView, label: str) -> str:
    """The schema of an actor. What neither the scheme nor this module knows is a LegalEntity."""
    layer = view.layer_of("actor")
    try:
        mapped = (view.label(layer, label).get("maps") or {}).get("ftm")
    except UnknownLabel:
        mapped = None
    return str(mapped or ACTORS.get(label, "LegalEntity"))


def event_schema(view: SchemeView, label: str) -> str:
    try:
        return str((view.event_label(label).get("maps") or {}).get("ftm") or "Event")
    except UnknownLabel:
        return "Event"


def ident(kind: str, *parts: Any) -> str:
    """Always the same for the same thing: "entity-…". What may not stand in an id becomes its hash."""
    joined_parts = "-".join(str(part) for part in parts)
    if ID.fullmatch(joined_parts):
        return f"{kind}-{joined_parts}"
    return f"{kind}-{hashlib.sha256(joined_parts.encode('utf-8', 'replace')).hexdigest()[:40]}"


def entity_id(entity: Object) -> str:
    """By its UUID; a key of the file it came from may be another's key in another file, so that type and name belong to it."""
    pk = str(entity["id"])
    if UUID.fullmatch(pk):
        return ident("entity", pk)
    digest = hashlib.sha256(f"{entity.get('type')}/{entity.get('name')}".encode("utf-8", "replace")).hexdigest()
    return ident("entity", pk, digest[:8])


def id_prefix(view: DocumentView) -> str:
    """In front of ids that two annotators of one text might share."""
    return str(view.doc.get("id") or view.key)


def ftm_entity(pk: str, schema: str, **properties: Any) -> Object:
    """An entity. Values become lists of texts; empty ones and those said twice are left out."""
    lists = {name: texts(value, lines=name in LONG) for name, value in properties.items()}
    return {
        "id": pk,
        "schema": schema,
        "properties": {name: texts_of_name for name, texts_of_name in lists.items() if texts_of_name},
    }


LONG = ("summary", "description", "notes", "purpose")


def texts(value: Any, *, lines: bool = False) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    plain = (CONTROL.sub("", str(entry)) for entry in values if entry is not None)
    stripped = (text.strip() if lines else " ".join(text.split()) for text in plain)
    return list(dict.fromkeys(text for text in stripped if text.strip("\"'“”‘’ ")))


def number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def countries(codes: Iterable[Any]) -> list[str]:
    return [str(code).lower() for code in codes if COUNTRY.fullmatch(str(code))]


def address(value: Any) -> str | None:
    """A web address; anything else is none."""
    return value if isinstance(value, str) and ADDRESS.fullmatch(value) else None


def date(time: Object) -> str | None:
    """The day, month or year in which all of it lies: "2017-09"."""
    first, last = str(time.get("earliest") or ""), str(time.get("latest") or "")
    return next((first[:length] for length in (10, 7, 4) if len(first) == 10 and first[:length] == last[:length]), None)


def ends(time: Object) -> Object:
    """`date` where one says it, else `startDate` and `endDate`."""
    day = date(time)
    if day:
        return {"date": day}
    return {"startDate": time.get("earliest"), "endDate": time.get("latest")}
