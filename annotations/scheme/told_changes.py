"""What a version of a scheme changes, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
FIELDS = {
    "badge": "Changes the badge of “{name}” to {new}.",
    "key": "Gives “{name}” the key {new}.",
    "definition": "Describes “{name}” anew.",
    "examples": "Gives “{name}” other examples.",
    "trigger_examples": "Gives “{name}” other examples.",
    "not_examples": "Gives “{name}” other counter-examples.",
    "color": "Recolours “{name}”.",
}
OTHERS = {
    "ucum_units": "Changes the units.",
    "declared_units": "Changes the units.",
    "currencies": "Changes the currencies.",
    "scheme": "Changes the name of the scheme.",
}
QUIET = {"code", "order", "name", "roles", "attributes", "retired", "labels"}


def told_changes(before: Json, after: Json) -> list[str]:
    """One sentence each; the same one once."""
    return list(dict.fromkeys([*told_layers(before, after), *told_rest(before, after)]))


def told_layers(before: Json, after: Json) -> Iterator[str]:
    old_layers = {layer["code"]: layer for layer in before["layers"]}
    new_layers = {layer["code"]: layer for layer in after["layers"]}
    for code, layer in new_layers.items():
        old = old_layers.get(code)
        if old is None:
            yield f"Adds “{layer['name']}”."
            continue
        yield from told_labels(old, layer)
        yield from told_parts(f"all {layer['name'].lower()}", old, layer, "common_roles", "role")
        yield from told_parts(f"all {layer['name'].lower()}", old, layer, "attributes", "attribute")
        if any(old.get(name) != layer.get(name) for name in old | layer if name not in (*QUIET, "common_roles")):
            yield f"Changes “{layer['name']}”."
    yield from (f"Removes “{layer['name']}”." for code, layer in old_layers.items() if code not in new_layers)


def told_labels(old_layer: Json, new_layer: Json) -> Iterator[str]:
    where = new_layer["name"]
    old = {label["code"]: label for label in old_layer["labels"]}
    new = {label["code"]: label for label in new_layer["labels"]}
    for code, label in new.items():
        if code in old:
            yield from told_label(old[code], label)
        else:
            yield f"Adds “{label['name']}” to {where}, key {label['key']}."
    yield from (f"Removes “{label['name']}” from {where}." for code, label in old.items() if code not in new)
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield f"Orders {where} anew."


def told_label(old: Json, new: Json) -> Iterator[str]:
    name = new["name"]
    if old["name"] != name:
        yield f"Renames “{old['name']}” to “{name}”."
    if bool(old.get("retired")) != bool(new.get("retired")):
        yield f"Retires “{name}”: no new marks." if new.get("retired") else f"Takes “{name}” back into use."
    for field in old.keys() | new.keys():
        if field not in QUIET and (old.get(field) or None) != (new.get(field) or None):
            yield FIELDS.get(field, "Changes “{name}”.").format(name=name, new=new.get(field))
    yield from told_parts(f"“{name}”", old, new, "roles", "role")
    yield from told_parts(f"“{name}”", old, new, "attributes", "attribute")


def told_parts(owner: str, old: Json, new: Json, field: str, noun: str) -> Iterator[str]:
    """Roles or attributes; those of a figure are codes of its layer."""
    was, now = ({code(each): each for each in side.get(field) or []} for side in (old, new))
    yield from (f"Adds the {noun} “{name(each)}” to {owner}." for key, each in now.items() if key not in was)
    yield from (f"Removes the {noun} “{name(each)}” from {owner}." for key, each in was.items() if key not in now)
    changed = [each for key, each in now.items() if key in was and was[key] != each]
    yield from (f"Changes the {noun} “{name(each)}” of {owner}." for each in changed)


def code(entry: Any) -> str:
    return str(entry["code"]) if isinstance(entry, Mapping) else str(entry)


def name(entry: Any) -> str:
    return str(entry["name"]) if isinstance(entry, Mapping) else str(entry)


def told_rest(before: Json, after: Json) -> Iterator[str]:
    for field in before.keys() | after.keys():
        if field != "layers" and before.get(field) != after.get(field):
            yield OTHERS.get(field, f"Changes {field.replace('_', ' ')}.")
