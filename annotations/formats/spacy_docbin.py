"""spaCy's DocBin: an archive of `.spacy` files, each with the texts of a few hundred documents.

Needs spaCy. Marks may overlap, so that they stand in `doc.spans["sc"]`; in `doc.ents`, where nothing may, only on request.
Offset unit: Unicode code points, and what spaCy's tokenizer makes of the text: a mark that begins or ends inside of a
token is left out, and counted. Options: `language` (code of a tokenizer; without it, that of the article), `ents` (yes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import batched
from typing import Any

from annotations.formats.base import CROSSING, FACTS, NESTING, Losses, Option, Options
from annotations.formats.files.optional_libraries import needed
from annotations.formats.files.zipped import zipped
from annotations.formats.middle.flat import Flat, Mark

TITLE = "spaCy DocBin"
EXTENSION = ".spacy.zip"
MEDIA_TYPE = "application/zip"
OFFSETS = "Unicode code points, and tokens of spaCy"
HOLDS = frozenset({NESTING, CROSSING, FACTS})
WRITING: Options = {
    "language": Option("Language code of spaCy's tokenizer. Default: the language of each article."),
    "ents": Option("Also write marks that do not overlap to doc.ents. Default: no.", ("no", "yes")),
}
NEEDS = ("spacy",)

KEY = "sc"  # where spaCy's span categorizer looks for spans
TOGETHER = 200  # documents in a file: all of them are in memory
ATTRIBUTES = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE")
ANY = "xx"  # the tokenizer for all languages
NAME = "spaCy DocBin"


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    needed("spacy.tokens", NAME)
    yield from zipped(files(documents, losses, options))


def files(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for number, flats in enumerate(batched(documents, TOGETHER), 1):
        made = needed("spacy.tokens", NAME).DocBin(attrs=ATTRIBUTES, store_user_data=True)
        for flat in flats:
            made.add(doc_of(flat, losses, options))
        yield f"{number:05}.spacy", made.to_bytes()


def doc_of(flat: Flat, losses: Losses, options: Mapping[str, str]) -> Any:
    doc = tokenizer(options.get("language") or str(flat.facts.get("language") or ANY))(flat.text)
    doc.user_data |= {"key": flat.key, "title": flat.title, "annotator": flat.annotator, **flat.facts}
    spans = [span for mark in flat.marks if (span := span_of(doc, flat, mark, losses))]
    doc.spans[KEY] = spans
    if options.get("ents") == "yes":
        doc.ents = apart(spans, flat, losses)
    return doc


def span_of(doc: Any, flat: Flat, mark: Mark, losses: Losses) -> Any | None:
    span = doc.char_span(mark.start, mark.end, label=mark.label, span_id=mark.id)
    if span is None:
        losses.lose("marks left out, since they start or end inside a spaCy token", f"{flat.key} {mark.id}")
    return span


def apart(spans: list[Any], flat: Flat, losses: Losses) -> list[Any]:
    """Of spans that overlap the longest, then the first."""
    kept = needed("spacy.util", NAME).filter_spans(spans)
    if missing := len(spans) - len(kept):
        losses.lose("overlapping marks written only to doc.spans, not to doc.ents", flat.key, missing)
    return list(kept)


@lru_cache(maxsize=32)
def tokenizer(language: str) -> Callable[[str], Any]:
    """Of the language, else of its first part, else of any: some need libraries of their own."""
    for code in (language, language.split("-", maxsplit=1)[0], ANY):
        try:
            made: Callable[[str], Any] = needed("spacy", NAME).blank(code).make_doc
        except (ImportError, ValueError):  # no such language; its tokenizer is not installed
            continue
        return made
    raise AssertionError("the multi-language tokenizer of spaCy is not installed")
