"""What does not hold, and how the thing is called in which it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from annotations.models import Assignment
from corpus.models import Article, Document
from registry.models import Entity

LONGEST = 100  # characters of a value


@dataclass(frozen=True)
class Fault:
    """`kind` of object, `subject` as a person finds it, `detail`: what is there, and what the log says."""

    kind: str
    subject: str
    detail: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.detail}"


def says_nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """The values of nested JSON by their path: arguments[0].mention. What says nothing is left out, in whichever way it says it."""
    if says_nothing(value):
        return {}
    if isinstance(value, Mapping):
        parts = [(f"{path}.{key}" if path else str(key), each) for key, each in value.items()]
    elif isinstance(value, list):
        parts = [(f"{path}[{index}]", each) for index, each in enumerate(value)]
    else:
        return {path: value}
    return {name: leaf for key, each in parts for name, leaf in leaves(each, key).items()}


def shown(value: Any) -> str:
    """As short as a line needs it."""
    text = "empty" if says_nothing(value) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def differing(now: Mapping[str, Any], logged: Mapping[str, Any]) -> str:
    """What two rows say differently, in words; empty where nothing."""
    fields = [name for name in {**now, **logged} if now.get(name) != logged.get(name)]
    return "; ".join(f"{name} is {shown(now.get(name))}, the log says {shown(logged.get(name))}" for name in fields)


# How things are called


def reading(pk: Any) -> str:
    """An assignment."""
    row = Assignment.objects.filter(pk=pk).values_list("document__article__title", "annotator__username").first()
    return f"“{row[0]}” by {row[1]} (assignment {pk})" if row else f"assignment {pk}"


def text_of(pk: Any) -> str:
    row = Document.objects.filter(pk=pk).values_list("version", "article__title").first()
    return f"text {row[0]} of “{row[1]}” ({pk})" if row else f"text {pk}"


def article(pk: Any) -> str:
    title = Article.objects.filter(pk=pk).values_list("title", flat=True).first()
    return f"article “{title}” ({pk})" if title else f"article {pk}"


def entity(pk: Any) -> str:
    name = Entity.objects.filter(pk=pk).values_list("name", flat=True).first()
    return f"entity “{name}” ({pk})" if name else f"entity {pk}"


def person(pk: Any) -> str:
    name = get_user_model().objects.filter(pk=pk).values_list("username", flat=True).first()
    return name or f"account {pk}"


CALLED = {"assignment": lambda pk: f"assignment of {reading(pk)}", "document": text_of, "article": article, "entity": entity}


def called(chain: str) -> str:
    """The thing to which a chain of the evidence log belongs."""
    kind, _, pk = chain.partition("/")
    return CALLED[kind](pk) if kind in CALLED else f"{kind} {pk}"
