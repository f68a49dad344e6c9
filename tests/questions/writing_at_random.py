"""A corpus in which people do what they can do, as the dice fall: all through the doors of Attest."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

from annotations.assign import give_back, lock, move
from annotations.models import Assignment, Claim, Event, Figure, Link, Span
from annotations.write import merge_entities
from annotations.write.apply import apply_changes
from annotations.write.errors import Refusal
from corpus.models import Article
from corpus.near_duplicates import duplicates, stories
from questions.coreference import judge
from questions.models import Judgement
from registry.models import Entity, Measure, Relation
from tests import factories

WORDS = "Some went home from Dandong and 300 were sent back and 20 stayed and they paid 45000 to the boss who said so".split()
TEXT = f"{' '.join(WORDS)}.\n\n{' '.join(reversed(WORDS))} under the law."
FIGURES, TYPES = ("PEOPLE", "MONEY"), ("REPATRIATE", "PAY", "EMPLOY")
FILLED = {"REPATRIATE": ("people", "agent"), "PAY": ("payer", "recipient"), "EMPLOY": ("worker", "employer")}
OWN = {
    "REPATRIATE": ("manner", "forced voluntary"),
    "PAY": ("payment_type", "wage levy"),
    "EMPLOY": ("phase", "ongoing end extend"),
}
COUNTS = {"REPATRIATE": "count", "PAY": "amount", "EMPLOY": "count"}
STATUSES = ("happened", "ongoing", "expected", "unrealised", "general")
DAYS = ("2017", "2017-08-05/2017-09-30", "2017-08-05/..", "2017-09-04", "2017-09~")
Object = dict[str, Any]
# What may be refused, of which nothing is written then.
REFUSED = (Refusal, ValueError)


class RandomWriter:
    """`done`: how often each act was done; `refused`: how often it was not allowed, or there was nothing to do it to."""

    def __init__(self, seed: int, articles: int = 3) -> None:
        self.dice = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.corpus = factories.corpus(f"random-{seed}")
        factories.adopt(self.corpus)
        self.outlet = factories.outlet(self.corpus)
        self.people = [factories.user() for _ in range(2)]
        for person in self.people:
            factories.membership(self.corpus, person, "reviewer")
        titles = [f"Article {number}" for number in range(articles)]
        self.articles = [factories.article(self.corpus, title, outlet=self.outlet, language="en") for title in titles]
        documents = [factories.document(TEXT, of=article) for article in self.articles]
        self.readings = [factories.assignment(document, self.people[0]) for document in documents]
        self.readings.append(factories.assignment(documents[0], self.people[1], "adjudication", status="open"))
        self.readings.append(factories.assignment(documents[1], self.people[1]))
        self.measure = Measure.objects.order_by("pk").first()
        crew = ("Workers", "GROUP"), ("Boss", "PERSON"), ("Firm", "COMPANY")
        places = ("Dandong", "TERRITORY"), ("Liaoning", "TERRITORY"), ("China", "TERRITORY")
        self.write(self.readings[0], [self.entity(name, kind) for name, kind in (*crew, *places)])
        for act in (self.mark_figure, self.mark_figure, self.mark_event, self.mark_event, self.claim):
            act()

    # How it is written

    def batch(self) -> None:
        """Some acts, one of them often elsewhere than in marks."""
        for _ in range(self.dice.randint(1, 5)):
            act = self.dice.choice(self.MARKS if self.dice.random() < 0.7 else self.AROUND)
            try:
                act(self)
            except REFUSED:
                self.refused[act.__name__] += 1
            else:
                self.done[act.__name__] += 1

    def write(self, reading: Assignment, changes: list[tuple[str, str, Object]]) -> None:
        reading.refresh_from_db()
        whole = [{"id": self.new(), "op": op, "kind": kind, "object": item} for op, kind, item in changes]
        apply_changes(reading, reading.annotator, reading.revision, whole)

    def new(self) -> str:
        """An id of these dice, so that the same happens with them again."""
        return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))

    def reading(self) -> Assignment:
        return self.dice.choice(self.readings)

    def one(self, rows: Any) -> Any:
        """One of these rows; refused where there is none."""
        own = ["one", "other", "undone_at"] if rows.model is Judgement else ["pk"]
        pks = list(rows.order_by(*own).values_list("pk", flat=True))
        if not pks:
            raise ValueError("There is none.")
        return rows.get(pk=self.dice.choice(pks))

    def two(self, rows: Any) -> tuple[str, str]:
        one = self.one(rows)
        return str(one.pk), str(self.one(rows.exclude(pk=one.pk)).pk)

    def fragment(self, words: int = 1) -> Object:
        spaces = [0, *(at + 1 for at, sign in enumerate(TEXT) if sign.isspace() and not TEXT[at + 1].isspace())]
        start = self.dice.choice(spaces)
        quote = " ".join(TEXT[start:].split("\n", maxsplit=1)[0].split(" ")[:words]).rstrip(".")
        return {"start": start, "end": start + len(quote), "quote": quote}

    def who(self, *kinds: str) -> str:
        rows = Entity.objects.filter(corpus=self.corpus)
        return str(self.one(rows.filter(type__in=kinds) if kinds else rows).pk)

    # Changes of marks

    def entity(self, name: str, kind: str) -> tuple[str, str, Object]:
        return "create", "entity", {"id": self.new(), "type": kind, "name": name, "reference": "specific"}

    def values(self, label: str) -> Object:
        low = self.dice.choice([None, 20, 300, 310])
        own: Object = {"use": self.dice.choice(["reported", "reported", "basis", "limit"]), "low": low, "high": low}
        own["comparator"] = None if low is None else "eq"
        if low is not None and self.dice.random() < 0.3:
            own |= {"high": None, "comparator": self.dice.choice(["gt", "ge"])}
        own["approximate"] = self.dice.choice([None, True, False])
        if label == "PEOPLE":
            return own | {"counted": self.dice.choice([None, {"entity": self.who("GROUP", "PERSON")}])}
        return own | {"currency": self.dice.choice(["CNY", "KPW"]), "per_period": self.dice.choice([None, "P1M"])}

    def mark_figure(self) -> None:
        label = self.dice.choice(FIGURES)
        item = {
            "id": self.new(),
            "layer": "FIGURE",
            "label": label,
            "fragments": [self.fragment()],
            "attributes": self.values(label),
        }
        self.write(self.reading(), [("create", "span", item)])

    def change_figure(self) -> None:
        figure = self.one(Figure.objects.filter(assignment__in=self.readings))
        label = figure.span.label.code
        self.write(figure.assignment, [("update", "span", {"id": str(figure.pk), "attributes": self.values(label)})])

    def mark_actor(self) -> None:
        kind = self.dice.choice(["GROUP", "TERRITORY"])
        attributes = {"mention_type": "NOM", "entity": self.who(kind)}
        item = {"id": self.new(), "layer": "ACTOR", "label": kind, "fragments": [self.fragment()], "attributes": attributes}
        self.write(self.reading(), [("create", "span", item)])

    def arguments(self, reading: Assignment, kind: str) -> list[Object]:
        filled: list[Object] = [
            {"role": role, "entity": self.who("GROUP", "PERSON")} for role in FILLED[kind] if self.dice.random() < 0.6
        ]
        if kind == "REPATRIATE" and self.dice.random() < 0.6:
            filled.append({"role": self.dice.choice(["origin", "destination", "via"]), "entity": self.who("TERRITORY")})
        label = "MONEY" if kind == "PAY" else "PEOPLE"
        figures = Span.objects.filter(assignment=reading, label__code=label)
        if figures.exists() and self.dice.random() < 0.7:
            filled.append({"role": COUNTS[kind], "mention": str(self.one(figures).pk)})
        events = Event.objects.filter(assignment=reading)
        if events.exists() and self.dice.random() < 0.3:
            filled.append({"role": "cause", "event": str(self.one(events).pk)})
        return filled

    def states(self) -> Object:
        time = {"edtf": self.dice.choice(DAYS), "basis": "inferred"} if self.dice.random() < 0.6 else None
        polarity = self.dice.choice(["positive", "positive", "negative"])
        return {"status": self.dice.choice(STATUSES), "polarity": polarity, "certainty": "certain", "time": time}

    def mark_event(self) -> None:
        reading, kind, pk = self.reading(), self.dice.choice(TYPES), self.new()
        name, codes = OWN[kind]
        own = {"attributes": {name: self.dice.choice(codes.split())}, "arguments": self.arguments(reading, kind)}
        event = {"id": pk, "type": kind, **own, **self.states()}
        trigger = {"id": self.new(), "layer": "EVENT", "label": kind, "fragments": [self.fragment()], "event": pk}
        self.write(reading, [("create", "event", event), ("create", "span", trigger)])

    def change_event(self) -> None:
        event = self.one(Event.objects.filter(assignment__in=self.readings))
        item = {"id": str(event.pk), **self.states()}
        if self.dice.random() < 0.5:
            item["arguments"] = self.arguments(event.assignment, event.label.code)
        self.write(event.assignment, [("update", "event", item)])

    def delete_event(self) -> None:
        event = self.one(Event.objects.filter(assignment__in=self.readings))
        spans = [("delete", "span", {"id": str(pk)}) for pk in event.triggers.values_list("pk", flat=True)]
        self.write(event.assignment, [*spans, ("delete", "event", {"id": str(event.pk)})])

    def claim(self) -> None:
        rating = {"reliability": self.dice.choice("ABF"), "credibility": self.dice.choice("136")}
        said = {"mode": "indirect", "modality": self.dice.choice(["asserted", "denied"]), "evidence": "testimony"}
        source = {"source_entity": self.who("PERSON", "GROUP"), "source_basis": "stated"}
        item = {"id": self.new(), "content": [self.fragment(self.dice.randint(3, 12))], **source, **said, **rating}
        self.write(self.reading(), [("create", "claim", item)])

    def rate(self) -> None:
        claim = self.one(Claim.objects.filter(assignment__in=self.readings))
        rating = {"reliability": self.dice.choice("ABCDEF"), "credibility": self.dice.choice("123456")}
        self.write(claim.assignment, [("update", "claim", {"id": str(claim.pk), **rating})])

    def cite(self) -> None:
        reading = self.reading()
        citation = {"id": self.new(), "fragments": [self.fragment()], "measure": self.measure.code, "paragraph_basis": "none"}
        event = self.one(Event.objects.filter(assignment=reading))
        filled = [*self.arguments(reading, event.label.code), {"role": "legal_basis", "measure_ref": citation["id"]}]
        changes = [("create", "citation", citation), ("update", "event", {"id": str(event.pk), "arguments": filled})]
        self.write(reading, changes)

    def link(self) -> None:
        reading = self.reading()
        rows = Event.objects.filter(assignment=reading)
        one, other = self.two(rows)
        self.write(reading, [("create", "link", {"id": self.new(), "type": "possible_same_as", "source": one, "target": other})])

    def link_figures(self) -> None:
        reading = self.reading()
        rows = Span.objects.filter(assignment=reading, kind="figure")
        one, other = self.two(rows)
        self.write(reading, [("create", "link", {"id": self.new(), "type": "part_of", "source": one, "target": other})])

    def unlink(self) -> None:
        link = self.one(Link.objects.filter(assignment__in=self.readings))
        self.write(link.assignment, [("delete", "link", {"id": str(link.pk)})])

    # What is said of places, people, articles and events

    def place(self) -> None:
        """A place lies in another, people belong to a group or work for a firm, or may be one; or that is taken back."""
        rows = Relation.objects.filter(corpus=self.corpus)
        if rows.exists() and self.dice.random() < 0.4:
            self.write(self.readings[0], [("delete", "relation", {"id": str(self.one(rows).pk)})])
            return
        kind = self.dice.choice(["located_in", "located_in", "part_of", "works_for", "possible_same_as"])
        own = ("TERRITORY",) if kind == "located_in" else ("GROUP", "PERSON", "COMPANY")
        item = {"id": self.new(), "type": kind, "source": self.who(*own), "target": self.who(*own)}
        self.write(self.readings[0], [("create", "relation", item)])

    def merge(self) -> None:
        added = self.entity(f"Crew {self.dice.random()}", "GROUP")
        self.write(self.readings[0], [added])
        gone, kept = Entity.objects.get(pk=added[2]["id"]), Entity.objects.get(pk=self.who("GROUP"))
        figure = self.one(Figure.objects.filter(assignment__in=self.readings, span__label__code="PEOPLE"))
        counted = {"counted": {"entity": str(gone.pk)}}
        self.write(figure.assignment, [("update", "span", {"id": str(figure.pk), "attributes": counted})])
        done = merge_entities.merge(gone, kept, self.people[0])
        if self.dice.random() < 0.4:
            merge_entities.undo(done, self.people[0])

    def hand_in_or_reopen(self) -> None:
        reading = self.reading()
        reading.refresh_from_db()
        closed = reading.status == Assignment.Status.SUBMITTED
        give_back(reading, reading.annotator, "By chance.") if closed else move(lock(reading), "submitted", reading.annotator)

    def read_again(self) -> None:
        document = self.reading().document
        self.readings.append(factories.assignment(document, factories.user()))

    def copy(self) -> None:
        one, other = self.dice.sample(self.articles, 2)
        for article in (one, other):
            article.refresh_from_db()
        duplicates.decide(one, is_copy=False) if one.copy_of_id else duplicates.declare(one, other)

    def story(self) -> None:
        one, other = self.dice.sample(self.articles, 2)
        for article in (one, other):
            article.refresh_from_db()
        stories.leave(one) if one.cluster_id else stories.join(one, other)

    def facts(self) -> None:
        article = Article.objects.get(pk=self.dice.choice(self.articles).pk)
        day = f"2017-0{self.dice.randint(1, 9)}-01"
        if self.dice.random() < 0.5:
            article.published_edtf = article.published_earliest = article.published_latest = day
        else:
            article.outlet = None if article.outlet_id else self.outlet
        article.save()

    def speaker(self) -> None:
        person = Entity.objects.get(pk=self.who("PERSON"))
        Entity.objects.filter(outlet=self.outlet).exclude(pk=person.pk).update(outlet=None)
        person.outlet = None if person.outlet_id else self.outlet
        person.save()

    def judge(self) -> None:
        standing = Judgement.objects.standing().filter(corpus=self.corpus)
        if standing.exists() and self.dice.random() < 0.4:
            judge.undo(self.one(standing), self.people[1])
            return
        rows = Event.objects.filter(assignment__in=self.readings)
        one = self.one(rows)
        other = self.one(rows.filter(label=one.label).exclude(pk=one.pk))
        judge.judge(one, other, self.dice.choice(["same", "same", "different"]), self.people[1], "Read both.")

    MARKS: tuple[Callable[[RandomWriter], None], ...] = (
        mark_figure, mark_figure, mark_figure, change_figure, mark_actor, mark_event, mark_event, mark_event, change_event, change_event,
        delete_event, claim, rate, cite, link, link_figures, link_figures, unlink,
    )  # fmt: skip
    AROUND: tuple[Callable[[RandomWriter], None], ...] = (
        place, place, merge, hand_in_or_reopen, hand_in_or_reopen, read_again, copy, story, facts, speaker, judge, judge, judge,
    )  # fmt: skip
