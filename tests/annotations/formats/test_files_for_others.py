"""The files that the programs of others are given to open (tests/clients)."""

import pytest

from tests.clients.written import write


@pytest.mark.parametrize("name", ["brat", "doccano", "labelstudio", "prodigy"])
def test_each_is_written(name, tmp_path):
    assert write(tmp_path, name).stat().st_size > 10_000
