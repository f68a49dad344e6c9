"""Is a scheme file well made? First its shape, then what its parts say of each other.

A shape is a type, a list of one shape, a tuple of alternatives, or a dict of fields: `name?` may be
missing or null, `*` stands for any name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from annotations.scheme.check_reporting import REPORTING, check_reporting
from annotations.scheme.check_tables import TABLES, check_tables

Json = Mapping[str, Any]
LAYER_KINDS = ("actor", "figure", "event")
FILLER_KINDS = (*LAYER_KINDS, "measure")
LEVELS = ("error", "warning")
# WCAG 2.2 asks this of text (1.4.3) and of lines that mean something (1.4.11).
CONTRAST, LINE_CONTRAST = 4.5, 3.0

CHOICE = {"code": str, "name": str}
RELATION = CHOICE | dict.fromkeys(("symmetric?", "transitive?", "dependent?", "origin?"), bool)
ATTRIBUTE = {
    "code": str,
    "name": str,
    "type": str,
    "choices?": ([CHOICE], str),
    "required_for?": [str],
    "fact?": bool,
    "asked_when?": {"*": [str]},
    "fields?": [{"code": str, "name": str, "type": str, "choices?": [CHOICE]}],
}
FILLER = {"kind": str, "labels?": ([str], str), "set?": str}
ROLE = {"code": str, "name": str, "fillers": [FILLER], "min": int, "max?": int}
MODE = {"ink": str, "background": str, "line?": str}
LABEL = {
    "code": str,
    "name": str,
    "badge": str,
    "key": str,
    "definition": str,
    "attributes?": [(str, ATTRIBUTE)],
    "roles?": [ROLE],
    "color?": {"light?": MODE, "dark?": MODE, "contrast?": {"*": (float, int)}},
}
LAYER = {
    "code": str,
    "name": str,
    "key": str,
    "labels": [LABEL],
    "attributes?": [ATTRIBUTE],
    "common_roles?": [ROLE],
    "vague_words?": [{"word": str, "low": (int, float), "high": (int, float)}],
}
OVERLAY = {"code": str, "name": str, "key": str, "attributes": [ATTRIBUTE], "reporting?": REPORTING}
MEASURE = {"code": str, "adopted?": str, "provisions?": [{"paragraph": str, "effect?": str}]}
SCHEME = {
    "scheme": {"code": str, "version": str, "name": str},
    "layers": [LAYER],
    "overlays": [OVERLAY],
    "entity": {"attributes": [ATTRIBUTE], "relations": [RELATION]},
    "relations?": [{"code": str, "name": str, "source": str, "target": str}],
    "constraints": [{"code": str, "level": str, "rule": str, "labels?": [str]}],
    "filler_sets?": {"*": [str]},
    "zone_kinds?": [{"code": str, "annotate": bool}],
    "color_pages?": {mode: {"page": str, "body_text": str} for mode in ("light", "dark")},
    "measures?": [MEASURE],
    "currencies": [str],
    "currency_aliases?": {"*": str},
    "currency_inferred?": {"*": str},
    "ucum_units": {"*": [str]},
    **TABLES,
}
ROOTS = ("scheme file", "file of measures")  # whose fields are named without them
NAMES = {list: "a list", str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def problems(body: Any) -> list[str]:
    """One line for each problem, which begins with the place ("layers.EVENT.labels.PAY: …")."""
    return list(misshapen("scheme file", body, SCHEME)) or list(chain.from_iterable(content_problems(body)))


# Shape


def misshapen(location: str, value: Any, shape: Any) -> Iterator[str]:
    if isinstance(shape, tuple):
        yield from best_alternative(location, value, shape)
    elif isinstance(shape, dict):
        yield from misshapen_fields(location, value, shape)
    elif isinstance(shape, list):
        yield from misshapen_entries(location, value, shape[0])
    elif not isinstance(value, shape) or (shape is not bool and isinstance(value, bool)):
        yield f"{location}: should be {NAMES[shape]}"
    elif value == "" and shape is str and location.endswith((".code", ".key")):
        yield f"{location}: is empty"


def best_alternative(location: str, value: Any, shapes: tuple[Any, ...]) -> Iterator[str]:
    """Nothing if one shape fits; else what is wrong with the one of the same outer kind."""
    tried = [(shape, list(misshapen(location, value, shape))) for shape in shapes]
    if not all(problems for _, problems in tried):
        return
    alike = [problems for shape, problems in tried if isinstance(shape, (dict, list)) and isinstance(value, type(shape))]
    yield from (alike or [problems for _, problems in tried])[0]


def misshapen_fields(location: str, value: Any, shape: dict[str, Any]) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{location}: should be an object"
        return
    inside = "" if location in ROOTS else f"{location}."
    for name, field in shape.items():
        plain = name.removesuffix("?")
        if name == "*":
            for key, entry in value.items():
                yield from misshapen(f"{inside}{key}", entry, field)
        elif value.get(plain) is not None:
            yield from misshapen(f"{inside}{plain}", value[plain], field)
        elif plain == name:
            yield f"{location}: lacks `{plain}`"


def misshapen_entries(location: str, value: Any, shape: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{location}: should be a list"
        return
    for position, entry in enumerate(value):
        code = entry.get("code") if isinstance(entry, Mapping) else None
        yield from misshapen(f"{location}.{code or position}", entry, shape)


# Content


def content_problems(body: Json) -> Iterable[Iterator[str]]:
    """Every check of what the parts say of each other; the shape is known to be right."""
    yield check_layers(body)
    for layer in body["layers"]:
        location = f"layers.{layer['code']}"
        yield repeated(f"{location}.labels", layer["labels"], "code", "key")
        yield check_attributes(body, location, layer.get("attributes") or [], layer)
        yield check_roles(body, location, layer.get("common_roles") or [], ())
        yield check_vague_words(location, layer.get("vague_words") or [])
        for label in layer["labels"]:
            yield check_label(body, f"{location}.labels.{label['code']}", layer, label)
    for overlay in body["overlays"]:
        yield check_attributes(body, f"overlays.{overlay['code']}", overlay["attributes"], None)
        yield check_reporting(f"overlays.{overlay['code']}.reporting", overlay, labels_of(body, "actor"))
    yield check_attributes(body, "entity", body["entity"]["attributes"], None)
    yield repeated("entity.relations", body["entity"]["relations"], "code")
    yield check_links(body)
    yield check_rules(body)
    yield check_registers(body)
    yield check_tables(body)


def repeated(location: str, entries: Iterable[Json], *fields: str) -> Iterator[str]:
    for field in fields:
        counts = Counter(entry[field] for entry in entries)
        yield from (f"{location}: {field} {value!r} is used {n} times" for value, n in counts.items() if n > 1)


def kind_of(layer: Json) -> str:
    return str(layer["kind"] if layer.get("kind") in LAYER_KINDS else layer["code"].lower())


def check_layers(body: Json) -> Iterator[str]:
    yield from repeated("layers", [*body["layers"], *body["overlays"]], "code", "key")
    for layer in body["layers"]:
        if kind_of(layer) not in LAYER_KINDS:
            yield f"layers.{layer['code']}: is not one of {', '.join(LAYER_KINDS)}"


def labels_of(body: Json, kind: str) -> set[str]:
    layers = [layer for layer in body["layers"] if kind_of(layer) == kind]
    return {label["code"] for layer in layers for label in layer["labels"]}


def check_label(body: Json, location: str, layer: Json, label: Json) -> Iterator[str]:
    own = label.get("attributes") or []
    common = [entry["code"] for entry in layer.get("attributes") or []]
    if kind_of(layer) == "figure":
        yield from (f"{location}.attributes: the layer has no attribute {x!r}" for x in own if x not in common)
    else:
        yield from check_attributes(body, location, [x for x in own if isinstance(x, Mapping)], layer)
    shared = [role["code"] for role in layer.get("common_roles") or []]
    yield from check_roles(body, location, label.get("roles") or [], shared)
    yield from check_color(body, f"{location}.color", label.get("color") or {})


def check_attributes(body: Json, location: str, entries: list[Json], layer: Json | None) -> Iterator[str]:
    yield from repeated(f"{location}.attributes", entries, "code")
    labels = {label["code"] for label in layer["labels"]} if layer else set()
    for entry in entries:
        here = f"{location}.attributes.{entry['code']}"
        yield from check_choices(body, here, entry)
        unknown = [x for x in entry.get("required_for") or [] if x not in labels]
        yield from (f"{here}.required_for: the layer has no label {x!r}" for x in unknown)


def check_choices(body: Json, location: str, attribute: Json) -> Iterator[str]:
    choices = attribute.get("choices")
    if isinstance(choices, str) and (choices := at(body, choices)) is None:
        yield f"{location}.choices: {attribute['choices']!r} does not exist in the file"
        return
    if attribute["type"] == "enum" and not choices:
        yield f"{location}: an enum needs `choices`"
        return
    yield from repeated(f"{location}.choices", choices or [], "code")


def at(body: Any, path: str) -> list[Any] | None:
    """The list at a path, as `schemeview.resolve` finds it; None where it does not exist in the file."""
    for part in path.split("."):
        entries = {entry["code"]: entry for entry in body if is_choice(entry)} if isinstance(body, list) else body
        if not isinstance(entries, Mapping) or part not in entries:
            return None
        body = entries[part]
    return body if isinstance(body, list) and all(is_choice(entry) for entry in body) else None


def is_choice(entry: Any) -> bool:
    return isinstance(entry, Mapping) and isinstance(entry.get("code"), str)


def check_roles(body: Json, location: str, roles: list[Json], shared: Iterable[str]) -> Iterator[str]:
    yield from repeated(f"{location}.roles", roles, "code")
    for role in roles:
        here = f"{location}.roles.{role['code']}"
        if role["code"] in shared:
            yield f"{here}: every event already has a role of this name"
        if role["min"] < 0 or (role.get("max") is not None and role["min"] > role["max"]):
            yield f"{here}: min {role['min']} is greater than max {role.get('max')}"
        if not role["fillers"]:
            yield f"{here}.fillers: is empty"
        for filler in role["fillers"]:
            yield from check_filler(body, here, filler)


def check_filler(body: Json, location: str, filler: Json) -> Iterator[str]:
    kind, labels, set_name = filler["kind"], filler.get("labels"), filler.get("set")
    if kind not in FILLER_KINDS:
        yield f"{location}: filler kind {kind!r} is not one of {', '.join(FILLER_KINDS)}"
    elif isinstance(labels, list):
        known = labels_of(body, kind)
        yield from (f"{location}: there is no {kind} label {x!r}" for x in labels if x not in known)
    elif labels not in (None, "ANY") or (labels is None and kind != "measure"):
        yield f'{location}: `labels` should be a list or "ANY"'
    sets = body.get("filler_sets") or {}
    if set_name and (set_name not in sets or set(sets[set_name]) != set(labels or [])):
        yield f"{location}: `labels` is not the set {set_name!r}"


def check_vague_words(location: str, entries: list[Json]) -> Iterator[str]:
    for entry in entries:
        if entry["low"] > entry["high"]:
            yield f"{location}.vague_words.{entry['word']}: low {entry['low']} is above high {entry['high']}"


# Colours


def check_color(body: Json, location: str, color: Json) -> Iterator[str]:
    """The stated contrasts, and the measured ones of what lies on what."""
    for name, stated in (color.get("contrast") or {}).items():
        least = LINE_CONTRAST if "line" in name else CONTRAST
        if stated < least:
            yield f"{location}.contrast.{name}: {stated} is below {least}"
    for mode, page in (body.get("color_pages") or {}).items():
        pairs = color.get(mode)
        if isinstance(page, Mapping) and pairs:
            yield from low_contrast(f"{location}.{mode}", pairs, page)


def low_contrast(location: str, color: Json, page: Json) -> Iterator[str]:
    ink, background, line = color["ink"], color["background"], color.get("line")
    pairs = [
        (ink, page["page"], "ink on page", CONTRAST),
        (ink, background, "ink on background", CONTRAST),
        (page["body_text"], background, "body text on background", CONTRAST),
    ]
    if line is not None:
        pairs.append((line, page["page"], "line on page", LINE_CONTRAST))
    for front, back, name, least in pairs:
        measured = contrast(front, back)
        if measured is None:
            yield f"{location}: {front!r} or {back!r} is not a colour like #1A7191"
        elif measured < least:
            yield f"{location}: contrast of {name} is {measured:.2f}, below {least}"


def contrast(front: str, back: str) -> float | None:
    """Contrast ratio of two colours (#RRGGBB) as WCAG defines it; None for other strings."""
    lights = [luminance(color) for color in (front, back)]
    if None in lights:
        return None
    dark, light = sorted(x for x in lights if x is not None)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float | None:
    try:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    except ValueError:
        return None
    if len(color) != 7 or color[0] != "#":
        return None
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# Links, rules, registers


def check_links(body: Json) -> Iterator[str]:
    layers = {each["code"] for each in (*body["layers"], *body["overlays"])}
    links = body.get("relations") or []
    names = Counter((link["code"], link["source"], link["target"]) for link in links)
    yield from (f"relations.{x[0]}: is given twice for {x[1]} and {x[2]}" for x, n in names.items() if n > 1)
    for link in links:
        unknown = [link[end] for end in ("source", "target") if link[end] not in layers]
        yield from (f"relations.{link['code']}: there is no layer or overlay {x!r}" for x in unknown)


def check_rules(body: Json) -> Iterator[str]:
    yield from repeated("constraints", body["constraints"], "code")
    known = set().union(*(labels_of(body, kind) for kind in LAYER_KINDS))
    for rule in body["constraints"]:
        location = f"constraints.{rule['code']}"
        if rule["level"] not in LEVELS:
            yield f"{location}.level: {rule['level']!r} is not one of {', '.join(LEVELS)}"
        unknown = [x for x in rule.get("labels") or [] if x not in known]
        yield from (f"{location}.labels: there is no label {x!r}" for x in unknown)


def check_registers(body: Json) -> Iterator[str]:
    actors = labels_of(body, "actor")
    for name, labels in (body.get("filler_sets") or {}).items():
        yield from (f"filler_sets.{name}: there is no actor label {x!r}" for x in labels if x not in actors)
    for register in ("currency_aliases", "currency_inferred"):
        for word, code in (body.get(register) or {}).items():
            if code not in body["currencies"]:
                yield f"{register}.{word}: {code!r} is not among the currencies"
    yield from repeated("measures", body.get("measures") or [], "code")
