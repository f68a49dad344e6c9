import pytest

from tests.drills.crash import installation


@pytest.fixture(scope="package")
def at(tmp_path_factory):
    with installation(tmp_path_factory.mktemp("drill")) as made:
        yield made
