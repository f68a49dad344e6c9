"""How values are shown in the admin: links, quotes, JSON. Nothing here trusts what it shows."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

EXCERPT = 140


def excerpt(text: str, length: int = EXCERPT) -> str:
    return Truncator(text.replace("\n", " ")).chars(length)


def quote(text: str) -> SafeString:
    """Words of an article: in their own direction, set apart from ours."""
    return format_html('<q class="quote" dir="auto">{}</q>', excerpt(text))


def outside(url: str) -> SafeString | str:
    """A link to an article's web page; an address with another scheme is only shown."""
    if urlsplit(url).scheme not in ("http", "https"):
        return url
    return format_html('<a href="{}" rel="noopener noreferrer external" target="_blank">{}</a>', url, excerpt(url, 60))


def admin_link(row: Any, text: Any = None) -> SafeString | str:
    """To the admin page of a row."""
    if row is None:
        return ""
    meta = row._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', url, str(row) if text is None else text)


def list_link(model: Any, text: str, **filters: Any) -> SafeString:
    """To the admin list of a table, filtered."""
    meta = model._meta
    query = {key: str(value) for key, value in filters.items()}
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist", query=query)
    return format_html('<a href="{}">{}</a>', url, text)


def tidy_json(value: Any) -> SafeString | str:
    if value in (None, {}, []):
        return ""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return format_html('<pre class="json" dir="auto">{}</pre>', text)


def stacked(cells: Any) -> SafeString:
    """Several things in one cell, one under the other."""
    return format_html_join("", "<div>{}</div>", ((cell,) for cell in cells))
