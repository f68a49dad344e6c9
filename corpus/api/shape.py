"""What all objects of the API are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers


class Shape(serializers.Serializer[Any]):
    """An object that the API takes or gives. Its fields may bear names by which a serializer calls something of its own."""

    if TYPE_CHECKING:
        label: Any
        source: Any
        errors: Any

        def __init__(self, instance: Any = None, data: Any = ..., **options: Any) -> None: ...
