"""The list of the United Nations of 2020 and of 2024: what is screened against the first is screened again for what changed, and for nothing else."""

import gzip
from pathlib import Path

import pytest

from registry.list_versions.decide import confirm
from registry.list_versions.load import load
from registry.list_versions.submit import submit
from registry.models import Entity, ListCandidate, ListEntry, SanctionsList, ScreenedBy
from registry.screening import run as runs
from registry.screening.match import entry_matches
from tests import factories

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "sanctions_lists" / "un"
LISTABLE = ("PERSON", "COMPANY")
LABELS = {"person": "PERSON", "body": "COMPANY"}
EACH = 4  # of the entries of other programmes one in so many
UNTOUCHED = 14  # names that have nothing in common with the 38 entries that came, the 181 that went and those that read otherwise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.others("data", "sanctions_lists", instead="tests/registry/screening/test_run.py"),
]


@pytest.fixture
def sanctions_list():
    made = SanctionsList.objects.create(code="UN", name="Consolidated list", issuer="United Nations Security Council")
    version = submit(made, gzip.decompress((DATA / "UN_consolidated_2020-11-24.xml.gz").read_bytes()), name="consolidated.xml")
    assert load(version).state == "current"
    return made


def load_2024(sanctions_list):
    version = load(submit(sanctions_list, (DATA / "UN_consolidated_2024-05-15.xml").read_bytes(), name="consolidated.xml"))
    confirm(version, factories.user())


def corpus_of(names, sanctions_list):
    """Entities with the names of entries, each once."""
    corpus = factories.corpus()
    Entity.objects.bulk_create(Entity(corpus=corpus, name=name, type=LABELS[kind]) for name, kind in names)
    ScreenedBy.objects.create(corpus=corpus, list=sanctions_list)
    return corpus


def listed_names(number):
    """The last name of each entry of the DPRK, and of one in four others."""
    entries = ListEntry.objects.in_version(number).order_by("ref").prefetch_related("names")
    some = [entry for position, entry in enumerate(entries) if entry.programmes == ["DPRK"] or not position % EACH]
    return sorted({(list(entry.names.all())[-1].text, entry.kind) for entry in some})


def screen(corpus):
    run = runs.begin(corpus, "list", LISTABLE)
    while not runs.take_turn(run, LISTABLE):
        pass
    run.refresh_from_db()
    return run


def candidates(corpus):
    rows = ListCandidate.objects.filter(entity__corpus=corpus).select_related("entity")
    return {(row.entity.name, row.ref): (row.state, row.score) for row in rows}


def of_the_dprk(corpus, number):
    """References of its entries in a version that are candidates."""
    entries = ListEntry.objects.in_version(number).filter(programmes=["DPRK"])
    return {ref for (_, ref), (state, _) in candidates(corpus).items() if state == "open"} & set(
        entries.values_list("ref", flat=True)
    )


def test_only_what_changed_is_compared_and_nothing_goes_by_itself(sanctions_list, monkeypatch, capsys):
    names = listed_names(1)
    corpus = corpus_of(names, sanctions_list)
    screen(corpus)
    assert len(of_the_dprk(corpus, 1)) == 155
    load_2024(sanctions_list)
    indexes, compared = [], 0

    def noted(subjects, scopes, threshold, index=None, *more):
        nonlocal compared
        compared += len(subjects)
        indexes.append(index)
        return entry_matches(subjects, scopes, threshold, index, *more)

    monkeypatch.setattr(runs, "entry_matches", noted)
    run = screen(corpus)
    changed = ListEntry.objects.in_version(2).exclude(versions__contains=1)
    assert all(index.entries == set(changed.values_list("pk", flat=True)) for index in indexes)
    assert compared == len(names) - UNTOUCHED
    after = candidates(corpus)
    assert len(of_the_dprk(corpus, 2)) == 155
    current = set(ListEntry.objects.in_version(2).values_list("ref", flat=True))
    assert {ref for (_, ref), (state, _) in after.items() if state == "gone"}.isdisjoint(current)
    again = compared
    anew = corpus_of(names, sanctions_list)
    screen(anew)
    first = candidates(anew)
    # A first screening compares each name with the nearest 150 of the list; a candidate that there was stays, though others are nearer.
    assert {key: after.get(key) for key in first} == first
    with capsys.disabled():
        more = sum(state == "open" for state, _ in after.values()) - len(first)
        print(f"\n2020 → 2024: {again} of {len(names)} names again, {run.counts}; {more} more than at first sight")
