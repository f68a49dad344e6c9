"""Ledgers by API: the same rows as on the pages, in the same order."""

from __future__ import annotations

from typing import Any

from django.db import DataError, ProgrammingError
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from corpus.api.problems import Problem
from corpus.api.resource import InCorpus
from questions.address.parameters import LEDGERS, PARAMETERS
from questions.address.question import AddressError, Question, check_together, read
from questions.api.cursors import read_cursor, written
from questions.api.shapes import LedgerShape
from questions.asking.answer import ORDERS, TooBroad, within_time
from questions.asking.asker import Asker, NotThere
from questions.asking.rests_on import rests_on
from questions.ledgers import entries
from questions.models import Entry

PAGING = ("limit", "cursor")
LIMIT, MOST = 50, 200


def described(ledger: str) -> list[OpenApiParameter]:
    """The parameters of a ledger for the schema, in their order."""
    own = LEDGERS[ledger]
    known = [
        OpenApiParameter(name, str, description=f"{parameter.help} Default: {own.default(name) or 'not asked'}.")
        for name, parameter in PARAMETERS.items()
        if name in own.parameters
    ]
    limit = OpenApiParameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}, description="Rows per page."
    )
    return [*known, limit, OpenApiParameter("cursor", str, description="Cursor: take it from `next`.")]


class Asking(InCorpus):
    """One ledger of a corpus."""

    serializer_class = LedgerShape
    queryset = Entry.objects.none()
    ledger: str

    def allowed_parameters(self) -> set[str]:
        return {*LEDGERS[self.ledger].parameters, *PAGING}

    def answer(self, request: Request) -> Response:
        try:
            return Response(LedgerShape(self.page(request)).data)
        except AddressError as error:
            raise ValidationError({error.name: error.rule}) from error
        except NotThere as error:
            raise Http404 from error
        except (DataError, ProgrammingError) as error:
            if "cursor" not in request.query_params:
                raise
            # Sort keys of another kind than the columns: somebody made the cursor up.
            raise ValidationError({"cursor": "is not a cursor of this question"}) from error
        except TooBroad as error:
            raise Problem("too-broad", "The answer takes longer than 3 seconds: add a condition.") from error

    def page(self, request: Request) -> dict[str, Any]:
        question = read(self.ledger, [(name, value) for name, value in request.query_params.items() if name not in PAGING])
        limit = self.limit(request)
        cursor = request.query_params.get("cursor")
        after = read_cursor(question, cursor, len(ORDERS[self.ledger])) if cursor else None
        with within_time(self.corpus):
            asker = Asker(question, self.corpus, request.user)
            check_together(question, asker.today)
            page = entries.page(asker, limit, after)
            rests = rests_on(asker, page.behind)
        following = page.after and self.address(question, limit=limit, cursor=written(question, page.after))
        return {
            "question": {"ledger": self.ledger, "query": question.query, "self": self.address(question)},
            "rests_on": rests,
            "parts": page.parts,
            "unplaced": page.unplaced,
            "next": following,
            "results": page.rows,
        }

    def limit(self, request: Request) -> int:
        words = request.query_params.get("limit", str(LIMIT))
        if not (words.isascii() and words.isdecimal() and len(words) < 5 and 1 <= int(words) <= MOST):
            raise AddressError("limit", f"takes a whole number from 1 to {MOST}")
        return int(words)

    def address(self, question: Question, **more: Any) -> str:
        query = "&".join([part for part in (question.query, *(f"{name}={value}" for name, value in more.items())) if part])
        return str(self.request.build_absolute_uri(f"{self.request.path}{'?' if query else ''}{query}"))


class AskEvents(Asking):
    ledger = "events"

    @extend_schema(parameters=described("events"), responses=LedgerShape)
    def retrieve(self, request: Request, slug: str) -> Response:
        """Events of all articles: one row for each, with every value, who states it, and how many independent sources there are.

        Copies and later articles of a story with the same value are no rows of their own. Each row is in one part of the answer:
        `counted`, `no_figure`, or the status, polarity or use that was not asked for.
        """
        return self.answer(request)


class AskFigures(Asking):
    ledger = "figures"

    @extend_schema(parameters=described("figures"), responses=LedgerShape)
    def retrieve(self, request: Request, slug: str) -> Response:
        """Figures of all articles, each with its value, who states it and the event to which it belongs."""
        return self.answer(request)
