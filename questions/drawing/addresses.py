"""Addresses of questions on pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from questions.address.question import Question, read


def page_of(slug: str, question: Question, **more: str) -> str:
    """`more`: what only pages know, as `view`."""
    return with_paging(reverse("questions:ledger", args=[slug, question.ledger.name]), question.query, **more)


def with_paging(address: str, query: str = "", **more: str) -> str:
    """A page with its question and with which part of the answer it shows."""
    pairs = "&".join(filter(None, [query, *(f"{name}={value}" for name, value in more.items() if value)]))
    return f"{address}?{pairs}" if pairs else address


def saving_address(slug: str, question: Question) -> str:
    """Where the question is saved under a name."""
    address: str = reverse("questions:save", args=[slug, question.ledger.name])
    return f"{address}?{question.query}" if question.query else address


def asked_of(question: Question, ledger: str, **values: Any) -> Question:
    """The same of another ledger, as far as that knows what is asked, with further values."""
    known = read(ledger, []).ledger.parameters
    kept = [(name, value) for name, value in question.given.items() if name in known and name not in values]
    return read(ledger, [*kept, *((name, str(value)) for name, value in values.items() if value)])
