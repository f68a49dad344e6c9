"""Events over several articles, as a program reckons them that knows no code of ours."""

import json
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command

from annotations.models import Event, Span
from config.environment import ROOT
from corpus.models import Article, Cluster
from questions.address.question import read
from questions.asking.answer import IndexAnswer
from questions.asking.asker import Asker
from questions.asking.rows import LedgerRows
from questions.asking.time_limits import within_time
from questions.coreference.judge import judge, undo
from questions.coreference.proposals import proposals
from questions.index import keep
from registry.models import Entity
from tests import factories

FOLDER = ROOT.parent / "shared" / "questions"
pytestmark = [pytest.mark.others("questions", instead="tests/questions/ledgers/test_every.py"), pytest.mark.django_db]


@pytest.fixture(scope="module")
def expected():
    return json.loads((FOLDER / "expected.json").read_text("utf-8"))


@pytest.fixture
def corpus():
    return load_articles("several")


def load_articles(slug, *keys):
    """The articles of the fixtures with the seed, each as gold; other articles go as they are asked for. `keys`: only these."""
    made = factories.corpus(slug)
    factories.scheme()
    bring(made, *keys)
    return made


def bring(corpus, *keys):
    """Articles with their gold. Fixtures call the seed FX-1."""
    seed = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
    seed["text"] = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
    rows = [json.dumps(seed), *(FOLDER / "fixtures.jsonl").read_text("utf-8").splitlines()]
    chosen = [
        row
        for row, key in zip(rows, ["FX-1", *(json.loads(row)["id"] for row in rows[1:])], strict=True)
        if not keys or key in keys
    ]
    with TemporaryDirectory() as folder:
        file = Path(folder, "gold.jsonl")
        file.write_text("\n".join(chosen), "utf-8")
        call_command("load", "--corpus", corpus.slug, "--format", "native", "--gold", str(file), verbosity=0)


def named(corpus):
    """Articles by the names that the fixtures give them; the seed is FX-1."""
    keys = {article.key: article for article in corpus.articles.all()}
    return {("FX-1" if key == "seed-000" else key): article for key, article in keys.items()}


# One event in two articles, by the keys of the events.
JOINED = (("FX-1", "EV16"), ("FX-3", "EV1"))


# Each ledger of events that the program reckons, by its name in its answers: which articles, and what is asked of them.
SETS = {
    "journey 8, FX-1 alone": (["FX-1"], {}),
    "journey 8, FX-2 is a copy": (["FX-1", "FX-2"], {}),
    "journey 8, FX-3 before the join": (["FX-1", "FX-2", "FX-3"], {}),
    "journey 8, FX-3 joined": (["FX-1", "FX-2", "FX-3"], {"joined": JOINED}),
    "journey 8, FX-5 is elsewhere": (["FX-1", "FX-2", "FX-3", "FX-5"], {"joined": JOINED}),
    "journey 8, China": (["FX-1", "FX-2", "FX-3", "FX-5"], {"joined": JOINED, "place": "E-CN"}),
    "journey 8, Liaoning": (["FX-1", "FX-2", "FX-3", "FX-5"], {"joined": JOINED, "place": "E-LN"}),
    "window after the article": (["FX-1"], {"from": "2018-01-01", "to": "2018-12-31"}),
    "window that touches the last day": (["FX-1"], {"from": "2017-09-30", "to": "2017-09-30"}),
    "window that touches the first day": (["FX-1"], {"from": "2017-08-01", "to": "2017-08-05"}),
    "FX-6 tells the same story": (["FX-1", "FX-6"], {"story": "yes"}),
    "FX-6 is a story of its own": (["FX-1", "FX-6"], {}),
}


class TestEvents:
    @pytest.mark.parametrize("name", SETS)
    def test_as_reckoned(self, corpus, expected, name):
        assert answer_to(corpus, name) == reckoned(expected[name])

    def test_a_join_that_is_undone_leaves_every_row_as_it_was(self, corpus, expected):
        known = named(corpus)
        for key, article in known.items():
            if key not in ("FX-1", "FX-2", "FX-3"):
                drop(article)
        Article.objects.filter(pk=known["FX-2"].pk).update(copy_of=known["FX-1"])
        while keep.take_up():
            pass
        before = rows_as_bytes(corpus)
        made = judge(*(event_of(known, *pair) for pair in JOINED), "same", factories.user())
        assert rows_as_bytes(corpus) != before
        undo(made, factories.user())
        assert rows_as_bytes(corpus) == before
        assert ledger(corpus, asked_of(corpus, "E-DDG")) == reckoned(expected["journey 8, the join undone"])


def answer_to(corpus, name):
    """The parts of an answer, and how many rows name no place."""
    articles, options = SETS[name]
    asked_for = dict(options)
    joined, place_key = asked_for.pop("joined", None), asked_for.pop("place", "E-DDG")
    known = named(corpus)
    story = Cluster.objects.create(corpus=corpus) if asked_for.pop("story", None) else None
    for key, article in known.items():
        if key not in articles:
            drop(article)
    if "FX-2" in articles:
        Article.objects.filter(pk=known["FX-2"].pk).update(copy_of=known["FX-1"])
    if story:
        Article.objects.filter(pk__in=[known[key].pk for key in articles]).update(cluster=story)
    while keep.take_up():
        pass
    if joined:
        judge(*(event_of(known, *pair) for pair in joined), "same", factories.user())
    return ledger(corpus, asked_of(corpus, place_key, **asked_for))


def reckoned(answer):
    """The same as the program has it, in the order of ours: ours is by day, undated last."""
    return {part: sorted(rows, key=str) for part, rows in answer.items() if part != "unplaced"}, len(answer.get("unplaced", []))


def asked_of(corpus, place_key, **given):
    place = Entity.objects.get(corpus=corpus, key=place_key).pk
    days = {"from": "2017-08-01", "to": "2017-12-31"} | given
    return [("type", "REPATRIATE"), ("figure", "1"), ("place", str(place)), *days.items()]


def event_of(known, article, key):
    return Event.objects.get(assignment__document__article=known[article], key=key)


def rows_as_bytes(corpus):
    asker = Asker(read("events", asked_of(corpus, "E-DDG")), corpus, factories.user(is_superuser=True))
    with within_time(corpus):
        answer = IndexAnswer(asker)
        return repr(LedgerRows(answer, answer.page(50)).listed()).encode()


def drop(article):
    from questions.models import Entry

    assignments = [assignment.pk for document in article.documents.all() for assignment in document.assignments.all()]
    from questions.models import Stale

    Stale.objects.filter(assignment__in=assignments).delete()
    Entry.objects.filter(article=article).delete()


def ledger(corpus, pairs):
    boss = factories.user(is_superuser=True)
    parts = {}
    counts = None
    for part in ("counted", "expected", "no_figure", "unrealised", "general"):
        asker = Asker(read("events", [*pairs, ("part", part)]), corpus, boss)
        with within_time(corpus):
            answer = IndexAnswer(asker)
            heads = answer.page(50)
            rows = LedgerRows(answer, heads).listed()
            counts = answer.parts()
            unplaced = answer.unplaced()
        assert counts.get(part, 0) == len(rows)
        if rows:
            parts[part] = sorted((plain(row) for row in rows), key=str)
    return parts, unplaced


def plain(row):
    """A row as the program has it."""
    keys = dict(Entity.objects.values_list("pk", "key"))
    first, before = row["time"]["possible_from"], row["time"]["possible_before"]
    last = before and before - timedelta(1)
    return {
        "days": [first and first.isoformat(), last and last.isoformat()],
        "readings": [reading(entry, keys) for entry in row["entries"]],
        "tellings": row["tellings"],
        "copies": row["copies"],
        "values": [
            {
                "words": value["figures"][0]["quote"],
                "said": [
                    [name_of(figure["article"]), key_of(figure["id"]), *(keys[each["entity"]] for each in figure["sources"])]
                    for figure in value["figures"]
                ],
                "independent": [value["independent"]["fewest"], value["independent"]["most"]],
            }
            for value in row["values"]
        ],
        "conflict": row["disputed"],
        "independent": [row["independent"]["fewest"], row["independent"]["most"]],
    }


def reading(entry, keys):
    return {
        "article": name_of(entry["article"]),
        "event": Event.objects.get(pk=entry["event"]).key,
        "tie": sorted({tie["tie"] for tie in entry["ties"]}),
        "time": dated(entry),
        "status": entry["status"],
        "figures": [key_of(pk) for pk in entry["figures"]],
        "words": [Span.objects.get(pk=pk).quote for pk in entry["figures"]],
        "sources": sorted(keys[each["entity"]] for each in entry["sources"]),
    } | ({"only_in_a_copy": True} if entry["only_in_copy"] else {})


def dated(entry):
    if not entry["time"]["undated"]:
        return "dated"
    return "undated, later than the statement" if entry["status"] == "expected" else "undated, not later than publication"


def name_of(article):
    key = Article.objects.get(pk=article).key
    return "FX-1" if key == "seed-000" else key


def key_of(pk):
    return Span.objects.get(pk=pk).key


class TestProposals:
    """Pairs that may be one event: section 4.7 of the design."""

    def proposed(self, corpus, limit=200):
        page = proposals(corpus, factories.user(is_superuser=True), limit)
        assert page.after is None
        events = {event.pk: (name_of(event.assignment.document.article_id), event.key) for event in Event.objects.all()}
        keys = dict(Entity.objects.values_list("pk", "key"))
        return {
            frozenset((events[pair.one], events[pair.other])): (
                {keys[pk] for people in pair.people for pk in people},
                {keys[pk] for places in pair.places for pk in places},
                pair.days_apart,
            )
            for pair in page.pairs
        }

    def test_pairs_of_the_fixtures(self, corpus):
        Article.objects.filter(key="FX-2").update(copy_of=Article.objects.get(key="seed-000"))
        while keep.take_up():
            pass
        pairs = self.proposed(corpus)
        station, story = frozenset([("FX-1", "EV16"), ("FX-3", "EV1")]), frozenset([("FX-1", "EV07"), ("FX-6", "EV1")])
        assert pairs[station] == (set(), {"E-STN"}, 0)
        assert pairs[story][0] == {"E-W170"}
        judge(*(event_of(named(corpus), *pair) for pair in station), "same", factories.user())
        judge(*(event_of(named(corpus), *pair) for pair in story), "different", factories.user())
        assert {station, story}.isdisjoint(self.proposed(corpus))
