"""Several workers load versions of one list at a time: one after the other, and one of them is current in the end."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from annotations.queries.integrity import lists
from registry.list_versions.load import load
from registry.list_versions.submit import AlreadyThere, submit
from registry.models import ListEntry, ListVersion, SanctionsList


@pytest.fixture
def at_once(transactional_db):
    def run(action, values):
        def alone(value):
            try:
                return action(value)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(values)) as pool:
            return list(pool.map(alone, values))

    return run


def test_loads_of_one_list_come_one_after_the_other(at_once):
    sanctions_list = SanctionsList.objects.create(code="TEST", name="Test list")
    texts = ["".join(f"A-{line}; Name {line}; alias: {word} {line}\n" for line in range(30)) for word in ("One", "Two", "Three")]
    versions = [submit(sanctions_list, text.encode()) for text in texts]
    at_once(load, versions)
    states = list(ListVersion.objects.order_by("number").values_list("state", flat=True))
    assert states[-1] == "current"  # an older one that came later was refused
    assert set(states[:-1]) <= {"past", "refused"}
    assert ListEntry.objects.current().count() == 30
    assert list(lists.faults(None)) == []


def test_one_file_that_comes_at_one_moment_is_one_version(at_once):
    sanctions_list = SanctionsList.objects.create(code="TEST", name="Test list")

    def send(_):
        try:
            return submit(sanctions_list, b"A-1; One\n").number
        except AlreadyThere as error:
            return f"there: {error.version.number}"

    assert sorted(map(str, at_once(send, range(6)))) == ["1", *["there: 1"] * 5]
