"""What the database itself holds of lists: one row for a reference in a version, one current version, and files that stay as they came."""

from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction

from registry.models import ListedNameKey, ListEntry, ListFile, ListVersion, SanctionsList
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return one_version(SanctionsList.objects.create(code="TEST", name="Test list"), 1, "current")


def one_version(sanctions_list, number, state, **fields):
    content = f"file {number}".encode()
    file = ListFile.objects.create(
        list=sanctions_list, content=content, sha256=sha256(content).hexdigest(), size=len(content), name="a.csv"
    )
    return ListVersion.objects.create(list=sanctions_list, number=number, file=file, state=state, **fields)


def one_entry(version, ref="TEST-001", versions=(1, 2)):
    return ListEntry.objects.create(list=version.list, ref=ref, kind="body", versions=versions, digest="0" * 64)


def refused(action):
    with pytest.raises(IntegrityError), transaction.atomic():
        action()


def test_an_entry_has_one_row_in_a_version(version):
    one_entry(version, versions=(1, 3))
    refused(lambda: one_entry(version, versions=(2, 4)))
    refused(lambda: one_entry(version, "TEST-002", versions=(2, 2)))
    one_entry(version, versions=(3, 4))
    assert [row.versions.lower for row in ListEntry.objects.in_version(3)] == [3]
    assert [row.versions.lower for row in ListEntry.objects.current()] == [1]


def test_a_list_has_one_current_and_one_held_version(version):
    refused(lambda: one_version(version.list, 2, "current"))
    one_version(version.list, 2, "held", reasons=["why"])
    refused(lambda: one_version(version.list, 3, "held", reasons=["why"]))
    refused(lambda: one_version(version.list, 3, "refused"))


def test_what_a_list_said_is_kept(version):
    entry = one_entry(version)
    name = entry.names.create(position=1, text="Example Trading Corp", kind="primary", matcher="names/1")
    ListedNameKey.objects.create(names=[name.pk], key=-5, weight=90, of_list=name.entry.list_id)
    refused(lambda: ListedNameKey.objects.update(names=[]))
    refused(lambda: ListEntry.objects.filter(pk=entry.pk).update(ref="TEST-002"))
    refused(lambda: type(name).objects.filter(pk=name.pk).update(text="Another"))
    refused(lambda: ListFile.objects.update(content=b"other"))
    refused(lambda: ListFile.objects.update(sha256="0" * 64))
    refused(lambda: ListVersion.objects.update(number=7))
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("DELETE FROM registry_listversion"))
        refused(lambda: cursor.execute("DELETE FROM registry_listfile"))
    ListEntry.objects.filter(pk=entry.pk).update(versions=(1, 3))
    entry.delete()
    assert not ListedNameKey.objects.exists()


def test_a_key_keeps_the_names_that_are_not_deleted(version):
    """No foreign key watches over the members of an array."""
    entries = [one_entry(version, ref) for ref in ("TEST-001", "TEST-002")]
    gone, stays = (each.names.create(position=1, text="Example", kind="primary", matcher="names/1") for each in entries)
    for number, names in enumerate([[gone.pk, stays.pk], [gone.pk], [stays.pk]]):
        ListedNameKey.objects.create(names=names, key=number, weight=90, of_list=version.list_id)
    entries[0].delete()
    assert list(ListedNameKey.objects.order_by("key").values_list("key", "names")) == [(0, [stays.pk]), (2, [stays.pk])]


def test_public_lists_are_for_everybody_and_own_lists_for_their_corpus(version):
    corpus = factories.corpus("ours")
    own = SanctionsList.objects.create(code="OURS", name="Own list", corpus=corpus)
    viewer, manager, outsider = factories.user("viewer"), factories.user("manager"), factories.user("outsider")
    factories.membership(corpus, viewer, "viewer")
    factories.membership(corpus, manager, "manager")
    superuser = factories.user("superuser", is_superuser=True)
    one_entry(one_version(own, 1, "current"))
    visible = {person.username: codes_for(person) for person in (viewer, manager, outsider, superuser)}
    assert visible == {"viewer": "OURS TEST", "manager": "OURS TEST", "outsider": "TEST", "superuser": "OURS TEST"}
    managed = {person.username: codes_for(person, "manager") for person in (viewer, manager, outsider, superuser)}
    assert managed == {"viewer": "", "manager": "OURS", "outsider": "", "superuser": "OURS TEST"}
    assert [own.may_manage(viewer), own.may_manage(manager), version.list.may_manage(manager)] == [False, True, False]
    assert [ListEntry.objects.for_user(person).count() for person in (viewer, outsider)] == [1, 0]


def codes_for(person, at_least="viewer"):
    return " ".join(SanctionsList.objects.for_user(person, at_least).values_list("code", flat=True))
