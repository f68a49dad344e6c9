"""What an address of the pages of agreement asks for."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from annotations.queries.chosen_articles import Choices, choices_of, chosen_by
from annotations.scoring.codes import codes_of, day_of
from annotations.scoring.report import AGAINST, AgreementReport
from annotations.scoring.score_rows import EACH
from annotations.templatetags.codes import words
from corpus.accounts.signed_in import SignedIn
from corpus.models import Corpus


class CodeChoice(NamedTuple):
    code: str
    words: str


def report_of(request: SignedIn, corpus: Corpus, choices: Choices | None = None) -> AgreementReport:
    """An address that names a reader, a label, a day or an outlet that the corpus does not have leaves it out."""
    asked = request.GET
    against, code = asked.get("against", EACH), asked.get("label", "")
    return AgreementReport(
        corpus,
        request.user,
        against if against in AGAINST else EACH,
        tuple(dict.fromkeys(asked.getlist("reader"))),
        chosen_by(asked, choices_of(corpus) if choices is None else choices),
        code if code and code in codes_of(corpus) else "",
        day_of(asked.get("since", "")),
        day_of(asked.get("until", "")),
        asked.get("weighted") == "1",
    )


def query_of(report: AgreementReport, **more: Any) -> str:
    """The same report as an address."""
    named = {
        "against": report.against,
        "reader": report.chosen_readers,
        "label": report.code,
        "since": report.since or "",
        "until": report.until or "",
        "weighted": "1" if report.weighted else "",
        **report.articles.values(),
        **more,
    }
    return urlencode({name: value for name, value in named.items() if value}, doseq=True)


def filters_of(report: AgreementReport, choices: Choices) -> dict[str, Any]:
    """What the form of the filters shows."""
    return {
        "against": AGAINST.items(),
        "readers": sorted(set(report.names.values())),
        "codes": [CodeChoice(code, words_of(code)) for code in codes_of(report.corpus)],
        "filters": [(name, getattr(report.articles, name), values.items()) for name, values in choices.items() if values],
    }


def words_of(code: str) -> str:
    layer, _, label = code.partition(".")
    return f"{words(layer).capitalize()}: {words(label)}" if label else words(layer).capitalize()
