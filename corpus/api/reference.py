"""The description of the API for programs, and for people: one page, made from the same schema, without a script."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.problems import CODES
from corpus.api.resource import Resource
from corpus.models import Corpus

PREFIX = "/api/v1/"
Shape = dict[str, Any]

# Answers that mean the same at every operation: the page explains them once.
EVERYWHERE = frozenset({"304", "400", "401", "403", "404", "406", "413", "415", "429", "503"})


class Schema(Resource):
    queryset = Corpus.objects.none()
    pagination_class = None
    filter_backends: list[Any] = []
    renderer_classes = [JSONRenderer]

    @extend_schema(exclude=True)
    def retrieve(self, request: Request) -> Response:
        from corpus.api.openapi import schema

        return Response(schema())


def reference(request: HttpRequest) -> HttpResponse:
    from corpus.api.openapi import schema

    whole = schema()
    codes = [{"code": code, "status": status, "title": title} for code, (status, title) in CODES.items()]
    context = {"groups": groups(whole), "shapes": shapes(whole), "codes": codes}
    return render(request, "api/reference.html", context)


# Pure: from the schema to what the page shows


def groups(whole: Shape) -> list[Shape]:
    """Operations by the first part of their path, in the order of the schema."""
    by_name: dict[str, list[Shape]] = {}
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            by_name.setdefault(path.removeprefix(PREFIX).split("/")[0], []).append(operation_of(path, method, operation))
    return [{"name": name, "operations": operations} for name, operations in by_name.items()]


def operation_of(path: str, method: str, operation: Shape) -> Shape:
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "description": paragraphs(operation.get("description", "")),
        "parameters": [parameter_of(entry) for entry in operation.get("parameters", [])],
        "body": content_type(operation.get("requestBody", {}).get("content", {})),
        "examples": examples_of(operation),
        "answers": [answer_of(*pair) for pair in sorted(operation["responses"].items()) if pair[0] not in EVERYWHERE],
        "failures": sorted(operation["responses"].keys() & EVERYWHERE),
    }


def paragraphs(text: str) -> list[list[Shape]]:
    """A docstring as paragraphs of pieces {"text", "code"}: what stands between backticks is code."""
    return [pieces(part) for part in text.split("\n\n") if part.strip()]


def pieces(text: str) -> list[Shape]:
    return [{"text": piece, "code": number % 2 == 1} for number, piece in enumerate(text.split("`")) if piece]


def parameter_of(entry: Shape) -> Shape:
    return {
        "name": entry["name"],
        "where": entry["in"],
        "required": entry.get("required", False),
        "type": type_of(entry["schema"]),
        "description": pieces(entry.get("description", "")),
    }


def examples_of(operation: Shape) -> list[Shape]:
    content = operation.get("requestBody", {}).get("content", {})
    return [
        {
            "name": entry.get("summary") or name,
            "json": json.dumps(entry["value"], indent=2, ensure_ascii=False),
        }
        for name, entry in content.get("application/json", {}).get("examples", {}).items()
    ]


def answer_of(status: str, entry: Shape) -> Shape:
    return {
        "status": status,
        "type": content_type(entry.get("content", {})),
        "description": pieces(entry.get("description", "")),
    }


def content_type(content: Shape) -> Shape | None:
    return next((type_of(entry["schema"]) for entry in content.values()), None)


def type_of(part: Shape) -> Shape:
    """{"words": how it is written, "shape": the name of the shape that it links to, or ""}."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return {"words": name, "shape": name}
    if whole := part.get("allOf") or part.get("oneOf") or part.get("anyOf"):
        description = type_of(whole[0])
    elif part.get("type") == "array":
        inner = type_of(part["items"])
        description = {"words": f"list of {inner['words']}", "shape": inner["shape"]}
    elif "enum" in part:
        description = {"words": " | ".join(str(value) for value in part["enum"]), "shape": ""}
    else:
        description = {"words": part.get("format") or part.get("type", "any"), "shape": ""}
    return description | {"words": description["words"] + (" or null" if part.get("nullable") else "")}


def shapes(whole: Shape) -> list[Shape]:
    """The named shapes that have fields, and the enumerations, by name."""
    components = whole["components"]["schemas"]
    return [
        {
            "name": name,
            "description": paragraphs(part.get("description", "")),
            "values": part.get("enum", []),
            "fields": [
                {
                    "name": field,
                    "type": type_of(entry),
                    "required": field in part.get("required", []),
                    "description": pieces(entry.get("description", "")),
                }
                for field, entry in part.get("properties", {}).items()
            ],
        }
        for name, part in sorted(components.items())
    ]
