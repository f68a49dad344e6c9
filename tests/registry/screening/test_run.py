"""A run: what was never compared, what changed, and nothing else; what a person decided stays decided."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from annotations.queries.integrity import rows
from annotations.write.decide import decide
from corpus.models import EvidenceLog
from registry.lists.record import EntryRecord, NameRecord
from registry.models import (
    Decision,
    Entity,
    EntityIdentifier,
    EntityName,
    ListCandidate,
    ListLink,
    Screened,
    ScreenedBy,
    ScreeningRun,
)
from registry.screening import lookup
from registry.screening import run as runs
from registry.screening.link_states import states_of_links
from registry.screening.match import entry_matches
from registry.screening.stale import count_outdated
from registry.screening.state import follow_links, settle, states_by_list
from tests import factories, listed
from tests.registry.names import golden

pytestmark = pytest.mark.django_db

V1 = "TEST-001; Example Trading Corp; alias: Exampel Trading Corporation; KP; 2016-03-02\nTEST-003; MV Sample Star; imo: 1234567"
V2 = V1.replace("alias: Exampel", "alias: Beispiel Handel; alias: Exampel").replace("TEST-003; MV Sample Star; imo: 1234567", "")
LISTABLE = ("COMPANY", "VESSEL")


@pytest.fixture
def corpus():
    made = factories.corpus()
    version = listed.version("TEST", V1, "2024-05-15")
    ScreenedBy.objects.create(corpus=made, list=version.list)
    return made


@pytest.fixture
def firm(corpus):
    return entity(corpus, "Exampel Trading Corporation")


def entity(corpus, name, label="COMPANY", **fields):
    return Entity.objects.create(corpus=corpus, name=name, type=label, **fields)


def screen(corpus, listable=LISTABLE):
    run = runs.begin(corpus, "person", listable)
    while not runs.take_turn(run, listable):
        pass
    run.refresh_from_db()
    return run


def candidates(corpus):
    rows = ListCandidate.objects.filter(entity__corpus=corpus).order_by("ref")
    return [(row.ref, row.score, row.state) for row in rows]


def says(of):
    return [row.says for row in list_states(of)]


def list_states(of):
    entity = Entity.objects.get(pk=of.pk)
    links = states_of_links(ListLink.objects.filter(entity=entity), AnonymousUser())
    return states_by_list(entity.corpus, [entity], LISTABLE, links)[of.pk]


def states(corpus):
    return set(Entity.objects.filter(corpus=corpus).values_list("name", "screening"))


def test_the_states_are_worked_out(corpus, firm):
    other, ship = entity(corpus, "Nobody Ltd"), entity(corpus, "Firms of Dandong", reference="generic")
    assert says(other) == ["not screened against TEST"]
    assert says(ship) == []
    run = screen(corpus)
    assert (run.done, run.total, run.counts["new"], run.counts["open"], run.versions) == (2, 2, 1, 1, {"TEST": 1})
    assert candidates(corpus) == [("TEST-001", 100, "open")]
    assert says(firm) == ["1 candidate to decide"]
    assert says(other) == ["no match in TEST of 2024-05-15"]
    assert states(corpus) == {
        ("Exampel Trading Corporation", "candidates"),
        ("Nobody Ltd", "no_match"),
        ("Firms of Dandong", "not_screened"),
    }
    assert ListCandidate.objects.get().explanation["sentence"].endswith("are the same, word for word.")


def test_a_second_run_compares_nothing(corpus, firm, monkeypatch):
    screen(corpus)
    monkeypatch.setattr(runs, "entry_matches", None)
    run = screen(corpus)
    assert (run.done, run.counts.get("new", 0)) == (0, 0)


def test_what_changed_is_compared_again_and_nothing_else(corpus, firm, monkeypatch):
    other, handel = entity(corpus, "Nobody Ltd"), entity(corpus, "Beispiel Handel")
    ship = entity(corpus, "Sample Star", "VESSEL")
    screen(corpus)
    assert says(handel) == ["no match in TEST of 2024-05-15"]
    listed.version("TEST", V2, "2024-06-01")
    assert not list_states(other)[0].is_fresh
    compared = []

    def noted(subjects, scopes, threshold, index=None, analysed=None, known=None):
        compared.extend((subject.names[0], index is not None) for subject in subjects)
        return entry_matches(subjects, scopes, threshold, index)

    monkeypatch.setattr(runs, "entry_matches", noted)
    run = screen(corpus)
    assert {name for name, _ in compared} == {"Exampel Trading Corporation", "Beispiel Handel", "Sample Star"}
    assert all(is_difference for _, is_difference in compared)
    assert {(row.entity.name, row.ref, row.state) for row in ListCandidate.objects.all()} == {
        ("Exampel Trading Corporation", "TEST-001", "open"),
        ("Beispiel Handel", "TEST-001", "open"),
        ("Sample Star", "TEST-003", "gone"),
    }
    assert says(other) == says(ship) == ["no match in TEST of 2024-06-01"]
    assert (run.counts["new"], run.counts["gone"], run.counts["changed"]) == (1, 1, 1)
    compared.clear()
    Entity.objects.filter(pk=other.pk).update(name="Somebody Ltd")
    EntityName.objects.create(entity=ship, position=1, name="Sample Moon")
    screen(corpus)
    assert sorted(compared) == [("Sample Star", False), ("Somebody Ltd", False)]


@pytest.mark.parametrize("again", ["the list changed", "the threshold changed"])
def test_a_candidate_stays_while_it_is_alike_however_many_are_nearer(corpus, firm, monkeypatch, again):
    """Only so many names are compared with each; one whose entry reads otherwise in nothing but its remarks was not among them, and went."""
    screen(corpus)
    monkeypatch.setattr(lookup, "BEST", 1)
    monkeypatch.setattr(lookup, "NEAR", 9)
    nearer = "TEST-000; Exampel Trading Corporation"
    listed.version("TEST", f"{nearer}\n{V1.replace('KP', 'CN')}", "2024-06-01")
    if again == "the threshold changed":
        ScreenedBy.objects.update(threshold=71)
    run = screen(corpus)
    assert candidates(corpus) == [("TEST-000", 100, "open"), ("TEST-001", 100, "open")]
    assert (run.counts["new"], run.counts.get("gone", 0)) == (1, 0)


def test_rejected_never_returns(corpus, firm):
    """Not by a reload, not for another alias, a higher score or another threshold."""
    screen(corpus)
    ListLink.objects.create(entity=firm, list="TEST", entry="TEST-001", match="rejected")
    Entity.objects.filter(pk=firm.pk).update(name="Exampel Trading")
    screen(corpus)
    ((_, lower, state),) = candidates(corpus)
    assert (lower < 100, state) == (True, "decided")
    EntityName.objects.create(entity=firm, position=1, name="Example Trading Corp")
    listed.version("TEST", V1, "2024-05-16")
    screen(corpus)
    assert candidates(corpus) == [("TEST-001", 100, "decided")]
    listed.version("TEST", V2, "2024-06-01")
    ScreenedBy.objects.update(threshold=60)
    screen(corpus)
    assert candidates(corpus) == [("TEST-001", 100, "decided")]
    assert says(firm) == ["no match in TEST of 2024-06-01"]
    listed.version("TEST", "TEST-004; Muster Bank AG")
    screen(corpus)
    assert candidates(corpus) == [("TEST-001", 100, "gone")]
    listed.version("TEST", V1)
    screen(corpus)
    assert candidates(corpus) == [("TEST-001", 100, "decided")]


def test_a_run_that_was_killed_goes_on_where_it_was(corpus, monkeypatch):
    for number in range(5):
        entity(corpus, f"Exampel Trading Corporation {number + 2}")
    monkeypatch.setattr(runs, "ENTITIES", 2)
    run = runs.begin(corpus, "person", LISTABLE)
    keep, left = runs.keep_screened, [2]

    def dying(*arguments):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        keep(*arguments)

    monkeypatch.setattr(runs, "keep_screened", dying)
    with pytest.raises(KeyboardInterrupt):
        runs.take_turn(run, LISTABLE)
    assert (Screened.objects.count(), count_outdated(corpus, LISTABLE)) == (4, 1)
    monkeypatch.setattr(runs, "keep_screened", keep)
    again = screen(corpus)
    assert (again.pk, again.done, Screened.objects.count(), ScreeningRun.objects.count()) == (run.pk, 5, 5, 1)


def test_a_turn_ends_after_its_seconds(corpus, firm):
    run = runs.begin(corpus, "person", LISTABLE)
    assert not runs.take_turn(run, LISTABLE, seconds=0)
    assert not Screened.objects.exists()


def test_a_list_that_is_no_longer_chosen_leaves_no_candidates(corpus, firm):
    screen(corpus)
    runs.forget_list(corpus, ScreenedBy.objects.get().list)
    assert candidates(corpus) == [("TEST-001", 100, "gone")]
    assert not Screened.objects.exists()


def test_what_a_person_took_out_stays_out_and_without_a_list_nothing_changes(corpus, firm):
    other = Entity.objects.create(corpus=factories.corpus(), name="Elsewhere", type="COMPANY", screening="no_match")
    Entity.objects.filter(pk=firm.pk).update(screening="not_applicable")
    settle([firm.pk, other.pk])
    assert list(Entity.objects.order_by("name").values_list("screening", flat=True)) == ["no_match", "not_applicable"]
    screen(corpus)
    assert candidates(corpus) == []


LABELS = {"person": "PERSON", "body": "COMPANY", "craft": "VESSEL", "any": "GOODS"}


def test_after_a_change_of_a_list_the_candidates_are_those_of_a_first_screening():
    """A third of the entries come, a third go, a third have another name; identifiers bring what names do not."""
    rows = [row for row in golden.rows()[::5] if row.name.strip() and row.other.strip() and "\0" not in row.name + row.other]
    records = [EntryRecord(f"T-{n}", row.kind, (NameRecord(row.other, "primary"),)) for n, row in enumerate(rows)]
    renamed = [record._replace(names=records[n - 3].names) for n, record in enumerate(records)]
    ships = [EntryRecord("T-IMO", "craft", (NameRecord("Far Away", "primary"),), identifiers=(("imo", "9074729"),))]
    ships.append(EntryRecord("T-NAME", "craft", (NameRecord("Near Here IMO 9176187", "primary"),)))
    made = factories.corpus(), factories.corpus()
    for each in made:
        for row in rows:
            entity(each, row.name, LABELS[row.kind])
        ship = entity(each, "Ogopogo", "VESSEL")
        EntityIdentifier.objects.create(entity=ship, scheme="imo", value="9074729")
        entity(each, "Ogopogo IMO 9074729", "VESSEL")
        entity(each, "Somewhere Else IMO 9176187", "VESSEL")
    before = [record for n, record in enumerate(records) if n % 3]
    after = [renamed[n] if n % 3 == 1 else record for n, record in enumerate(records) if n % 3 != 2]
    ScreenedBy.objects.create(corpus=made[0], list=listed.load("MANY", before).list)
    screen(made[0], tuple(LABELS.values()))
    ScreenedBy.objects.create(corpus=made[1], list=listed.load("MANY", after + ships).list)
    run, first = (screen(each, tuple(LABELS.values())) for each in made)
    assert min(run.counts["new"], run.counts["gone"]) > 20
    again, anew = (
        [
            (row.entity.name, row.ref, row.score, row.explanation)
            for row in ListCandidate.objects.filter(entity__corpus=each, state="open").order_by("entity__name", "ref")
        ]
        for each in made
    )
    assert again == anew
    assert {name for name, ref, *_ in again if ref == "T-IMO"} == {"Ogopogo", "Ogopogo IMO 9074729"}
    assert [name for name, ref, *_ in again if ref == "T-NAME"] == ["Somewhere Else IMO 9176187"]
    assert first.counts["new"] == len(again)


def test_what_runs_decisions_and_choices_of_lists_change_of_candidates_is_in_the_evidence_log(corpus, firm):
    reviewer = factories.user("reviewer")
    factories.membership(corpus, reviewer, "manager")
    screen(corpus)
    listed.version("TEST", V2, "2024-06-01")
    screen(corpus)
    row = ListCandidate.objects.get(entity=firm, ref="TEST-001")
    firm.refresh_from_db()
    about = {"id": str(uuid4()), "revision": firm.revision, "list": "TEST", "entry": row.ref, "match": "possible", "note": ""}
    decide(firm, reviewer, about, Decision.Source.API)
    ListLink.objects.filter(entity=firm).delete()
    follow_links([firm.pk])
    runs.forget_list(corpus, row.list)
    logged = EvidenceLog.objects.filter(chain=f"candidate/{row.pk}").order_by("position")
    assert [each.state[str(row.pk)].get("state") for each in logged if "state" in each.state[str(row.pk)]] == [
        "open", "decided", "open", "gone",
    ]  # fmt: skip
    assert list(rows.faults(None)) == []
