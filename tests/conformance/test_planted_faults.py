"""Twelve faults, and some further ones: each changes an answer of the program that knows no code of ours, and planted in ours it is noticed.

Section 12 of the design.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
import regex
from django.db import transaction

from annotations.models import Assignment, Event
from corpus.models import Article, Corpus
from corpus.words import matches, tokens
from questions.asking import answer, asker, filters, places
from questions.index import scheme_roles
from questions.ledgers import disputes
from questions.values import extents, independence
from tests.conformance import test_disputes_over_articles as pairs
from tests.conformance import test_question_semantics as semantics
from tests.conformance.planted import in_entries, instead
from tests.conformance.test_questions_over_articles import FOLDER, answer_to, corpus, expected, load_articles, reckoned
from tests.questions.index.test_entries import assert_same
from tests.questions.ledgers.asking import ask, take_up

pytestmark = [pytest.mark.others("questions", instead="tests/questions/ledgers/test_every.py"), pytest.mark.django_db]
__all__ = ["corpus", "expected"]

REFERENCE = FOLDER / "verify.py"


def in_reference(monkeypatch, *changes):
    """What the program reckons with a fault. `changes`: (as it is, with the fault), each of which stands in it once."""
    written = REFERENCE.read_text("utf-8")
    for right, wrong in changes:
        assert written.count(right) == 1, f"{right!r} stands {written.count(right)} times in the program"
        written = written.replace(right, wrong)
    monkeypatch.setattr(sys, "argv", ["verify.py"])
    program = ModuleType("reference")
    program.__file__ = str(REFERENCE)
    exec(compile(written, str(REFERENCE), "exec"), vars(program))
    return program.reckon()


# As the design names them.
IN_REFERENCE = {
    "“more than” as “at least”": [('how != "gt" or bool(wide)', "True")],
    "no slack of approximate values": [("SLACK = N(5, 100)", "SLACK = N(0)")],
    "no workplace": [("if any(register.within(t, place) for t in works):", "if False:")],
    "home as where it happens": [("""NOT_THERE = {"REPATRIATE": ("destination",)}""", "NOT_THERE = {}")],
    "stories as independent articles": [('if r["article"] != article.name and story', "if False and story")],
    "copies as rows": [("only_here = article.name in copies", "only_here = False")],
    "the undated lost": [('return (date.min, article.published[1]), "undated', 'return (date.max, date.min), "undated')],
    "the outlet for every source": [("return min(held)[1] if held else", "return")],
    "who may be somebody else as one with all of these": [
        ("for part in parts for x, y in itertools.combinations(part, 2)", "for part in parts for x, y in zip(part, part[1:])")
    ],
    "Chinese and Japanese as words": [("if CJK.match(text[at]):", "if False:"), ("and not CJK.match(text[end]) and", "and")],
    "places without what lies in them": [
        ('return place in self.up(entity, ("located_in", "part_of")) if entity else False', "return place == entity")
    ],
    "days without the first and the last": [
        ("return one[0] <= other[1] and other[0] <= one[1]", "return one[0] < other[1] and other[0] < one[1]")
    ],
}


def test_the_reference_without_a_fault(monkeypatch, expected):
    assert in_reference(monkeypatch) == expected


@pytest.mark.parametrize("fault", IN_REFERENCE)
def test_the_reference_notices(monkeypatch, expected, fault):
    assert in_reference(monkeypatch, *IN_REFERENCE[fault]) != expected


# In Attest


@dataclass(frozen=True)
class Fault:
    """`plant`: puts it in; `notices`: fails of it, and of nothing else."""

    name: str
    plant: Callable[[pytest.MonkeyPatch], None]
    notices: Callable[[Corpus, Any], None]


def answers(*names):
    """Ledgers of events over several articles, as the program reckons them."""

    def notices(corpus, expected):
        for name in names:
            assert answer_to(corpus, name) == reckoned(expected[name])

    return notices


def values(corpus, expected):
    semantics.test_each_pair_of_values(expected)


def independent_sources(corpus, expected):
    semantics.test_independent_sources(expected)


def entries_of_the_seed(corpus, expected):
    """The index says of values what Python says."""
    take_up()
    assert_same(Assignment.objects.get(document__article__key="seed-000"))


def disputed_figures(corpus, expected):
    take_up()
    rows = ask(corpus, "disputes").rows
    assert [pairs.plain(row) for row in rows] == expected["disputes, all"]


def lines_in_japanese(corpus, expected):
    take_up()
    assert [[row["start"], row["end"]] for row in ask(corpus, "words", q="帰国").rows] == expected["concordance 帰国"]


def only_what_happened(corpus, expected):
    """EV17 of the seed is a contract that was *not* extended: it is no event that happened."""
    take_up()
    extended = Event.objects.get(key="EV17").pk
    rows = ask(corpus, "events", type="EMPLOY", limit=200).rows
    assert rows
    assert extended not in {entry["event"] for row in rows for entry in row["entries"]}


def figures_of_this_corpus(corpus, expected):
    """Another corpus has the same articles."""
    load_articles("another")
    take_up()
    rows = ask(corpus, "figures", label="PEOPLE", limit=200).rows
    assert rows
    assert {Article.objects.get(pk=row["entries"][0]["article"]).corpus_id for row in rows} == {corpus.pk}


def of_words(patch):
    wordlike = regex.compile(r"[\p{L}\p{N}\p{M}]+", regex.V1)
    for module in (tokens, matches):
        patch.setattr(module, "TOKEN", wordlike)


def with_home(patch):
    scheme_roles._roles.cache_clear()
    instead(patch, scheme_roles._roles, (""" and role not in (places.get("not") or {}).get(label, [])""", ""))


ONE, COPIED, BEFORE, JOINED = (
    f"journey 8, {name}" for name in ("FX-1 alone", "FX-2 is a copy", "FX-3 before the join", "FX-3 joined")
)
FAULTS = [
    Fault(
        "“more than” as “at least”, between values",
        lambda patch: instead(patch, extents.extent, (" or value.approximate\n    if value.high", " or True\n    if value.high")),
        answers(JOINED),
    ),
    Fault(
        "“more than” as “at least”, in the index",
        lambda patch: in_entries(patch, "CASE WHEN a.comparator = 'gt' AND a.slack = 0 THEN '('", "CASE WHEN false THEN '('"),
        entries_of_the_seed,
    ),
    Fault("no slack of approximate values", lambda patch: patch.setattr(extents, "SLACK", Decimal(0)), values),
    Fault(
        "no slack of approximate values, in the index",
        lambda patch: in_entries(patch, "WHEN f.approximate THEN 0.05", "WHEN f.approximate THEN 0"),
        entries_of_the_seed,
    ),
    Fault(
        "no workplace",
        lambda patch: instead(patch, places.at_place, ('[f"{there.sql} OR {at_work.sql}"]', "[there.sql]")),
        answers(ONE),
    ),
    Fault("home as where it happens", with_home, answers(ONE)),
    Fault(
        "stories as independent articles",
        lambda patch: instead(patch, answer.IndexAnswer.not_told_before, ('f"{{e}}.story IS NULL OR NOT {there}"', '"true"')),
        answers("FX-6 tells the same story"),
    ),
    Fault(
        "copies as rows",
        lambda patch: instead(patch, answer.IndexAnswer.not_copied, ('f"{{e}}.copy_of IS NULL OR NOT {there}"', '"true"')),
        answers(COPIED),
    ),
    Fault(
        "the undated lost",
        lambda patch: in_entries(patch, "ELSE daterange(NULL, w.published_latest, '[]') END", "ELSE 'empty'::daterange END"),
        answers(ONE),
    ),
    Fault(
        "the outlet for every source",
        lambda patch: in_entries(patch, "LEFT JOIN claims c ON c.place = m.place AND", "LEFT JOIN claims c ON false AND"),
        answers(ONE),
    ),
    Fault(
        "who may be somebody else as one with all of these",
        lambda patch: instead(
            patch,
            independence.independent,
            (
                "sum(fewest_groups(part, ties) if len(part) <= TRIED else fewest_apart(part, ties) for part in parts)",
                "len(parts)",
            ),
        ),
        independent_sources,
    ),
    Fault("Chinese and Japanese as words", of_words, lines_in_japanese),
    Fault(
        "places without what lies in them",
        lambda patch: instead(patch, asker.Asker.inside, ("self.place_ties.inside", '[self.entity("place")]')),
        answers("journey 8, Liaoning"),
    ),
    Fault(
        "days without the first",
        lambda patch: instead(patch, filters.by_days, ("%(last)s::date, '[]')", "%(last)s::date, '(]')")),
        answers("window that touches the last day"),
    ),
    Fault(
        "days without the last",
        lambda patch: instead(patch, filters.by_days, ("%(last)s::date, '[]')", "%(last)s::date, '[)')")),
        answers("window that touches the first day"),
    ),
    Fault(
        "yuan as won",
        lambda patch: instead(patch, extents.dimension, ("value.unit, value.currency, months", "value.unit, months")),
        values,
    ),
    Fault(
        "times of each other's absence compared",
        lambda patch: patch.setattr(
            disputes, "PAIRS", disputes.PAIRS.replace("a.possible && b.possible", "NOT a.possible && b.possible")
        ),
        disputed_figures,
    ),
    Fault(
        "what is denied counted",
        lambda patch: instead(
            patch, answer.IndexAnswer.counting, ('for name in ("status", "polarity", "use")', 'for name in ("status", "use")')
        ),
        only_what_happened,
    ),
    Fault(
        "another corpus in the answer",
        lambda patch: instead(
            patch, answer.IndexAnswer.scopes, ("{{e}}.corpus_id = %(corpus)s AND", "%(corpus)s IS NOT NULL AND")
        ),
        figures_of_this_corpus,
    ),
]


@pytest.fixture(autouse=True)
def roles_as_they_are():
    """Nothing that was worked out with a fault outlives it."""
    yield
    scheme_roles._roles.cache_clear()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_attest_notices(corpus, expected, monkeypatch, fault):
    with transaction.atomic():
        fault.notices(corpus, expected)
        transaction.set_rollback(True)
    fault.plant(monkeypatch)
    with pytest.raises(AssertionError):
        fault.notices(corpus, expected)
