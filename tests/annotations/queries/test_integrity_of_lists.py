"""What a check asks of sanctions lists: each has an injury by which it is seen to find one."""

import uuid

import pytest
from django.db import connection, transaction

from annotations.queries.integrity import faults, lists
from annotations.queries.integrity.lists import CHECKS
from annotations.write.decide import decide
from annotations.write.merge_entities import merge, undo
from registry.list_versions.load import load
from registry.list_versions.submit import submit
from registry.models import Decision, SanctionsList, SecondPersonRule
from tests import factories, marks

pytestmark = pytest.mark.django_db

INJURIES = {
    "the file of each list version matches its hash": r"UPDATE registry_listfile SET content = '\x00'",
    "the file of each list version is kept": "UPDATE registry_listfile SET content = NULL",
    "each list that was loaded has one current version": "UPDATE registry_listversion SET state = 'past'",
    "each list entry has one row in a version": "UPDATE registry_listentry SET versions = '[1,3)'",
    "each list version has the entries that it counted": "DELETE FROM registry_listentry WHERE ref = 'A-1'",
    "each listed name has keys": "DELETE FROM registry_listednamekey",
    "each key of a list has names of that list": "UPDATE registry_listednamekey SET names = names || 0",
    "each link to a list entry is what was decided last": "UPDATE registry_listlink SET match = 'rejected'",
}
TABLES = (
    "registry_listlink",
    "registry_listfile",
    "registry_listversion",
    "registry_listentry",
    "registry_listedname",
    "registry_listednamekey",
)


@pytest.fixture
def own_list():
    sanctions_list = SanctionsList.objects.create(code="OURS", name="Own list", corpus=factories.corpus("ours"))
    for text in ("A-1; One\nA-2; Two\n", "A-1; One\nA-2; Zwei\n"):
        load(submit(sanctions_list, text.encode()))
    decided(marks.entity(sanctions_list.corpus), factories.user(is_superuser=True), "confirmed")
    return sanctions_list


def decided(entity, person, match, code="OURS", ref="A-1"):
    entity.refresh_from_db()
    request = {"id": str(uuid.uuid4()), "revision": entity.revision, "list": code, "entry": ref, "match": match}
    return decide(entity, person, request, Decision.Source.PAGE)


def test_there_is_an_injury_for_every_check():
    assert set(INJURIES) == set(CHECKS)


@pytest.mark.parametrize("check", INJURIES)
def test_a_fault_is_found_and_another_corpus_is_not_told_of(own_list, check):
    assert list(faults()) == []
    with connection.cursor() as cursor:
        for table in TABLES:
            drop_guards(cursor, table)
        cursor.execute(INJURIES[check])
    assert check in {fault.kind for fault in faults(own_list.corpus)}
    assert list(faults(factories.corpus("other"))) == []


# Links and decisions: each in a transaction of its own, since that gives a decision its moment

EACH_BY_ITSELF = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(db):
    return factories.user(is_superuser=True)


@pytest.fixture
def three(db):
    of = factories.corpus("ours")
    return [marks.entity(of, name) for name in ("First", "Second", "Third")]


def injured():
    """Links that are named once all of them are `possible`, which nobody decided."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE registry_listlink SET match = 'possible'")
        named = sorted(fault.detail for fault in lists.faults(None))
        transaction.set_rollback(True)
    return [detail.partition(": ")[2] for detail in named]


@EACH_BY_ITSELF
def test_decisions_that_were_changed_proposed_or_withdrawn_are_no_fault(three, person):
    for match in ("confirmed", "rejected", "probable"):
        decided(three[0], person, match)
        assert list(faults()) == []
    decided(three[1], person, "confirmed")
    decided(three[1], person, "withdrawn")
    SecondPersonRule.objects.create(corpus=three[0].corpus, user=person)
    assert decided(three[0], person, "confirmed").match == "proposed"
    assert list(faults()) == []
    assert injured() == ["OURS A-1 is possible, decided was probable, for “First”"]


@EACH_BY_ITSELF
def test_a_link_that_a_merge_brought_has_its_decision_under_the_id_that_is_gone(three, person):
    one, other, third = three
    decided(other, person, "confirmed")
    decided(other, person, "withdrawn")
    decided(one, person, "confirmed")
    merge(one, other, person)
    done = merge(other, third, person)
    assert list(faults()) == []
    assert injured() == ["OURS A-1 is possible, decided was confirmed, for “Third”"]
    decided(third, person, "rejected")
    assert list(faults()) == []
    assert injured() == ["OURS A-1 is possible, decided was rejected, for “Third”"]
    undo(done, person)
    assert list(faults()) == []
    assert len(injured()) == 2


@EACH_BY_ITSELF
@pytest.mark.parametrize(("whose", "match"), [("kept", "confirmed"), ("gone", "rejected")])
def test_what_a_merge_chose_holds_until_it_is_undone(three, person, whose, match):
    gone, kept, _ = three
    decided(kept, person, "confirmed")
    decided(gone, person, "rejected")
    done = merge(gone, kept, person, {("OURS", "A-1"): whose})
    assert list(faults()) == []
    assert injured() == [f"OURS A-1 is possible, decided was {match}, for “Second”"]
    undo(done, person)
    assert list(faults()) == []
    assert len(injured()) == 2
    for each in (gone, kept):
        decided(each, person, "probable")
    assert list(faults()) == []
    assert injured() == [f"OURS A-1 is possible, decided was probable, for “{name}”" for name in ("First", "Second")]


def drop_guards(cursor, table):
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(
        "SELECT conname, conrelid::regclass FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'x') OR confrelid = %s::regclass",
        [table, table],
    )
    for name, owner in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {owner} DROP CONSTRAINT "{name}"')
