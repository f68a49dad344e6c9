"""The pg_dump that fits a server is chosen: never an older one, of the server's own version where there is one."""

from pathlib import Path

import pytest

from config import postgres
from config.backups import programs
from config.backups.programs import NoProgram, Programs, fitting


def there(*versions):
    return [Programs(version, Path(f"/pg/{version[0]}.{version[1]}")) for version in versions]


@pytest.mark.parametrize(
    ("server", "versions", "chosen"),
    [
        (15, [(15, 20), (17, 2), (18, 6)], (15, 20)),  # its own
        (17, [(15, 20), (18, 6)], (18, 6)),  # none of its own: the one above
        (16, [(15, 20), (18, 6), (17, 2)], (17, 2)),  # the nearest above
        (17, [(17, 2), (17, 6), (18, 6)], (17, 6)),  # the newest of its own
        (18, [(15, 20), (18, 6)], (18, 6)),  # the embedded one on Debian 12
    ],
)
def test_the_nearest_that_is_not_older(server, versions, chosen):
    assert fitting(server, there(*versions)).version == chosen


@pytest.mark.parametrize(
    ("server", "versions", "words"), [(19, [(15, 20), (18, 6)], "15.20 in /pg/15.20, 18.6 in"), (18, [], "none")]
)
def test_where_none_fits_it_is_said_what_there_is_and_what_to_do(server, versions, words):
    with pytest.raises(NoProgram, match=f"PostgreSQL {server}") as error:
        fitting(server, there(*versions))
    assert words in str(error.value)
    assert f"postgresql-client-{server}" in str(error.value)


def test_what_is_here_has_the_embedded_ones_and_an_older_one_does_not_serve_it():
    found = programs.here()
    own = postgres.programs()
    [version] = {one.version for one in found if one.folder == own}
    assert programs.programs_for(version[0]).version[0] == version[0]
    assert all(one.version[0] >= version[0] for one in [fitting(version[0], found)])
