"""Scripts of names, limits and scope of a paragraph in words. What has another shape than the register's is left out."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.templatetags.codes import words

register = template.Library()
SCRIPTS = {
    "hangul": "Hangul",
    "han": "Han characters",
    "kana": "Kana",
    "arabic": "Arabic script",
    "cyrillic": "Cyrillic",
    "latin": "Latin script",
    "other": "another script",
}
QUOTED = re.compile("“([^“”]*)”")
PERIODS = {"year": "a year", "month": "a month", "day": "a day"}


@register.filter
def limit_words(limit: Any) -> str:
    """ "refined petroleum: 500,000 bbl a year, from 2018-01-01"."""
    if not isinstance(limit, dict):
        return ""
    amounts = [with_unit(pair) for pair in [limit.get("high"), *(limit.get("low_of") or [])] if pair]
    period = str(limit.get("period") or "")
    amount = f"the lower of {' and '.join(amounts)}" if len(amounts) > 1 else "".join(amounts) or "amount not stated"
    days = [f"{name} {limit[name]}" for name in ("from", "to") if limit.get(name)]
    parts = [f"{amount} {PERIODS.get(period, f'per {period}') if period else ''}".strip(), " ".join(days)]
    if limit.get("replaced_by"):
        parts.append(f"replaced by {limit['replaced_by']}")
    if limit.get("exact_verified") is False:
        parts.append("exact amount not verified")
    return f"{limit.get('goods', '')}: {', '.join(filter(None, parts))}"


def with_unit(pair: Any) -> str:
    amount, unit = [*pair, "", ""][:2] if isinstance(pair, list) else (pair, "")
    number = f"{int(amount):,}" if str(amount).isdecimal() else str(amount)
    return f"{number} {unit}".strip()


@register.filter
def scope_words(rule: Any) -> str:
    """ "permit: permit type work, decision granted or extended"."""
    if not isinstance(rule, dict):
        return ""
    where = rule.get("where") or {}
    parts = [f"{words(str(name))} {' or '.join(words(str(value)) for value in values)}" for name, values in where.items()]
    if rule.get("goods"):
        parts.append(", ".join(str(goods) for goods in rule["goods"]))
    if rule.get("from"):
        parts.append(f"from {rule['from']}")
    name = words(str(rule.get("label", "")))
    return f"{name}: {'; '.join(parts)}" if parts else name


@register.filter
def reference_words(code: str) -> str:
    """UNSCR-2371 8 → UNSCR-2371 ¶8."""
    return " ¶".join(code.split(" ", 1))


@register.filter
def script_name(code: str) -> str:
    """Hangul → Hangul."""
    return SCRIPTS.get(code, code)


@register.filter
def isolated(sentence: str) -> SafeString:
    """A sentence in English with its quoted names isolated: one in Arabic or Hebrew letters turns neither the sentence nor its neighbour."""
    *pieces, end = QUOTED.split(sentence)
    return format_html("{}{}", format_html_join("", "{}“<bdi>{}</bdi>”", zip(pieces[::2], pieces[1::2], strict=True)), end)
