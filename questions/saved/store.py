"""Keeps questions under a name: only such as can be asked, in their one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from corpus.models import Corpus
from questions.address.parameters import LEDGERS
from questions.address.question import AddressError, Question, check_together, read
from questions.asking.asker import Asker, NotThere
from questions.asking.time_limits import within_time
from questions.ledgers.every import LEDGER_PAGES
from questions.models import SavedQuestion
from questions.models.saved import LONGEST_NAME, LONGEST_NOTE, LONGEST_QUERY

MOST_PARAMETERS = 100


class UsedName(ValueError):
    """Another question of the owner in the corpus has this name."""


class UsedId(ValueError):
    """Another question has this id."""


def question_of(ledger: str, query: str) -> Question:
    """The question that an address names by the part after its question mark. Raises AddressError."""
    if ledger not in LEDGERS:
        raise AddressError("ledger", f"takes one of {', '.join(LEDGERS)}")
    if len(query) > LONGEST_QUERY:
        raise AddressError("query", f"has at most {LONGEST_QUERY:,} characters")
    try:
        pairs = parse_qsl(
            query.removeprefix("?"),
            keep_blank_values=True,
            strict_parsing=bool(query.removeprefix("?")),
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except ValueError:
        raise AddressError("query", "takes parameters as in an address: name=value, with & between") from None
    question = read(ledger, pairs)
    if len(question.query) > LONGEST_QUERY:
        raise AddressError("query", f"has at most {LONGEST_QUERY:,} characters")
    return question


def checked_question(ledger: str, query: str, corpus: Corpus, user: Any) -> Question:
    """The question in its one form, asked once, so that codes and entities are known. Raises AddressError and TooBroad."""
    question = question_of(ledger, query)
    with within_time(corpus):
        asker = Asker(question, corpus, user)
        check_together(question, asker.today)
        try:
            LEDGER_PAGES[ledger](asker, 1, None)
        except NotThere as error:
            raise AddressError(str(error), "names nothing in this corpus") from error
    return question


def create(corpus: Corpus, owner: Any, fields: Mapping[str, Any]) -> SavedQuestion:
    """Save a question. To send the same again under the same id gives what is there.

    Raises AddressError for what cannot be asked, UsedName, and UsedId where the id belongs to another question.
    """
    pk: UUID | None = fields.get("id")
    question = checked_question(fields["ledger"], fields.get("query", ""), corpus, owner)
    row = SavedQuestion(
        **({"id": pk} if pk else {}),
        corpus=corpus,
        owner=owner,
        name=checked_name(fields["name"]),
        ledger=question.ledger.name,
        query=question.query,
        note=checked_note(fields.get("note", "")),
        is_shared=fields.get("is_shared", False),
    )
    if not pk:
        return insert(row)
    stored = SavedQuestion.objects.filter(pk=pk).first() or insert(row)
    if contents(stored) != contents(row):
        raise UsedId(f"The id {pk} was already used for another question.")
    return stored


def insert(row: SavedQuestion) -> SavedQuestion:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise clash(row, error) from error
    row.refresh_from_db()
    return row


def change(row: SavedQuestion, owner: Any, fields: Mapping[str, Any]) -> SavedQuestion:
    """Change what is in `fields`; the rest stays. Raises as `create` does."""
    if "ledger" in fields or "query" in fields:
        question = checked_question(fields.get("ledger", row.ledger), fields.get("query", row.query), row.corpus, owner)
        row.ledger, row.query = question.ledger.name, question.query
    if "name" in fields:
        row.name = checked_name(fields["name"])
    if "note" in fields:
        row.note = checked_note(fields["note"])
    row.is_shared = fields.get("is_shared", row.is_shared)
    row.changed = timezone.now()
    try:
        with transaction.atomic():
            row.save(force_update=True)
    except IntegrityError as error:
        raise clash(row, error) from error
    return row


def clash(row: SavedQuestion, error: IntegrityError) -> ValueError | IntegrityError:
    """What a unique constraint refused, in words."""
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    if constraint == "savedquestion_name_once":
        return UsedName(f"You have a question “{row.name}” in this corpus already.")
    if constraint == "questions_savedquestion_pkey":
        return UsedId(f"The id {row.pk} was already used for another question.")
    return error


def contents(row: SavedQuestion) -> tuple[Any, ...]:
    return (row.corpus_id, row.owner_id, row.name, row.ledger, row.query, row.note, row.is_shared)


def checked_name(name: str) -> str:
    """Without white space around it. Raises AddressError."""
    stripped = name.strip()
    if not stripped or len(stripped) > LONGEST_NAME or not stripped.isprintable():
        raise AddressError("name", f"has 1 to {LONGEST_NAME} characters in one line")
    return stripped


def checked_note(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise AddressError("note", f"has at most {LONGEST_NOTE:,} characters")
    return note
