"""The JSON Schema of the native format, made of the checkers that take its objects in: it cannot say anything else than they do.

`static/native.schema.json` is what this gives; `manage.py native_schema` writes it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotations.kinds import KINDS
from annotations.native.check import ARRAYS, DOCUMENT_SHAPE, NAME
from annotations.native.validators import FRAGMENT, schema_of

Schema = dict[str, Any]

FILE = Path(__file__).parents[2] / "static" / "native.schema.json"
VERSION = "sanctions-gold/1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
OWN_IDS = ("entity", "event", "span", "citation", "claim")  # links and relations are named by what they join
# Of a change, not of what it writes: the `read` of a mark asks for the values of its words.
NOT_IN_FILES = {("span", "read"), ("entity", "revision"), ("relation", "revision")}
# A file that leaves these null says nothing; null in any other field is the same as leaving it out.
NEVER_NULL = {"span": ("attributes",), "event": ("arguments",), "claim": ("cue",)}
TEXT: Schema = {"type": ["string", "null"]}
IDS: Schema = {"type": "array", "items": {"$ref": "#/$defs/id"}}
OBJECTS: Schema = {"type": "array", "items": {"type": "object"}}

# What exports say besides, and what is worked out: a file that is loaded need not have it.
COUNT: Schema = {"type": "integer", "minimum": 0}
NAMED: Schema = {"$ref": "#/$defs/id"}
READ_ONLY: dict[str, Schema] = {
    "span": {
        "segment": TEXT,
        "attribution": NAMED,
        "start": COUNT,
        "end": COUNT,
        "quote": {"type": "string"},
        "discontinuous": {"type": "boolean"},
    },
    "event": {"triggers": IDS, "attributions": IDS, "factuality": TEXT, "realis": TEXT},
    "claim": {"segment": TEXT, "rated": {"type": ["object", "null"]}},
    "citation": {"segment": TEXT},
    "entity": {"mentions": IDS},
    "relation": {"id": NAMED},
    "link": {"id": NAMED},
}
AROUND: Schema = {
    "id": NAMED,
    "revision": COUNT,
    "status": {"type": "string"},
    "submitted": {"type": ["string", "null"], "description": "When it was submitted, in UTC; null while it is open."},
    "saw_gold": {
        "type": ["string", "null"],
        "description": "When it was reopened although its annotator could have seen the gold, in UTC; otherwise null.",
    },
    "role": {"type": "string"},
    "annotator": {"type": "string"},
    "segments": OBJECTS,
    "zones": OBJECTS,
    "normalisation": OBJECTS,
    "source_map": OBJECTS,
    "default_attribution": {"type": ["object", "null"]},
    "notes": OBJECTS,
    "checks": OBJECTS,
    "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
}


def native_schema() -> Schema:
    schema = schema_of(DOCUMENT_SHAPE)
    arrays = {
        array: {"anyOf": [{"type": "array", "items": {"$ref": f"#/$defs/{kind}"}}, {"type": "null"}]}
        for kind, array in ARRAYS.items()
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:attest:{VERSION.replace('/', ':')}",
        "title": f"Attest native format, {VERSION}",
        "description": "The annotations of one text. Offsets count Unicode code points from 0; ranges are half-open.",
        "type": "object",
        "required": ["format", *schema["required"]],
        "properties": {"format": {"type": "string", "pattern": "^sanctions-gold/"}}
        | read_only(AROUND)
        | schema["properties"]
        | arrays,
        "$defs": {"id": schema_of(NAME), "fragment": fragment()} | {kind: of_kind(kind) for kind in ARRAYS},
    }


def of_kind(kind: str) -> Schema:
    """An object of a file: the shape of a change, whose fields may also be null or, if nobody reads them, anything."""
    module = KINDS[kind]
    needed = [*(["id"] if kind in OWN_IDS else []), *module.REQUIRED]
    shape = {name: located(schema_of(checker)) for name, checker in module.SHAPE.items() if (kind, name) not in NOT_IN_FILES}
    if kind not in OWN_IDS:
        shape.pop("id")
    firm = (*needed, *NEVER_NULL.get(kind, ()))
    fields = {name: schema if name in firm else nullable(schema) for name, schema in shape.items()}
    return {"type": "object", "required": needed, "properties": fields | read_only({"revision": COUNT, **READ_ONLY[kind]})}


def located(schema: Schema) -> Schema:
    """Fragments of a file may have raw offsets beside their own."""
    marked = schema_of(FRAGMENT)
    return {**schema, "items": {"$ref": "#/$defs/fragment"}} if schema.get("items") == marked else schema


def fragment() -> Schema:
    raw = {"raw_start": {"type": "integer", "minimum": 0}, "raw_end": {"type": "integer", "minimum": 0}}
    shape = {name: value for name, value in schema_of(FRAGMENT).items() if name != "additionalProperties"}
    return shape | {"properties": shape["properties"] | read_only(raw)}


def nullable(schema: Schema) -> Schema:
    return schema if {"type": "null"} in schema.get("anyOf", []) else {"anyOf": [schema, {"type": "null"}]}


def read_only(fields: Schema) -> Schema:
    return {name: {**schema, "readOnly": True} for name, schema in fields.items()}


def published() -> str:
    """The content of FILE."""
    return json.dumps(native_schema(), ensure_ascii=False, indent=1) + "\n"
