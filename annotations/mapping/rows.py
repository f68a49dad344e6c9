"""What becomes of codes of one version of a scheme in another: a row for each code, which names a new code or leaves it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple, get_args

from annotations.scheme.view import SchemeView, UnknownLabel

CLAIM, CITATION = "ATTRIBUTION", "MEASURE_REF"
OVERLAYS = (CLAIM, CITATION)
ENTITY = "ENTITY"  # the layer of types of relations
RowKind = Literal["label", "role", "attribute", "choice", "link", "relation"]
KINDS: tuple[str, ...] = get_args(RowKind)
MOST_ROWS = 1_000


class Code(NamedTuple):
    """A code of a scheme: a label of a layer; a role or attribute of a label; a choice of an attribute; a type of links or relations.
    `layer`: of a layer or an overlay, of a type of links the one where they begin, and `attribute` the one where they end, of a type of
    relations ENTITY; `label`: empty for what an overlay has."""

    kind: str
    layer: str
    label: str
    attribute: str
    code: str

    def as_dict(self) -> dict[str, str]:
        return dict(zip(("kind", "layer", "label", "attribute", "code"), self, strict=True))


@dataclass(frozen=True)
class CodeRow:
    """`to`: the code in the new version; empty: left out, for a reason."""

    kind: str
    layer: str
    label: str
    attribute: str
    code: str
    to: str
    reason: str = ""

    @property
    def key(self) -> Code:
        return Code(self.kind, self.layer, self.label, self.attribute, self.code)


class CodeMapping:
    """Rows, looked up by what they map."""

    def __init__(self, rows: Iterable[CodeRow]) -> None:
        self.rows = tuple(rows)
        self.by_code = {row.key: row for row in self.rows}

    @classmethod
    def of(cls, stored: Iterable[dict[str, Any]]) -> CodeMapping:
        return cls(CodeRow(**row) for row in stored)

    def stored(self) -> list[dict[str, Any]]:
        return [asdict(row) for row in self.rows]

    def label(self, layer: str, code: str) -> str:
        """Its code in the new version; empty where it is left out."""
        return self.code(Code("label", layer, "", "", code))

    def code(self, key: Code) -> str:
        row = self.by_code.get(key)
        return key.code if row is None else row.to


def attributes_of(view: SchemeView, layer: str, label: str) -> dict[str, Any]:
    """Attributes by their codes; none where the version has no such label or overlay."""
    try:
        if layer in OVERLAYS:
            return {entry["code"]: entry for entry in view.overlay(layer)["attributes"]}
        return view.attributes(layer, label)
    except UnknownLabel:
        return {}


def choices_of(view: SchemeView, layer: str, label: str, attribute: str) -> list[str] | None:
    """Codes of the choices; None for an attribute without choices."""
    choices = attributes_of(view, layer, label).get(attribute, {}).get("choices")
    return [choice["code"] for choice in choices] if isinstance(choices, list) else None


def options(key: Code, mapping: CodeMapping, view: SchemeView) -> list[str]:
    """Codes of the new version that `key` can become."""
    if key.kind == "label":
        return (
            [label["code"] for label in view.labels(key.layer)] if key.layer in {layer["code"] for layer in view.layers} else []
        )
    if key.kind == "link":
        return [entry["code"] for entry in view.link_types(key.layer, key.attribute)]
    if key.kind == "relation":
        return [entry["code"] for entry in view.entity_relations] if key.layer == ENTITY else []
    label = mapping.label(key.layer, key.label) if key.label else ""
    if key.kind == "role":
        return list(view.roles(label)) if label in {each["code"] for each in view.labels(key.layer)} else []
    if key.kind == "attribute":
        return list(attributes_of(view, key.layer, label))
    attribute = mapping.code(Code("attribute", key.layer, key.label, "", key.attribute))
    return choices_of(view, key.layer, label, attribute) or []


def is_known(key: Code, view: SchemeView) -> bool:
    """Whether the version has the code."""
    return key.code in options(key, CodeMapping([]), view)


def is_settled(key: Code, mapping: CodeMapping, view: SchemeView) -> bool:
    """Whether the new version has a code for it, or it is left out, itself or what it belongs to."""
    to = mapping.code(key)
    if not to:
        return True
    if key.label and not mapping.label(key.layer, key.label):
        return True
    if key.kind == "choice":
        attribute = Code("attribute", key.layer, key.label, "", key.attribute)
        if not mapping.code(attribute):
            return True
        if choices_of(view, key.layer, mapping.label(key.layer, key.label) if key.label else "", mapping.code(attribute)) is None:
            return True  # the attribute has no list of choices there: its value fits, or its type is for the rules to name
    return to in options(key, mapping, view)


def problems(mapping: CodeMapping, old: SchemeView, new: SchemeView) -> Iterator[str]:
    """Why rows cannot hold: each in words."""
    if len(mapping.by_code) < len(mapping.rows):
        yield "Two rows map the same code."
    for row in mapping.rows:
        if row.kind not in KINDS or not is_known(row.key, old):
            yield f"{row.code}: the old version has no such {row.kind}."
        elif not row.to and not row.reason.strip():
            yield f"{row.code}: give a reason to leave it out."
        elif row.to and row.to not in options(row.key, mapping, new):
            yield f"{row.code}: the new version has no {row.kind} {row.to} there."
