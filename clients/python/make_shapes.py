"""Write attest_client/shapes.py from the schema of the API:

manage.py spectacular --format openapi-json | python clients/python/make_shapes.py
"""

import json
import sys
from collections.abc import Iterator
from keyword import iskeyword
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "attest_client/shapes.py"
NAMED = ["Article", "Claim", "Corpus", "Document", "Entity", "Event", "Figure", "Me", "NativeDocument", "Span"]
SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def shapes(schema: dict[str, Any]) -> str:
    """A TypedDict for each shape that the client names, and for those within them."""
    parts = schema["components"]["schemas"]
    found: list[str] = []
    waiting = list(NAMED)
    while waiting:
        name = waiting.pop()
        if name not in found and is_object(parts[name]):
            found.append(name)
            waiting += references(parts[name])
    lines = [
        '"""Shapes of the API, made by make_shapes.py from its schema."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Any, NotRequired, TypedDict",
        "",
    ]
    for name in sorted(found):
        needed = set(parts[name].get("required", []))
        lines += ["", f"class {name}(TypedDict):"]
        lines += [f"    {key}: {of_key(parts, each, key in needed)}" for key, each in parts[name]["properties"].items()]
        lines.append("")
    return "\n".join(lines)


def is_object(part: dict[str, Any]) -> bool:
    return "properties" in part and all(key.isidentifier() and not iskeyword(key) for key in part["properties"])


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        for each in part.values():
            yield from references(each)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def of_key(parts: dict[str, Any], part: dict[str, Any], is_needed: bool) -> str:
    text = of(parts, part)
    return text if is_needed else f"NotRequired[{text}]"


def of(parts: dict[str, Any], part: dict[str, Any]) -> str:
    """The type of a value, in quotation marks where a shape is named before it is written."""
    text = bare(parts, part)
    return f"{text} | None" if part.get("nullable") and text != "Any" else text


def bare(parts: dict[str, Any], part: dict[str, Any]) -> str:
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return name if is_object(parts[name]) else bare(parts, parts[name])
    if len(part.get("allOf", [])) == 1:
        return bare(parts, part["allOf"][0])
    if part.get("type") == "array":
        return f"list[{of(parts, part.get('items', {}))}]"
    if part.get("type") == "object":
        return (
            f"dict[str, {of(parts, part['additionalProperties'])}]"
            if isinstance(part.get("additionalProperties"), dict)
            else "dict[str, Any]"
        )
    return SIMPLE.get(part.get("type", ""), "Any")


if __name__ == "__main__":
    FILE.write_text(shapes(json.load(sys.stdin)), "utf-8")
