"""Whatever is written: what is derived for a question, what is indexed afterwards and what is made anew are the same."""

import random

import pytest
from django.db import connection
from django.utils import timezone

from annotations.models import Assignment
from corpus.models import Article, Cluster
from questions.address.question import read
from questions.asking import rests_on
from questions.asking.asker import Asker
from questions.asking.source import NAMES, source
from questions.index import keep
from questions.index.compare import disagreements
from questions.past.cut import present
from tests import factories, marks
from tests.questions.same_answers import SameAnswers, be_patient
from tests.questions.writing_at_random import RandomWriter

pytestmark = pytest.mark.django_db
WORDS = ("Some", "went", "sent", "300", "home", "paid", "says the boss")
TEXT = "Some went. “We sent 300 home, says the boss”. It paid."


def answer(corpus):
    """All entries as a question has them now."""
    asked = source(corpus)
    with connection.cursor() as cursor:
        cursor.execute(f"{f'WITH {asked.tables} ' if asked.tables else ''}SELECT {NAMES} FROM {asked.table} e", asked.values)
        names = [column.name for column in cursor.description]
        return sorted((sorted(zip(names, map(str, row), strict=True)) for row in cursor.fetchall()), key=str)


def resting_on(corpus, user):
    """How many articles are marked, and of how many there are drafts alone."""
    rests = rests_on.rests_on(Asker(read("events", []), corpus, user), 0, present())
    return rests["marked"], rests["drafts"]


class World:
    """Two articles of one outlet, and people who mark them as the dice fall."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.corpus = factories.corpus()
        self.outlet = factories.outlet(self.corpus)
        self.documents = [factories.document(TEXT, corpus=self.corpus) for _ in range(2)]
        self.readings = [factories.assignment(document, factories.user()) for document in self.documents]
        self.cluster = Cluster.objects.create(corpus=self.corpus, name="A story")
        self.people = [marks.entity(self.corpus, name) for name in ("Boss", "Workers")]
        self.members = [factories.membership(self.corpus, factories.user(), role).user for role in ("manager", "viewer")]

    def step(self) -> None:
        reading = self.dice.choice(self.readings)
        act = self.dice.choice([*self.MARKING, *self.AROUND])
        act(self, reading)
        if act in self.AROUND:
            return
        # Marks raise it, whoever writes them; what is said of an article or an outlet does not.
        Assignment.objects.filter(pk=reading.pk).update(revision=Assignment.objects.get(pk=reading.pk).revision + 1)

    def event(self, reading) -> None:
        marks.event(
            reading,
            self.dice.choice(WORDS),
            self.dice.choice(["REPATRIATE", "PAY"]),
            status=self.dice.choice(["", "happened", "expected"]),
        )

    def figure(self, reading) -> None:
        low = self.dice.choice([None, 20, 300])
        marks.figure(
            reading, "300", low=low, high=low, comparator="eq" if low else "", use="reported", counted_entity=self.people[1]
        )

    def claim(self, reading) -> None:
        marks.claim(reading, self.dice.choice(["We sent 300 home", "sent 300", TEXT[:10]]), self.dice.choice(self.people))

    def fill(self, reading) -> None:
        event, figure = reading.events.first(), reading.spans.filter(kind="figure").first()
        if event:
            marks.argument(event, **({"span": figure} if figure and self.dice.random() < 0.5 else {"entity": self.people[0]}))

    def change(self, reading) -> None:
        reading.events.update(status=self.dice.choice(["happened", "general", "expected"]), time_edtf="2017", has_time=True)

    def hand_in(self, reading) -> None:
        handed = self.dice.random() < 0.7
        values = {"status": "submitted", "submitted": timezone.now()} if handed else {"status": "open", "submitted": None}
        Assignment.objects.filter(pk=reading.pk).update(**values)

    def read_again(self, reading) -> None:
        gold = not reading.document.assignments.filter(role="adjudication").exists()
        self.readings.append(factories.assignment(reading.document, factories.user(), "adjudication" if gold else "annotation"))
        self.event(self.readings[-1])

    def facts(self, reading) -> None:
        day = f"2017-0{self.dice.randint(1, 9)}-01"
        values = self.dice.choice(
            [{"published_earliest": day, "published_latest": day}, {"outlet": self.outlet}, {"outlet": None}]
        )
        Article.objects.filter(pk=reading.document.article_id).update(**values)

    def speaker(self, reading) -> None:
        speakers = type(self.people[0]).objects
        speakers.filter(outlet=self.outlet).update(outlet=None)
        speakers.filter(pk=self.people[0].pk).update(outlet=self.dice.choice([None, self.outlet]))

    def story(self, reading) -> None:
        one, other = (document.article for document in self.documents)
        values = self.dice.choice(
            [
                {"copy_of": one},
                {"copy_of": None},
                {"cluster": self.cluster},
                {"cluster": None},
            ]
        )
        Article.objects.filter(pk=other.pk).update(**values)

    def remove(self, reading) -> None:
        if not reading.events.exists() and not reading.spans.exists() and len(self.readings) > 2:
            self.readings.remove(reading)
            reading.delete()

    MARKING = (event, figure, claim, fill, change)
    AROUND = (hand_in, read_again, facts, speaker, story, remove)


@pytest.mark.parametrize("seed", range(3))
def test_live_indexed_and_made_anew(seed):
    world = World(seed)
    while keep.take_up():
        pass
    for _ in range(25):
        for _ in range(world.dice.randint(1, 3)):
            world.step()
        live = answer(world.corpus)
        while keep.take_up():
            pass
        assert answer(world.corpus) == live
        assert list(disagreements()) == []
    list(keep.rebuild())
    assert answer(world.corpus) == live
    assert len(live) > 5


@pytest.mark.parametrize("seed", range(2))
def test_articles_are_counted_as_they_are_marked_whatever_is_indexed(seed, monkeypatch):
    world = World(seed)
    seen = set()
    for _ in range(40):
        world.dice.choice([World.hand_in, World.read_again, World.story, World.remove])(world, world.dice.choice(world.readings))
        kept = [resting_on(world.corpus, member) for member in world.members]
        with monkeypatch.context() as patch:
            patch.setattr(rests_on, "counted_by", lambda _: None)
            assert [resting_on(world.corpus, member) for member in world.members] == kept
        seen.add(tuple(kept))
        if world.dice.random() < 0.5:
            keep.take_up()
    assert len(seen) > 2


def test_what_ledgers_answer_is_the_same_live_indexed_and_made_anew(monkeypatch):
    """The short form of `python -m tests.drills.questions`."""
    be_patient(monkeypatch)
    writer = RandomWriter(11)
    for _ in range(20):
        writer.batch()
    same = SameAnswers(11, writer)
    for number in range(25):
        writer.batch()
        same.check(2, is_made_anew=number % 5 == 0)
    assert same.rows.total() > 100
    assert len(+same.rows) > 6
    assert writer.done.total() > writer.refused.total()
