import os
import subprocess

import pytest

from config.backups.contents import connect, server_version, without_password
from config.backups.programs import programs_for
from tests.drills.crash import installation


def pytest_itemcollected(item: pytest.Item) -> None:
    """Of this folder only: pytest asks the conftest of the test's own folders."""
    item.add_marker("long")


@pytest.fixture(scope="package")
def at(django_db_setup, tmp_path_factory):
    """With the tables of this run: to migrate an empty database takes twenty seconds of a processor, and each process has one."""
    with installation(tmp_path_factory.mktemp("drill"), copy_tables) as made:
        yield made


def copy_tables(url):
    with connect(url) as connection:
        programs = programs_for(server_version(connection))
    source, password = without_password(os.environ["DATABASE_URL"])
    plain = ["--no-owner", "--no-privileges"]
    dump = programs.command("pg_dump", "--format=custom", *plain, f"--dbname={source}")
    put = programs.command("pg_restore", "--exit-on-error", "--single-transaction", *plain, f"--dbname={url}")
    with subprocess.Popen(dump, stdout=subprocess.PIPE, env={**os.environ, **password}) as process:
        subprocess.run(put, stdin=process.stdout, check=True)
    assert process.returncode == 0
