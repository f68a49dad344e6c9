"""Eighty-six sentences, marked by keys alone and without touching the card: nothing that their words do not say comes of it anywhere.

The sentences and what each of them says stand in `tests/fixtures/marked_by_keys/sentences.tsv`. What they leave out has to stay open
in the database, the API, the statement of a report and every format; the statements were read by people, and stand beside them.
"""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from annotations.derived.document_view import DocumentView
from annotations.documents.export import Export, writers
from annotations.documents.selection import Selection
from annotations.formats import FORMATS
from annotations.formats.base import Losses
from annotations.formats.evidence.evidence_lines import statement
from annotations.formats.middle.flat import Flat
from annotations.formats.middle.lift import lift
from annotations.formats.middle.mapping import Mapping
from annotations.models import Event
from annotations.schemes.stored import compiled
from tests import factories
from tests.browser.desk import Desk
from tests.browser.typist import Typist

FIXTURES = Path(__file__).parents[1] / "fixtures" / "marked_by_keys"
STATES = ("status", "polarity", "certainty")
SCHEME = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))
LANGUAGES = ("en", "ko", "zh", "ja")


def table(name):
    lines = (FIXTURES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


class Case:
    def __init__(self, row):
        self.language, self.type, bracketed, *states, own = row
        before, self.trigger, after = re.fullmatch(r"(.*)\[(.*)\](.*)", bracketed).groups()
        self.sentence, self.offset = before + self.trigger + after, len(before)
        pairs = zip(STATES, states, strict=True), (entry.split("=") for entry in filter(None, own.split(";")))
        # What the words say of each attribute; an attribute that is not here has to stay open.
        self.says = {code: set(values.split("/")) for part in pairs for code, values in part if values}

    def unsaid(self, attributes):
        """Of attribute → value, what the words do not say."""
        shown = {code: str(value).lower() for code, value in attributes.items() if value not in (None, "", [], {})}
        return {code: value for code, value in shown.items() if value not in self.says.get(code, ())}


CASES = [Case(row) for row in table("sentences.tsv")]
STATEMENTS = dict(table("statements.tsv"))


@pytest.fixture
def marked(page, sign_in, transactional_db):
    """The corpus with all of them marked, an article for each language; the event of each case by its sentence."""
    person = factories.user("annotator")
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    factories.membership(corpus, person, "annotator")
    sign_in(page, person)
    for language in LANGUAGES:
        cases = [case for case in CASES if case.language == language]
        text = "\n\n".join(["In short", *(case.sentence for case in cases)])
        article = factories.article(corpus, f"In short: {language}", language=language)
        desk = Desk(page, factories.assignment(factories.document(text, of=article), person)).open()
        typist = Typist(page, SCHEME)
        for case in cases:
            start = text.index(f"\n\n{case.sentence}") + 2 + case.offset
            fragment = {"start": start, "end": start + len(case.trigger), "quote": case.trigger}
            typist.mark({"layer": "EVENT", "label": case.type, "fragments": [fragment], "quote": case.trigger})
        desk.saved()
        desk.idle()
    return corpus


def cases_of(corpus):
    """Each case with its event as it is stored."""
    stored = {}
    for event in Event.objects.filter(assignment__document__corpus=corpus).prefetch_related("triggers"):
        [trigger] = event.triggers.all()
        text = event.assignment.document.text
        block = text[text.rindex("\n\n", 0, trigger.start) + 2 :].split("\n\n")[0]
        stored[block] = event
    assert len(stored) == len(CASES) >= 80
    return [(case, stored[case.sentence]) for case in CASES]


def test_what_the_words_do_not_say_is_stored_and_told_nowhere(marked, page):
    cases = cases_of(marked)
    wrong = [*in_the_database(cases), *in_the_api(cases, page), *in_the_tables(cases, marked), *in_the_formats(cases, marked)]
    assert wrong == []
    assert untrue_statements(cases) == []
    read = sum(len(case.says) - len(open_in(case, event)) for case, event in cases)
    assert read >= 0.6 * sum(len(case.says) for case, _ in cases), "nearly nothing is read: a check that cannot fail"


def open_in(case, event):
    return [code for code in case.says if not values(event).get(code)]


def values(event):
    return {code: getattr(event, code) for code in STATES} | event.attributes


def in_the_database(cases):
    for case, event in cases:
        if unsaid := case.unsaid(values(event)):
            yield "database", case.sentence, unsaid
        # Nobody touched the card, so that whatever stands there was read, and says so.
        if unread := [code for code, value in values(event).items() if value not in (None, "") and code not in event.read]:
            yield "not marked as read", case.sentence, unread


def in_the_api(cases, page):
    rows, url = {}, "/api/v1/events/?drafts=true&limit=500"
    for row in page.request.get(url).json()["results"]:
        rows[row["id"]] = {code: row[code] for code in STATES} | row["attributes"]
    for case, event in cases:
        if unsaid := case.unsaid(rows[str(event.pk)]):
            yield "API", case.sentence, unsaid


def exported(corpus, name):
    return b"".join(Export(Selection(drafts=True).rows(corpus), name, derived=True).pieces())


def in_the_tables(cases, corpus):
    with zipfile.ZipFile(io.BytesIO(exported(corpus, "csv"))) as archive:
        rows = {row["id"]: row for row in csv.DictReader(io.TextIOWrapper(archive.open("events.csv"), "utf-8-sig"))}
    for case, event in cases:
        row = rows[str(event.pk)]
        own = dict(entry.split(": ", 1) for entry in row["attributes"].split(", ") if entry)
        if unsaid := case.unsaid({code: row[code] for code in STATES} | own):
            yield "CSV", case.sentence, unsaid
        # Uu, "underspecified", is what FactBank says of an order, whoever gives it.
        if row["factuality"] not in ("", "Uu") and not all(row[code] for code in STATES):
            yield "CSV", case.sentence, {"factuality": row["factuality"]}


def in_the_formats(cases, corpus):
    """Of every format that can be read back: no event has more there than what its words say."""
    view = compiled(cases[0][1].assignment.scheme).view
    by_language = [[case for case in CASES if case.language == language] for language in LANGUAGES]
    by_triggers = {squeezed(case.trigger for case in alike): alike for alike in by_language}
    silent = set()
    for name in writers():
        if not hasattr(FORMATS[name], "read"):
            continue
        file = io.BytesIO(exported(corpus, name))
        documents = list(FORMATS[name].read(file, f"x{FORMATS[name].EXTENSION}", {}))
        assert len(documents) == len(LANGUAGES), (name, documents)
        for each in documents:
            native = lift(each, view, Mapping(), Losses()) if isinstance(each, Flat) else each
            triggers = sorted(native["mentions"], key=lambda mark: mark["fragments"][0]["start"])
            events = {event["id"]: event for event in native["events"]}
            if not events:
                silent.add(name)
                continue
            # Files in an archive do not come in the order of the languages, and CoNLL has a space between two tokens.
            marked_cases = by_triggers[squeezed(mark["fragments"][0]["quote"] for mark in triggers)]
            for case, mark in zip(marked_cases, triggers, strict=True):
                event = events[mark["event"]]
                if unsaid := case.unsaid({code: event.get(code) for code in STATES} | (event.get("attributes") or {})):
                    yield name, case.sentence, unsaid
    # Files that say nothing of events.
    assert silent <= {"conll2003"}


def squeezed(words):
    return "".join("".join(words).split())


def untrue_statements(cases):
    wrong = []
    for each in Export(Selection(drafts=True).rows(cases[0][1].assignment.document.corpus), "evidence").annotated():
        view = DocumentView(each)
        for event in view.events():
            sentence = view.text[view.text.rindex("\n\n", 0, view.span(event["triggers"][0])["start"]) + 2 :].split("\n\n")[0]
            told = statement(view, event)
            if STATEMENTS.get(sentence) != told:
                wrong.append((sentence, told))
    return wrong
