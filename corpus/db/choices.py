"""Django's TextChoices, with its type for the type checker: Django declares none, and members would be taken for tuples."""

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:

    class TextChoices(StrEnum):
        """What Django's metaclass makes of `NAME = "value", "Label"`."""

        label: str
        choices: ClassVar[list[tuple[str, str]]]
        values: ClassVar[list[str]]

        def __new__(cls, value: str, label: str = "") -> Self: ...

else:
    from django.db.models import TextChoices

__all__ = ["TextChoices"]
