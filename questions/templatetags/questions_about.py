"""Links from pages of articles, entities and measures to what is asked about them."""

from __future__ import annotations

from typing import Any

from django import template

from annotations.queries.entity_graph import scheme_of
from annotations.scheme.view import SchemeView
from corpus.models import Article, Corpus
from questions.address.question import read
from questions.drawing.addresses import page_of
from registry.models import Entity

register = template.Library()
CARD = "questions/_about.html"
OF_ENTITY = (
    ("events", "entity", "Events with this entity"),
    ("events", "actor", "Its acts"),
    ("events", "acted", "Acts on it"),
    ("figures", "counted", "Figures that count it"),
    ("figures", "source", "Figures according to it"),
)


@register.inclusion_tag(CARD)
def questions_about_entity(entity: Entity) -> dict[str, Any]:
    scheme = scheme_of(entity.corpus)
    asked = list(OF_ENTITY) if scheme else []
    if scheme and entity.type in place_types(scheme):
        asked.append(("events", "place", "Events at this place"))
    return {
        "links": [(words, page_of(entity.corpus.slug, read(ledger, [(name, str(entity.pk))]))) for ledger, name, words in asked]
    }


def place_types(scheme: SchemeView) -> set[str]:
    """Types of the entities that can fill a role that says where."""
    wanted = scheme.places["roles"]
    roles = [
        role for layer in scheme.layers_of("event") for label in layer["labels"] for role in scheme.roles(label["code"]).values()
    ]
    return {label for role in roles if role["code"] in wanted for filler in role["fillers"] for label in filler.get("labels", [])}


@register.inclusion_tag(CARD)
def questions_about_article(article: Article) -> dict[str, Any]:
    if scheme_of(article.corpus) is None:
        return {"links": []}
    ledgers = (("events", "Its events"), ("figures", "Its figures"), ("sources", "Its sources and claims"))
    beside = {"events": [("status", "any"), ("polarity", "any")], "figures": [("use", "any")]}
    return {
        "links": [
            (words, page_of(article.corpus.slug, read(ledger, [*beside.get(ledger, []), ("article", str(article.pk))])))
            for ledger, words in ledgers
        ]
    }


@register.simple_tag
def events_of_article(article: Article) -> str:
    """Its events as all annotators have them, drafts too."""
    parameters = [("status", "any"), ("polarity", "any"), ("article", str(article.pk)), ("whose", "all")]
    return page_of(article.corpus.slug, read("events", parameters))


@register.inclusion_tag(CARD, takes_context=True)
def questions_about_measure(context: Any, code: str) -> dict[str, Any]:
    """In each corpus that the person may see."""
    corpora = Corpus.objects.for_user(context["request"].user).order_by("name")
    return {"links": [(f"In {corpus.name}", page_of(corpus.slug, read("law", [("measure", code)]))) for corpus in corpora]}
