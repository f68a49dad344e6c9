"""A scheme file taken apart into values by their path, so that an edit is a few of them: what they were, and what they are.

A path is `EVENT.PAY.name` (a field of a label), `EVENT..key` (of a layer) or `..ucum_units` (anything else of the file). What is missing is
None. A label is there as long as one of its fields is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]
Parts = dict[str, Any]


def parts_of(body: Mapping[str, Any]) -> Parts:
    parts: Parts = {}
    for name, value in body.items():
        if name != "layers":
            parts[f"..{name}"] = value
    for layer in body["layers"]:
        for name, value in layer.items():
            if name not in ("code", "labels"):
                parts[f"{layer['code']}..{name}"] = value
        for order, label in enumerate(layer["labels"], 1):
            fields = {"order": order} | {name: value for name, value in label.items() if name != "code"}
            parts |= {f"{layer['code']}.{label['code']}.{name}": value for name, value in fields.items()}
    return {path: value for path, value in parts.items() if value is not None}


def body_of(parts: Parts) -> Json:
    """The scheme file again, labels by their order."""
    body: Json = {}
    layers: dict[str, Json] = {}
    labels: dict[tuple[str, str], Json] = {}
    for path, value in parts.items():
        layer, label, name = path.split(".", 2)
        if value is None:
            continue
        if label:
            labels.setdefault((layer, label), {"code": label})[name] = value
        elif layer:
            layers.setdefault(layer, {"code": layer})[name] = value
        else:
            body[name] = value
    for code, layer_body in layers.items():
        own = [label for (layer, _), label in labels.items() if layer == code]
        layer_body["labels"] = sorted(own, key=lambda label: label.get("order", 0))
    body["layers"] = sorted(layers.values(), key=lambda layer: layer.get("order", 0))
    return body


def changed_parts(before: Parts, after: Parts) -> tuple[Parts, Parts]:
    """What of the one differs from the other, on both sides."""
    paths = [path for path in before | after if before.get(path) != after.get(path)]
    return {path: before.get(path) for path in paths}, {path: after.get(path) for path in paths}


def codes_of(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of each thing of the file that has a code: `("layers", "EVENT", "labels", "PAY")`."""
    if isinstance(node, Mapping):
        code = node.get("code")
        here = (*path, code) if isinstance(code, str) else path
        if here != path:
            yield here
        for name, value in node.items():
            if isinstance(value, list | Mapping):
                yield from codes_of(value, (*here, name))
    elif isinstance(node, list):
        for entry in node:
            yield from codes_of(entry, path)
