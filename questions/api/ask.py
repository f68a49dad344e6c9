"""Ledgers by API: the same rows as on the pages, in the same order."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from corpus.api import units
from corpus.api.filters import parameters_of
from corpus.api.problems import Problem
from corpus.api.resource import InCorpus
from questions.address.parameters import LEDGERS, PARAMETERS
from questions.address.question import AddressError, Question, read
from questions.api.evidence import EVIDENCE, add_evidence, read_fields
from questions.api.row_shapes import has_entries
from questions.api.shapes import SHAPES, LedgerShape
from questions.api.utf16 import in_utf16
from questions.asking.asker import NotThere
from questions.asking.time_limits import TooBroad, within_time
from questions.ledgers.answered import OF_ANNOTATIONS, Answered, answered, answered_then
from questions.ledgers.disputes import excluded_in
from questions.models import Entry
from questions.past.cut import AT, MOMENT, LogCut, present, read_cut
from questions.past.cut import PARAMETERS as OF_CUT
from questions.past.moved_on import MOST as MOST_CHANGED
from questions.wording.sentence import in_words

PAGING, FIELDS = ("limit", "cursor", units.PARAMETER), "fields"
LIMIT, MOST = 50, 200
PAGING_PARAMETERS = [
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
        description=f"Rows per page; up to {LIMIT} with `fields` or `basis`.",
    ),
    OpenApiParameter("cursor", str, description="Cursor: take it from `next`."),
    units.OFFSETS_PARAMETER,
]
FIELDS_PARAMETER = OpenApiParameter(
    FIELDS,
    {"type": "array", "items": {"type": "string", "enum": list(EVIDENCE)}, "minItems": 1},
    style="form",
    explode=False,
    description="Fields of the evidence table, with commas between: each entry has `evidence`, a line with these for each of its `lines`.",
)
CUT_PARAMETERS = [
    OpenApiParameter(
        AT,
        {"type": "integer", "minimum": 0},
        description=f"""The answer as of this change of the log: `number` of an earlier answer. Annotations are as they were; entities, relations,
links between events, copies and your access are as of today. 400 where more than {MOST_CHANGED:,} readings have changed since, or their scheme.""",
    ),
    OpenApiParameter(
        MOMENT,
        {"type": "string", "format": "date-time"},
        description="With `at`: the `moment` of that answer, which says what was submitted. Default: when the last change up to `at` was made.",
    ),
]
# What the reference says of each ledger.
ABOUT = {
    "events": """Events of all articles: one row for each, with every value, who states it, and how many independent sources there are.

Copies and later articles of a story with the same value are no rows of their own. Each row is in one part of the answer:
`counted`, `no_figure`, or the status, polarity or use that was not asked for.

`totals` of an answer of one page: `fewest_sources` and `most_sources`, how many independent sources all of its rows have together. With
`undated=0`, or a window with `dates=within`: `undated`, how many rows are left out because no day is stated for them.""",
    "figures": """Figures of all articles, each with its value, who states it and the event to which it belongs.

`totals` as those of `events`.""",
    "disputes": "Pairs of figures of different articles that exclude each other: the same people or things, in events of one type.",
    "sources": "Sources with their claims, and with the figures and triggers that each claim holds.",
    "causes": """Events with the causes that the text states. `chain=` takes the id of an event and follows it to both ends.

`totals`: how many links there are, and how many chains they make; `most_steps`: the chain was followed for so many, and may go on.""",
    "law": "Events with the legal measures that they cite, and what the register has of the paragraph.",
    "findings": """What the checks say of the figures and laws of each article: sums of parts, exchange rates, amounts per person, what the law requires.

`totals`: how many have each result.""",
    "screening": "Entities by the state of their screening against lists. Not screened says nothing about lists.",
    "network": """Who acts on whom: a row for each actor, kind of event and whoever is acted on, with its first 20 events.

`totals`: `edges`, `typed` edges (rows) and `pairs`.""",
    "words": """Words of all articles, or marks, each with up to 80 characters left and right in the same segment, and the marks under it.

A request reads a bounded number of passages: a page may have fewer lines than asked for, or none, and still have a `next`.
`totals`: `lines` and `articles`, or `more_than_lines` and `more_than_articles`; `not_indexed`: articles whose words no search finds yet;
`sampled`: lines of the sample. `breakdown`: lines of each outlet, year and label, of a sample among its own lines.""",
    "counts": """How many events and figures have each value, or each pair of values, of the columns in `by`. Linked events count once.

`by=layer` counts marks, too, where nothing else is asked than whose they are and of which articles; `totals`: `marks`, unless
counting them takes too long.""",
}


def described(ledger: str) -> list[OpenApiParameter]:
    """The parameters of a ledger for the schema, in their order."""
    own = LEDGERS[ledger]
    known = [
        OpenApiParameter(name, str, description=f"{parameter.help} Default: {own.default(name) or 'not asked'}.")
        for name, parameter in PARAMETERS.items()
        if name in own.parameters
    ]
    fields, cut = [FIELDS_PARAMETER] if has_entries(ledger) else [], CUT_PARAMETERS if ledger in OF_ANNOTATIONS else []
    return [*known, *PAGING_PARAMETERS, *fields, *cut]


def of_pages(ledger: str) -> set[str]:
    """Parameters that say nothing of what is asked: which page it is, with which fields, and as of when."""
    return {*PAGING, *([FIELDS] if has_entries(ledger) else []), *(OF_CUT if ledger in OF_ANNOTATIONS else ())}


class Asking(InCorpus):
    """One ledger of a corpus."""

    serializer_class = LedgerShape
    queryset = Entry.objects.none()
    ledger: str

    def allowed_parameters(self) -> set[str]:
        return {*LEDGERS[self.ledger].parameters, *of_pages(self.ledger)}

    def answer(self, request: Request) -> Response:
        try:
            body = SHAPES[self.ledger](self.page(request)).data
            return Response(body, headers={"ETag": etag_of(body)})
        except AddressError as error:
            raise ValidationError({error.name: error.rule}) from error
        except NotThere as error:
            raise Http404 from error
        except TooBroad as error:
            raise Problem("too-broad", "The answer takes longer than 3 seconds: add a condition.") from error

    def question(self, request: Request) -> Question:
        return read(
            self.ledger, [(name, value) for name, value in parameters_of(request).items() if name not in of_pages(self.ledger)]
        )

    def page(self, request: Request) -> dict[str, Any]:
        question = self.question(request)
        limit, fields, is_utf16 = self.limit(request, question), request.query_params.get(FIELDS), units.wants_utf16(request)
        cut = read_cut(*(request.query_params.get(name, "") for name in OF_CUT))
        answer = self.answered_then(request, question, limit, cut) if cut else self.answered(request, question, limit)
        if not cut:
            for row, number, pairs in excluded_in(answer.asker, answer.page, answer.rests_on["marked"]):
                row["excluded"] = {"number": number, "query": pairs.query}
        then = cut.query if cut else {}
        text, more = in_words(answer.asker.pieces), then | ({} if fields is None else {FIELDS: fields})
        more |= {units.PARAMETER: units.UTF16} if is_utf16 else {}
        return {
            "question": {"ledger": self.ledger, "query": question.query, "self": self.address(question, **then), "text": text},
            "rests_on": answer.rests_on,
            "parts": answer.page.parts,
            "unplaced": answer.page.unplaced,
            "totals": answer.page.totals,
            "breakdown": answer.page.breakdown,
            "next": answer.following and self.address(question, limit=limit, cursor=answer.following, **more),
            "results": in_utf16(answer.page.rows) if is_utf16 else answer.page.rows,
        }

    def answered(self, request: Request, question: Question, limit: int) -> Answered:
        cursor, fields = request.query_params.get("cursor", ""), request.query_params.get(FIELDS)
        if fields is None:
            return answered(question, self.corpus, request.user, limit, cursor)
        names = read_fields(fields)
        # The rows and what the evidence table says of them are of one snapshot.
        cut = present()
        with within_time(self.corpus):
            answer = answered(question, self.corpus, request.user, limit, cursor, cut=cut)
            add_evidence(request.user, answer.page.rows, names)
        return answer

    def answered_then(self, request: Request, question: Question, limit: int, cut: LogCut) -> Answered:
        if FIELDS in request.query_params:
            raise AddressError(FIELDS, "are those of today: leave out at=")
        return answered_then(question, self.corpus, request.user, limit, cut, request.query_params.get("cursor", ""))

    def limit(self, request: Request, question: Question) -> int:
        words = request.query_params.get("limit", str(LIMIT))
        # The evidence table, and in what readings agree, is worked out from whole documents: of another article for each row.
        asked = FIELDS if FIELDS in request.query_params else "basis" if question["basis"] else ""
        most, condition = (LIMIT, f" with {asked}") if asked else (MOST, "")
        if not (words.isascii() and words.isdecimal() and len(words) < 5 and 1 <= int(words) <= most):
            raise AddressError("limit", f"takes a whole number from 1 to {most}{condition}")
        return int(words)

    def address(self, question: Question, **more: Any) -> str:
        query = "&".join([part for part in (question.query, *(f"{name}={value}" for name, value in more.items())) if part])
        return str(self.request.build_absolute_uri(f"{self.request.path}{'?' if query else ''}{query}"))


def etag_of(body: dict[str, Any]) -> str:
    """Of all but when it was answered: while nothing else differs, the client's copy is current.

    The number of the log counts what others write that the asker may not see, in other corpora too.
    """
    lasting = {**body, "rests_on": {**body["rests_on"], "moment": None, "number": None}}
    text = json.dumps(lasting, cls=JSONEncoder, sort_keys=True)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def asking(ledger: str) -> type[Asking]:
    """The resource of a ledger."""

    def retrieve(self: Asking, request: Request, slug: str) -> Response:
        return self.answer(request)

    retrieve.__doc__ = ABOUT[ledger]
    shown = extend_schema(parameters=described(ledger), responses=SHAPES[ledger])(retrieve)
    return type(f"Ask{ledger.capitalize()}", (Asking,), {"ledger": ledger, "retrieve": shown, "__doc__": Asking.__doc__})


ASKING = {ledger: asking(ledger) for ledger in LEDGERS}
