"""What a check asks of sanctions lists: each has an injury by which it is seen to find one."""

import pytest
from django.db import connection

from annotations.queries.integrity import faults
from annotations.queries.integrity.lists import CHECKS
from registry.list_versions.load import load
from registry.list_versions.submit import submit
from registry.models import SanctionsList
from tests import factories

pytestmark = pytest.mark.django_db

INJURIES = {
    "the file of each list version matches its hash": r"UPDATE registry_listfile SET content = '\x00'",
    "the file of each list version is kept": "UPDATE registry_listfile SET content = NULL",
    "each list that was loaded has one current version": "UPDATE registry_listversion SET state = 'past'",
    "each list entry has one row in a version": "UPDATE registry_listentry SET versions = '[1,3)'",
    "each list version has the entries that it counted": "DELETE FROM registry_listentry WHERE ref = 'A-1'",
    "each listed name has keys": "DELETE FROM registry_listednamekey",
    "each key of a list has names of that list": "UPDATE registry_listednamekey SET names = names || 0",
}
TABLES = ("registry_listfile", "registry_listversion", "registry_listentry", "registry_listedname", "registry_listednamekey")


@pytest.fixture
def own_list():
    sanctions_list = SanctionsList.objects.create(code="OURS", name="Own list", corpus=factories.corpus("ours"))
    for text in ("A-1; One\nA-2; Two\n", "A-1; One\nA-2; Zwei\n"):
        load(submit(sanctions_list, text.encode()))
    return sanctions_list


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
