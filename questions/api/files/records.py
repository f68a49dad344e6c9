"""Rows of ledgers as records of a table: the columns are the fields that the API has, a list in a row is one cell.

What has entries is a record for each line of evidence: an entry with one of its figures, or without any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from corpus.api.shape import Shape
from questions.api.entry_shapes import EvidenceShape
from questions.api.row_shapes import ROW_SHAPES, has_entries

Object = dict[str, Any]
ENTRY, VALUE = "entry", "value"


class FileColumn(NamedTuple):
    """`name`: the way to its field, with points between."""

    name: str
    meaning: str


def columns(ledger: str) -> list[FileColumn]:
    shape = ROW_SHAPES[ledger]()
    if not has_entries(ledger):
        return list(fields_of(shape))
    own = fields_of(shape, without=("values", "entries", "bases"))
    value = fields_of(nested(shape.fields["values"]), f"{VALUE}.", without=("figures",))
    counted = [FileColumn(f"{VALUE}.counted", "who or what is counted"), FileColumn(f"{VALUE}.sources", "who states the value")]
    return [
        *fields_of(EvidenceShape()),
        *own,
        *value,
        *counted,
        *fields_of(nested(shape.fields["entries"]), f"{ENTRY}.", without=("lines", "evidence")),
    ]


def nested(field: Any) -> Any:
    """The serializer in a list, or the field itself."""
    return getattr(field, "child", field)


def fields_of(shape: Shape, prefix: str = "", without: tuple[str, ...] = ()) -> Iterator[FileColumn]:
    for name, field in shape.fields.items():
        inner = nested(field)
        if name in without:
            continue
        if isinstance(inner, Shape):
            yield from fields_of(inner, f"{prefix}{name}.")
        else:
            yield FileColumn(prefix + name, str(field.help_text or ""))


def records(ledger: str, row: Object, evidence: Mapping[str, Object]) -> Iterator[Object]:
    """By the names of columns. `evidence`: by line, what the evidence table says of it."""
    if not has_entries(ledger):
        yield flat(row)
        return
    own = flat({name: value for name, value in row.items() if name not in ("values", "entries")})
    values = {figure["id"]: (value, figure) for value in row["values"] for figure in value["figures"]}
    for entry in row["entries"]:
        figures = [pk for pk in entry["figures"] if pk in values and is_valued(values[pk][0])] or [entry["event"]]
        for line, figure in zip(entry["lines"], figures, strict=False):
            yield {
                **own,
                **flat(entry, f"{ENTRY}."),
                **(value_cells(*values[figure]) if figure in values else {}),
                "line": line,
                **evidence.get(line, {}),
            }


def is_valued(value: Object) -> bool:
    return not value["low"] is value["high"] is None


def value_cells(value: Object, figure: Object) -> Object:
    cells = flat({name: each for name, each in value.items() if name != "figures"}, f"{VALUE}.")
    named = {name: [entity["name"] for entity in figure[name]] for name in ("counted", "sources")}
    return cells | {f"{VALUE}.{name}": names for name, names in named.items()}


def flat(record: Mapping[str, Any], prefix: str = "") -> Object:
    """An object in an object has a way of names; of several objects in a list, each field is a list."""
    cells: Object = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            cells |= flat(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            cells |= joined([flat(each, f"{prefix}{name}.") for each in value])
        else:
            cells[prefix + name] = value
    return cells


def joined(objects: Iterable[Object]) -> Object:
    cells: dict[str, list[Any]] = {}
    for each in objects:
        for name, value in each.items():
            cells.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return cells
