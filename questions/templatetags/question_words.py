"""Rows of ledgers in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html

from questions.drawing.actors import edge_address, kind_words
from questions.drawing.narrowed import listing
from questions.drawing.numbers import value_name
from questions.wording.address_list import AddressList
from questions.wording.amounts import amount_words, sources_words
from questions.wording.checks import reach_words, reason_words, remedy
from questions.wording.claims import claim_lines
from questions.wording.code_names import CodeNames
from questions.wording.news_words import since_words
from questions.wording.times import stated_time

register = template.Library()
register.filter("amount", amount_words)
register.filter("sources", sources_words)
register.filter("time", stated_time)
register.filter("reach", reach_words)
register.filter("reason", reason_words)
register.filter("remedy", remedy)


@register.simple_tag(takes_context=True)
def numbered(context: Mapping[str, Any], href: str, article: Mapping[str, Any]) -> str:
    """On paper the number of an address in the list at the end; nothing on a page without one. `article`: with its title, outlet and day."""
    addresses: AddressList | None = context.get("addresses")
    return format_html('<sup class="paper">[{}]</sup>', addresses.number(href, article)) if addresses is not None else ""


@register.filter
def since(counts: Mapping[str, int | None]) -> str:
    return since_words(**counts)


@register.simple_tag(takes_context=True)
def code(context: Mapping[str, Any], name: str, value: str) -> str:
    """The name of a code of a parameter or attribute."""
    names: CodeNames = context["names"]
    return names.of(name, value)


@register.simple_tag(takes_context=True)
def status(context: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    names: CodeNames = context["names"]
    return names.status(row["status"], row["unrealised_as"])


@register.simple_tag(takes_context=True, name="claims")
def lines_of_claims(context: Mapping[str, Any], entry: dict[str, Any]) -> list[str]:
    return claim_lines(entry["claims"], context["names"])


@register.simple_tag(takes_context=True)
def participants(context: Mapping[str, Any], row: Mapping[str, Any]) -> list[str]:
    """ "Seller → Buyer", as the scheme says who acts on whom, then who fills the other roles, each with the role."""
    names: CodeNames = context["names"]
    by_role: dict[str, list[str]] = {}
    for each in row["participants"]:
        by_role.setdefault(each["as"], []).append(each["name"])
    fillers = {role: ", ".join(who) for role, who in by_role.items()}
    acts = names.scheme.acts.get(row["type"], {})
    both = [fillers.pop(acts[end]) for end in ("from", "to")] if fillers.keys() >= {acts.get("from"), acts.get("to")} else []
    return [" → ".join(both)] * bool(both) + [f"{names.of('tie', role)}: {who}" for role, who in fillers.items()]


@register.simple_tag
def stated_in(row: Mapping[str, Any], entry: Mapping[str, Any]) -> list[str]:
    """The values of a row that one of its entries states."""
    stated = {*entry["figures"]}
    return [amount_words(value) for value in row["values"] if not stated.isdisjoint(figure["id"] for figure in value["figures"])]


@register.simple_tag(takes_context=True)
def kind(context: Mapping[str, Any], value: str) -> str:
    """The kind of an edge."""
    return kind_words(value, context["names"])


@register.simple_tag(takes_context=True)
def counted_value(context: Mapping[str, Any], row: dict[str, Any], at: int) -> str:
    return value_name(context["names"], row, at)


@register.simple_tag(takes_context=True)
def counted_address(context: Mapping[str, Any], row: dict[str, Any], ledger: str) -> str:
    return listing(context["question"], context["corpus"].slug, row, ledger, context["names"])


@register.simple_tag(takes_context=True, name="edge_address")
def address_of_edge(context: Mapping[str, Any], row: dict[str, Any]) -> str:
    return edge_address(context["question"], context["corpus"].slug, row, context["names"])
