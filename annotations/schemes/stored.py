"""The scheme's verbs: load it from a file, read it back whole, start a new version of it.

A file is in the shape of `domain/scheme.json`. What people edit is rows; the rest of the file stays
in `Scheme.body`. `data_of` puts both together again, so that the pure core sees one shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from annotations.models import Attribute, Choice, Label, Layer, Role, Rule, Scheme
from annotations.scheme.view import SchemeView
from annotations.schemes.measures_data import measures_data, seed_measures
from annotations.unstated.earlier import understood
from corpus.models import Corpus

ROWS = ("scheme", "layers", "overlays", "entity", "constraints", "measures")


class SchemeError(ValueError):
    """A scheme file that cannot be loaded; `problems` are lines that name place and reason."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class VersionInUse(SchemeError):
    """Another content of a version under which something is marked; `scheme` is the one that stays."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        super().__init__([f"version {scheme.version} of {scheme.code} is in use and differs: raise `version`"])


@dataclass(frozen=True)
class Compiled:
    """A scheme ready for the write: the pure view, and the keys of the rows it speaks of."""

    data: dict[str, Any]
    view: SchemeView
    labels: dict[tuple[str, str], int]
    roles: dict[tuple[str, str], int]


def compiled(scheme: Scheme) -> Compiled:
    return _compiled(scheme.pk, scheme.loaded)


@lru_cache(maxsize=16)
def _compiled(pk: int, loaded: datetime) -> Compiled:
    """`loaded` is part of the key so that an edited scheme is compiled anew."""
    labels = Label.objects.filter(layer__scheme=pk).values_list("layer__code", "code", "pk")
    owned = Role.objects.filter(label__layer__scheme=pk).values_list("label__code", "code", "pk")
    common = Role.objects.filter(layer__scheme=pk).values_list("layer__code", "code", "pk")
    shared = {(label, role): role_pk for owner, role, role_pk in common for layer, label, _ in labels if layer == owner}
    data = understood(data_of(Scheme.objects.get(pk=pk)))
    return Compiled(
        data=data,
        view=SchemeView(data),
        labels={(layer, label): label_pk for layer, label, label_pk in labels},
        roles=shared | {(label, role): role_pk for label, role, role_pk in owned},
    )


# Loading


@dataclass(frozen=True)
class Loaded:
    scheme: Scheme
    changed: bool


def load_scheme(body: Any, corpus: Corpus | None = None) -> Loaded:
    """Store the version that `body` describes. Loading the same again changes nothing.

    Raises SchemeError for a malformed file, and VersionInUse for another content of a version that is
    in use: articles keep the version under which they were marked. `corpus`: whose own version it is.
    """
    if not isinstance(body, dict) or not str(body.get("format", "")).startswith("sanctions-annot"):
        raise SchemeError(["not an annotation scheme: `format` should be sanctions-annotation-scheme/1"])
    problems = SchemeView(body).check()
    if problems:
        raise SchemeError(problems)
    with transaction.atomic():
        seed_measures(body.get("measures", []))
        return store_version(body, corpus)


def store_version(body: dict[str, Any], corpus: Corpus | None = None) -> Loaded:
    head = body["scheme"]
    scheme, created = Scheme.objects.select_for_update().get_or_create(
        code=head["code"], version=head["version"], defaults={"name": head["name"], "corpus": corpus}
    )
    if scheme.corpus != corpus:
        raise SchemeError([f"version {scheme.version} of {scheme.code} belongs to another corpus: raise `version`"])
    if not created and essence(data_of(scheme)) == essence(body):
        return Loaded(scheme, changed=False)
    if scheme.in_use:
        raise VersionInUse(scheme)
    write_rows(scheme, body)
    return Loaded(scheme, changed=True)


def essence(data: Any) -> Any:
    """The content without empty fields and the register of measures, which lives on by itself."""
    if isinstance(data, dict):
        kept = {key: essence(value) for key, value in data.items() if key != "measures"}
        return {key: value for key, value in kept.items() if value not in (None, False, "", [], {})}
    return [essence(entry) for entry in data] if isinstance(data, list) else data


def write_rows(scheme: Scheme, body: dict[str, Any]) -> None:
    scheme.layers.all().delete()
    scheme.attributes.all().delete()
    scheme.rules.all().delete()
    scheme.name = body["scheme"]["name"]
    scheme.body = {key: value for key, value in body.items() if key not in ROWS} | {
        "head": body["scheme"],
        "overlays": [without(overlay, "attributes") for overlay in body["overlays"]],
        "entity": without(body["entity"], "attributes"),
    }
    scheme.save()
    for order, layer in enumerate(body["layers"], 1):
        write_layer(scheme, layer, order)
    for overlay in body["overlays"]:
        write_attributes(scheme, overlay["attributes"], section=overlay["code"])
    write_attributes(scheme, body["entity"]["attributes"], section="entity")
    Rule.objects.bulk_create(rule_rows(scheme, body["constraints"]))


def write_layer(scheme: Scheme, data: dict[str, Any], order: int) -> None:
    columns = ("code", "name", "key", "order", "description")
    layer = Layer.objects.create(
        scheme=scheme,
        kind=data["code"].lower(),
        **{"order": order, **only(data, columns)},
        extra=without(data, *columns, "labels", "attributes", "common_roles"),
    )
    write_attributes(scheme, data.get("attributes", []), layer=layer)
    write_roles(data.get("common_roles", []), layer=layer)
    for position, label in enumerate(data["labels"], 1):
        write_label(layer, label, position)


def write_label(layer: Layer, data: dict[str, Any], order: int) -> None:
    columns = ("code", "name", "badge", "key", "order", "definition", "examples", "not_examples")
    attributes = data.get("attributes", [])
    uses = [code for code in attributes if isinstance(code, str)]
    label = Label.objects.create(
        layer=layer,
        uses=uses,
        color=data.get("color", {}),
        **{"order": order, **only(data, columns)},
        extra=without(data, *columns, "color", "attributes", "roles"),
    )
    write_attributes(layer.scheme, [] if uses else attributes, label=label)
    write_roles(data.get("roles", []), label=label)


def write_attributes(scheme: Scheme, entries: list[dict[str, Any]], **owner: Any) -> None:
    columns = ("code", "name", "type", "required", "default", "help")
    for order, entry in enumerate(entries, 1):
        choices = entry.get("choices", [])
        attribute = Attribute.objects.create(
            scheme=scheme,
            order=order,
            choices_path=choices if isinstance(choices, str) else "",
            extra=without(entry, *columns, "choices"),
            **only(entry, columns),
            **owner,
        )
        rows = [] if isinstance(choices, str) else choices
        Choice.objects.bulk_create(
            Choice(attribute=attribute, order=number, **only(row, ("code", "name", "definition")))
            for number, row in enumerate(rows, 1)
        )


def write_roles(entries: list[dict[str, Any]], **owner: Any) -> None:
    columns = ("code", "name", "fillers", "min", "max", "help")
    Role.objects.bulk_create(Role(order=order, **only(entry, columns), **owner) for order, entry in enumerate(entries, 1))


def rule_rows(scheme: Scheme, entries: list[dict[str, Any]]) -> Iterable[Rule]:
    for order, entry in enumerate(entries, 1):
        yield Rule(
            scheme=scheme,
            order=order,
            text=entry["rule"],
            **only(entry, ("code", "level", "applies_to")),
            extra=without(entry, "code", "level", "applies_to", "rule"),
        )


# Reading back


def data_of(scheme: Scheme) -> dict[str, Any]:
    """The whole scheme in the shape of its file."""
    attributes = attributes_by_owner(scheme)
    body = dict(scheme.body)
    head = body.pop("head", {}) | {
        "code": scheme.code,
        "version": scheme.version,
        "name": scheme.name,
    }
    return body | {
        "scheme": head,
        "layers": [layer_data(layer, attributes) for layer in layers_of(scheme)],
        "overlays": [
            overlay | {"attributes": attributes.get(("section", overlay["code"]), [])} for overlay in body.get("overlays", [])
        ],
        "entity": body.get("entity", {}) | {"attributes": attributes.get(("section", "entity"), [])},
        "constraints": [rule_data(rule) for rule in scheme.rules.all()],
        "measures": measures_data(),
    }


def layers_of(scheme: Scheme) -> Any:
    return scheme.layers.prefetch_related("labels__roles", "roles").order_by("order")


def attributes_by_owner(scheme: Scheme) -> dict[tuple[str, Any], list[dict[str, Any]]]:
    attributes: dict[tuple[str, Any], list[dict[str, Any]]] = {}
    for row in scheme.attributes.prefetch_related("choices").order_by("order", "id"):
        owner = ("label", row.label_id) if row.label_id else ("layer", row.layer_id) if row.layer_id else ("section", row.section)
        attributes.setdefault(owner, []).append(attribute_data(row))
    return attributes


def attribute_data(row: Attribute) -> dict[str, Any]:
    data = {"code": row.code, "name": row.name, "type": row.type, "required": row.required}
    choices = row.choices_path or [
        {"code": choice.code, "name": choice.name, "definition": choice.definition} for choice in row.choices.all()
    ]
    optional = {"default": row.default, "choices": choices or None, "help": row.help or None}
    return {**data, **{key: value for key, value in optional.items() if value is not None}, **row.extra}


def layer_data(layer: Layer, attributes: dict[tuple[str, Any], Any]) -> dict[str, Any]:
    return {
        **layer.extra,
        "code": layer.code,
        "name": layer.name,
        "key": layer.key,
        "order": layer.order,
        "description": layer.description,
        "attributes": attributes.get(("layer", layer.pk), []),
        "common_roles": [role_data(role) for role in layer.roles.all()],
        "labels": [label_data(label, attributes) for label in layer.labels.all()],
    }


def label_data(label: Label, attributes: dict[tuple[str, Any], Any]) -> dict[str, Any]:
    return {
        **label.extra,
        "code": label.code,
        "name": label.name,
        "badge": label.badge,
        "key": label.key,
        "order": label.order,
        "definition": label.definition,
        "examples": label.examples,
        "not_examples": label.not_examples,
        "color": label.color,
        "attributes": label.uses or attributes.get(("label", label.pk), []),
        "roles": [role_data(role) for role in label.roles.all()],
    }


def role_data(role: Role) -> dict[str, Any]:
    return {
        "code": role.code,
        "name": role.name,
        "fillers": role.fillers,
        "min": role.min,
        "max": role.max,
        "help": role.help,
    }


def rule_data(rule: Rule) -> dict[str, Any]:
    return {
        **rule.extra,
        "code": rule.code,
        "level": rule.level,
        "applies_to": rule.applies_to,
        "rule": rule.text,
    }


# A new version


def copy_version(scheme: Scheme, version: str) -> Scheme:
    """A copy of `scheme` under a new version number, open to change until it is used."""
    data = data_of(scheme)
    data["scheme"] = data["scheme"] | {"version": version}
    if Scheme.objects.filter(code=scheme.code, version=version).exists():
        raise SchemeError([f"version {version} of {scheme.code} already exists"])
    return load_scheme(data, scheme.corpus).scheme


def only(data: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: data[key] for key in keys if key in data}


def without(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


def problems_of(scheme: Scheme) -> list[str]:
    """What is wrong with a version. Its free parts can be typed in any shape, also in one that cannot be put together."""
    try:
        return SchemeView(data_of(scheme)).check()
    except (AttributeError, KeyError, TypeError) as error:
        return [f"part of the scheme file has the wrong type: {error}"]
