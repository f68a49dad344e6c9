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
    """`kind` of thing, `thing` as a person finds it, `detail`: what is there, and what the log says."""

    kind: str
    thing: str
    detail: str

    def __str__(self) -> str:
        return f"{self.thing}: {self.detail}"


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


def differing(now: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """What two rows say differently, in words; empty where nothing."""
    fields = [name for name in {**now, **said} if now.get(name) != said.get(name)]
    return "; ".join(f"{name} is {shown(now.get(name))}, the log says {shown(said.get(name))}" for name in fields)


# How things are called


def reading(pk: Any) -> str:
    """An assignment."""
    found = Assignment.objects.filter(pk=pk).values_list("document__article__title", "annotator__username").first()
    return f"“{found[0]}” by {found[1]} (assignment {pk})" if found else f"assignment {pk}"


def text_of(pk: Any) -> str:
    found = Document.objects.filter(pk=pk).values_list("version", "article__title").first()
    return f"text {found[0]} of “{found[1]}” ({pk})" if found else f"text {pk}"


def article(pk: Any) -> str:
    found = Article.objects.filter(pk=pk).values_list("title", flat=True).first()
    return f"article “{found}” ({pk})" if found else f"article {pk}"


def entity(pk: Any) -> str:
    found = Entity.objects.filter(pk=pk).values_list("name", flat=True).first()
    return f"entity “{found}” ({pk})" if found else f"entity {pk}"


def person(pk: Any) -> str:
    found = get_user_model().objects.filter(pk=pk).values_list("username", flat=True).first()
    return found or f"account {pk}"


CALLED = {"assignment": lambda pk: f"assignment of {reading(pk)}", "document": text_of, "article": article, "entity": entity}


def called(chain: str) -> str:
    """The thing to which a chain of the evidence log belongs."""
    kind, _, pk = chain.partition("/")
    return CALLED[kind](pk) if kind in CALLED else f"{kind} {pk}"
