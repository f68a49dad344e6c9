"""Lists and objects of a body whose length is looked at first: REST framework checks each of a million members and answers with as many
errors before it says that there are too many."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class BoundedList(serializers.ListField):
    def to_internal_value(self, data: Any) -> list[Any]:
        if isinstance(data, list) and len(data) > (self.max_length or 0):
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)


class BoundedObject(serializers.DictField):
    max_length = 500
    default_error_messages = {"max_length": "Ensure this field has no more than {max_length} names."}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict) and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)
