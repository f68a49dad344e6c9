"""Pages by key: a page begins after the last row of the one before, so nobody's writing shifts it.

The sort keys end in a unique one. The cursor holds the values of the last row's keys; it is no
secret (the client has seen that row), so it is only checked for its types.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import GeneratedField, Q, QuerySet
from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

DEFAULT_LIMIT, LARGEST_LIMIT = 100, 500


class Keyset(BasePagination):
    """Reads `limit`, `cursor` and `order`; a view's `orders` names the sort orders, the first is the default."""

    parameters = ("limit", "cursor", "order", "fields")
    default_limit, largest_limit = DEFAULT_LIMIT, LARGEST_LIMIT

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.order, keys = chosen_order(request, view.orders)
        limit = chosen_limit(request, self.default_limit, self.largest_limit)
        rows = queryset.order_by(*keys)
        if cursor := request.query_params.get("cursor"):
            rows = rows.filter(after(keys, values_of(cursor, self.order, keys, queryset.model)))
        page_rows = self.taken(rows, limit + 1)
        self.last = page_rows[limit - 1] if len(page_rows) > limit else None
        self.keys = [key.removeprefix("-") for key in keys]
        return page_rows[:limit]

    def taken(self, rows: QuerySet[Any], count: int) -> list[Any]:
        """The first rows."""
        return list(rows[:count])

    def get_next_link(self) -> str | None:
        if self.last is None:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = encoded(self.order, [cell(self.last, key) for key in self.keys])
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.get_next_link(), "results": data})

    # For the schema

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True, "description": "Cursor of the next page."}
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limit = {"type": "integer", "minimum": 1, "maximum": self.largest_limit, "default": self.default_limit}
        orders = list(view.orders)
        return [
            parameter("limit", limit, "Rows per page."),
            parameter("cursor", {"type": "string"}, "Cursor: take it from `next`."),
            parameter("order", {"type": "string", "enum": orders, "default": orders[0]}, "Sort order."),
            parameter("fields", {"type": "string"}, "Fields to return, separated by commas."),
        ]


def parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def chosen_order(request: Request, orders: dict[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    name = request.query_params.get("order") or next(iter(orders))
    if name not in orders:
        raise exceptions.ValidationError({"order": f"should be one of {', '.join(orders)}"})
    return name, orders[name]


def chosen_fields(request: Request, known: Iterable[str]) -> list[str]:
    """The fields of a row that are asked for, in the order of the row; none: all of them."""
    chosen = {name.strip() for name in request.query_params.get("fields", "").split(",")} - {""}
    names = list(known)
    if strange := sorted(chosen - set(names)):
        raise exceptions.ValidationError({"fields": f"{strange[0][:100]!r} is not one of {', '.join(names)}"})
    return [name for name in names if name in chosen]


def chosen_limit(request: Request, default: int = DEFAULT_LIMIT, largest: int = LARGEST_LIMIT) -> int:
    words = request.query_params.get("limit") or str(default)
    if not (words.isascii() and words.isdigit() and len(words) < 5 and 1 <= int(words) <= largest):
        raise exceptions.ValidationError({"limit": f"should be a whole number from 1 to {largest}"})
    return int(words)


def after(keys: tuple[str, ...], values: list[Any]) -> Q:
    """Rows behind these values: (a, b) > (x, y), key by key in its own direction.

    The bound on the first key alone is repeated in front, since it is what an index can use.
    """
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name, side = (key[1:], "lt") if key.startswith("-") else (key, "gt")
        condition |= equal & Q(**{f"{name}__{side}": value})
        equal &= Q(**{name: value})
    first = keys[0]
    bound = f"{first[1:]}__lte" if first.startswith("-") else f"{first}__gte"
    return Q(**{bound: values[0]}) & condition


# The cursor


def cell(row: Any, key: str) -> Any:
    return row[key] if isinstance(row, dict) else getattr(row, key)


def encoded(order: str, values: list[Any]) -> str:
    plain = [value if isinstance(value, int) else str(value) for value in values]
    text = json.dumps([order, *plain], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def values_of(cursor: str, order: str, keys: tuple[str, ...], model: Any) -> list[Any]:
    """The typed values of a cursor. Raises ValidationError for one that we did not make for this list."""
    try:
        values = decoded(cursor, order, len(keys))
        names = [key.removeprefix("-") for key in keys]
        return [typed(model, name, value) for name, value in zip(names, values, strict=True)]
    except (ValueError, TypeError, RecursionError, ValidationError):
        raise exceptions.ValidationError({"cursor": "is not a cursor of this list and order"}) from None


def decoded(cursor: str, order: str, count: int) -> list[Any]:
    padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
    values: list[Any]
    made_for, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    if made_for != order or len(values) != count:
        raise ValueError("made for another order")
    return values


def typed(model: Any, name: str, value: Any) -> Any:
    if not isinstance(value, int | str) or isinstance(value, bool) or "\x00" in str(value):
        raise ValueError("not a key")
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:  # an annotation of the view
        return value
    field = field.output_field if isinstance(field, GeneratedField) else field
    key = field.to_python(value)
    if key is None:
        raise ValueError("not a key")
    return key
