"""The shared register out of its file: entries are added and renewed, none is taken away, since entities may be linked to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model

from annotations.scheme.check import misshapen, repeated
from annotations.schemes.measures_file import unknown
from registry.models import BaseEntity, BaseName
from registry.models.base import loading

Json = Mapping[str, Any]
FORMAT = "attest-base-register/1"
FILE = "base register"
NAME = {"name": str, "kind": str, "language?": str}
ENTITY = {
    "code": str,
    "type": str,
    "name": str,
    "countries": [str],
    "identifiers": [{"scheme": str, "value": str}],
    "sources": [str],
    "names": [NAME],
}
BODY = {
    "format": str,
    "compiled?": str,
    "note?": str,
    "sources": {"*": {"name": str, "address": str, "licence": str}},
    "entities": [ENTITY],
}
COLUMNS = ("type", "name", "countries", "identifiers", "source", "licence")
OF_NAME = ("name", "kind", "language")


class BaseRegisterError(ValueError):
    """A malformed file; `problems` has a line for each reason, which begins with the place."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class LoadedRegister(NamedTuple):
    """Entries that were added, changed, and as they were."""

    added: int
    changed: int
    unchanged: int


def load_base_register(body: Any) -> LoadedRegister:
    """Store a whole file or, raising BaseRegisterError, nothing of it."""
    entries = [entry_of(entry, body["sources"]) for entry in checked(body)["entities"]]
    with loading():
        known = {entry["code"]: entry for entry in stored_entries()}
        new = [entry for entry in entries if entry["code"] not in known]
        changed = [entry for entry in entries if entry["code"] in known and known[entry["code"]] != entry]
        write(new, changed)
    return LoadedRegister(len(new), len(changed), len(entries) - len(new) - len(changed))


def write(new: list[Json], changed: list[Json]) -> None:
    BaseEntity.objects.bulk_create(row_of(entry) for entry in new)
    BaseEntity.objects.bulk_update([row_of(entry) for entry in changed], COLUMNS)
    BaseName.objects.filter(entity__in=[entry["code"] for entry in changed]).delete()
    BaseName.objects.bulk_create(
        BaseName(entity_id=entry["code"], position=position, **name)
        for entry in (*new, *changed)
        for position, name in enumerate(entry["names"])
    )


def row_of(entry: Json) -> BaseEntity:
    return BaseEntity(code=entry["code"], **{column: entry[column] for column in COLUMNS})


def entry_of(entry: Json, sources: Json) -> Json:
    """An entry as its rows keep it: with its sources and their licences in words."""
    origins = [sources[code] for code in entry["sources"]]
    return {
        **{field: entry[field] for field in ("code", "type", "name", "countries", "identifiers")},
        "source": "; ".join(" ".join(filter(None, (each["name"], each["address"]))) for each in origins),
        "licence": "; ".join(f"{each['name']}: {each['licence']}" for each in origins),
        "names": [{"language": "", **name} for name in entry["names"]],
    }


def stored_entries() -> Iterator[Json]:
    for row in BaseEntity.objects.prefetch_related("names"):
        names = [{column: getattr(name, column) for column in OF_NAME} for name in row.names.all()]
        yield {"code": row.code, **{column: getattr(row, column) for column in COLUMNS}, "names": names}


def checked(body: Any) -> Json:
    """The file as it is. Raises BaseRegisterError."""
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise BaseRegisterError([f"not a base register: `format` should be {FORMAT}"])
    problems = list(misshapen(FILE, body, BODY)) or list(unknown("", body, BODY)) or list(content_problems(body))
    if problems:
        raise BaseRegisterError(problems)
    return body


def content_problems(body: Json) -> Iterator[str]:
    yield from repeated("entities", body["entities"], "code")
    for entry in body["entities"]:
        yield from entry_problems(f"entities.{entry['code']}", entry, body["sources"])


def entry_problems(location: str, entry: Json, sources: Json) -> Iterable[str]:
    """What the columns would not hold, and what the entry says of others."""
    if not entry["sources"]:
        yield f"{location}.sources: should name at least one source"
    yield from (f"{location}.sources: there is no source {code!r}" for code in entry["sources"] if code not in sources)
    if not any(name["name"] == entry["name"] and name["kind"] == BaseName.Kind.NAME for name in entry["names"]):
        yield f"{location}.names: the name {entry['name']!r} is missing, of kind `name`"
    yield from repeated(
        f"{location}.names", [{"name and kind": (name["name"], name["kind"])} for name in entry["names"]], "name and kind"
    )
    rows = [BaseName(position=position, **name) for position, name in enumerate(entry["names"])]
    yield from (f"{location}.names.{row.name}: {problem}" for row in rows for problem in unfit(row, "entity"))
    known = [code for code in entry["sources"] if code in sources]
    yield from (
        f"{location}: {problem}"
        for problem in unfit(row_of(entry_of({**entry, "sources": known}, sources)), "code", "source", "licence")
    )


def unfit(row: Model, *left_out: str) -> list[str]:
    """What the columns of a row do not hold."""
    try:
        row.clean_fields(exclude=left_out)
    except ValidationError as error:
        return [f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
    return []
