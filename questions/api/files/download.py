"""An answer as a file, made while it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer

from annotations.api.downloads import AnyFile, JSONLines, answer
from annotations.documents.export import BROKEN
from annotations.documents.stream import moment
from corpus.api.filters import parameters_of
from corpus.api.problems import Problem
from corpus.api.request import Request
from corpus.api.resource import InCorpus
from corpus.models import Token
from questions.address.parameters import LEDGERS
from questions.address.question import AddressError, Question, check_together, read
from questions.api.files.writers import FORMATS, AnswerFacts, FileFormat
from questions.asking.asker import Asker, NotThere
from questions.asking.rests_on import rests_on
from questions.asking.time_limits import TooBroad, within_time
from questions.ledgers.every import LEDGER_PAGES
from questions.models import Entry
from questions.past.cut import present
from questions.wording.sentence import in_words

FORMAT = "format"


class AnswerFile(InCorpus):
    """A ledger as a file."""

    queryset = Entry.objects.none()
    renderer_classes = [JSONLines, AnyFile, JSONRenderer]
    throttle_scope: str | None = "export"
    scopes = {"download": Token.Scope.EXPORT}

    def allowed_parameters(self) -> set[str]:
        ledger = LEDGERS.get(self.kwargs["ledger"])
        return {FORMAT, *(ledger.parameters if ledger else ())}

    @extend_schema(
        parameters=[OpenApiParameter(FORMAT, str, enum=list(FORMATS), required=True, description="File format.")],
        responses={(200, each.media_type): OpenApiTypes.BINARY for each in FORMATS.values()},
    )
    def download(self, request: Request, slug: str, ledger: str) -> HttpResponseBase:
        """All rows of a ledger as a file, up to 100,000, from one snapshot of the database; takes the parameters of the ledger.

        CSV and Excel have a record for each line of evidence, with its statement, quotation and footnote; Markdown and Word are
        evidence tables, of ledgers of events and figures. JSON Lines ends with {"end": {question, rests_on, rows, whole}}: `whole` is false where there
        are more rows, and `rows_in_all` how many, or null; so do question.csv and the first sheet. `parts`, `unplaced` and `undated` say
        what is not among the rows. Needs the scope export.
        """
        if ledger not in LEDGERS:
            raise Http404
        try:
            file = self.file_format(request, ledger)
            pairs = [(name, value) for name, value in parameters_of(request).items() if name != FORMAT]
            asker = Asker(read(ledger, pairs), self.corpus, request.user, counts=False)
            check(asker)
        except AddressError as error:
            raise ValidationError({error.name: error.rule}) from error
        except NotThere as error:
            raise Http404 from error
        except TooBroad as error:
            raise Problem("too-broad", "The answer takes longer than 3 seconds: add a condition.") from error
        pieces = written(file, asker, self.address(request, asker.question))
        return answer(request, pieces, file.media_type, f"{self.corpus.slug}-{ledger}.{file.extension}")

    def file_format(self, request: Request, ledger: str) -> FileFormat:
        name = request.query_params.get(FORMAT, "")
        known = [each for each, file in FORMATS.items() if not file.only or ledger in file.only]
        if name not in known:
            raise AddressError(FORMAT, f"takes one of {', '.join(known)}")
        return FORMATS[name]

    def address(self, request: Request, question: Question) -> str:
        path = f"/corpora/{self.corpus.slug}/ask/{question.ledger.name}/"
        return str(request.build_absolute_uri(f"{path}?{question.query}" if question.query else path))


def check(asker: Asker) -> None:
    """Ask for one row before anything is sent: afterwards it is too late to refuse. Raises AddressError, NotThere, TooBroad."""
    with within_time(asker.corpus):
        check_together(asker.question, asker.today)
        LEDGER_PAGES[asker.question.ledger.name](asker, 1, None)


def written(file: FileFormat, asker: Asker, address: str) -> Iterator[bytes]:
    """The file out of one moment; one that breaks off says so."""
    try:
        cut = present()
        with moment():
            facts = AnswerFacts(in_words(asker.pieces), address, rests_on(asker, 0, cut))
            yield from file.write(asker, facts)
    except Exception:
        yield BROKEN
        raise


def files_of(ledger: str) -> list[dict[str, Any]]:
    """The formats that a ledger can be had in."""
    return [{"name": name, "title": each.title} for name, each in FORMATS.items() if not each.only or ledger in each.only]
