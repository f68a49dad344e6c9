"""The description of the API for programs (OpenAPI 3), made from the views themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from corpus.api.problems import CODES, MEDIA_TYPE
from corpus.api.reference import PREFIX
from corpus.api.resource import Described

PROBLEM = {"$ref": "#/components/schemas/Problem"}

Described.__bases__ = (AutoSchema,)


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "corpus.api.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An API token; create one on the page API tokens."}


def only_ours(endpoints: list[Any]) -> list[Any]:
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]


def with_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say of each operation with which errors it may answer, and in which shape."""
    result["components"]["schemas"]["Problem"] = problem_schema()
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            for status in failures(path, method, operation):
                operation["responses"].setdefault(str(status), described(status))
            as_problems(operation["responses"])
    return result


def failures(path: str, method: str, operation: dict[str, Any]) -> list[int]:
    statuses = [400, 401, 403, 406, 429, 503]
    statuses += [304] if method == "get" else []
    statuses += [404] if "{" in path or operation.get("requestBody") else []
    statuses += [507] if method != "get" else []
    return statuses + ([413, 415] if operation.get("requestBody") else [])


def described(status: int) -> dict[str, Any]:
    if status == 304:
        return {"description": "Not modified: the client's copy (If-None-Match) is current."}
    titles = [title for code_status, title in CODES.values() if code_status == status]
    return {"description": titles[0], "content": {MEDIA_TYPE: {"schema": PROBLEM}}}


def as_problems(responses: dict[str, Any]) -> None:
    """Errors that a view describes itself come as application/problem+json too."""
    for status, response in responses.items():
        if status[0] in "45" and (shape := response.get("content", {}).pop("application/json", None)):
            response["content"][MEDIA_TYPE] = shape


def problem_schema() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "description": "An error: `code` for programs, `title` and `detail` for people.",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": text | {"description": "URL of the documentation of this code."},
            "title": text,
            "status": {"type": "integer"},
            "code": text | {"enum": list(CODES)},
            "detail": text,
            "errors": {
                "type": "array",
                "items": {"type": "object", "additionalProperties": {}},
                "description": "One entry per error, with the field or object that it concerns.",
            },
        },
    }


@cache
def schema() -> dict[str, Any]:
    """The whole description. The views do not change while a process runs."""
    whole: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return whole
