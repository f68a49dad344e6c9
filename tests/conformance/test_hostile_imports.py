"""The catalogues of attacks as files of marks, through every reader and into the database: each is refused in words, or
stands there letter by letter. Nothing else is ever raised."""

from __future__ import annotations

import io
import json

import pytest

from annotations.formats import FORMATS
from annotations.formats.base import Losses
from annotations.formats.middle.flat import Flat, FlatNote, Mark
from annotations.formats.middle.mapping import Mapping
from annotations.imports.annotators import Annotators
from annotations.imports.foreign import Reading, readers
from annotations.imports.load import ImportTarget, load_file
from annotations.models import Span
from corpus.models import Document
from tests import factories
from tests.conformance.material import rows

pytestmark = pytest.mark.django_db
FLAT = sorted(name for name in readers() if hasattr(FORMATS[name], "write") and not hasattr(FORMATS[name], "TAKES"))


def payloads(name):
    """Of a catalogue: the strings of its fourth column."""
    return [json.loads(row[3]) for row in rows(name)]


@pytest.fixture
def bring(db):
    corpus, user = factories.corpus("reports"), factories.user("annotator")
    factories.scheme()

    def run(name, content):
        reading = Reading.into(corpus, name, Mapping(marks={"mark": "ACTOR.PERSON"}))
        door = ImportTarget(corpus, user, Annotators(corpus), reader=name)
        return load_file(door, reading.documents(io.BytesIO(content), "a.file"))

    return run


def words_alone(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", sorted(readers()))
def test_poisoned_bodies_are_refused_in_words(bring, name):
    poison = payloads("json_poison.txt")
    assert poison
    for body in poison:
        report = bring(name, body.encode("utf-8", "surrogatepass"))
        assert not report.written, body[:200]


def test_poison_inside_a_native_document_is_refused_in_words(bring):
    head = (
        '{"format": "sanctions-gold/1", "scheme": {"code": "sanctions-core", "version": "1.1.0"}, "text": "Kim left.", "%s": %s}'
    )
    for body in payloads("json_poison.txt"):
        for field in ("document", "mentions", "events", "entities", "relations", "annotator"):
            bring("native", (head % (field, body)).encode("utf-8", "surrogatepass"))
    assert not Span.objects.exists()


@pytest.mark.parametrize("name", FLAT)
@pytest.mark.parametrize("catalogue", ["xss.txt", "csv_injection.txt"])
def test_what_runs_elsewhere_is_text_here(bring, name, catalogue):
    """As the marked words, as a label, a title, a note and an annotator's name."""
    flats = []
    for number, words in enumerate(payloads(catalogue)):
        text = f"{number} {words} told us."
        mark = Mark("T1", "mark", [(0, len(str(number)))], {})
        other = Mark("T2", words or "x", [(0, len(str(number)))], {})
        flats.append(Flat(text, [mark, other], notes=[FlatNote(words)], title=words[:200], annotator=words, key=f"d{number}"))
    report = bring(name, b"".join(FORMATS[name].write(flats, Losses(), {})))
    same = words_alone if name == "conll2003" else str  # it keeps words, not what stands between them
    texts = {same(flat.text) for flat in flats}
    stored = {same(text) for text in Document.objects.values_list("text", flat=True)}
    assert stored <= texts
    assert len(stored) + len(report.errors) >= len(texts)
    assert len(stored) >= len(texts) * 3 // 4, report.errors[:3]
