"""What is installed is locked, known and little."""

import json
import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.version import Version

from config.environment import ROOT

# The oldest release without a hole that was published; pip-audit tells more where it has a feed.
FLOORS = {
    "Django": "6.0.2",  # CVE-2025-64459, -57833, -13372, CVE-2026-1207, -1285, -1287
    "granian": "2.2.0",
    "psycopg": "3.2",
    "requests": "2.32.4",  # CVE-2024-47081
    "urllib3": "2.6.0",  # CVE-2025-66418, -66471
}

LOCKED = [f"requirements/{name}.txt" for name in ("base", "formats", "lake", "dev", "s3", "spark")]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]


def entries(name):
    """The pinned packages of a requirements file, each with the lines of its hashes."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / name).read_text(), flags=re.MULTILINE)
    return re.split(r"\n(?=[A-Za-z])", text.strip())


@pytest.mark.parametrize("package", FLOORS)
def test_no_package_is_older_than_its_last_known_hole(package):
    assert Version(version(package)) >= Version(FLOORS[package])


@pytest.mark.parametrize("name", LOCKED)
def test_every_package_has_one_version_and_its_hashes(name):
    for entry in entries(name):
        assert re.match(r"[a-z0-9.-]+(\[[a-z,]+\])?==[^ ]+( ; .+)? \\\n +--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("name", LOCKED)
def test_no_address_of_a_registry_is_committed(name):
    assert "://" not in (ROOT / name).read_text()


def test_every_package_for_the_scripts_has_its_hash_and_no_address():
    packages = json.loads((ROOT / "scripts/node/package-lock.json").read_text())["packages"]
    ours = packages.pop("")
    for name, wanted in ours["devDependencies"].items():
        assert packages[f"node_modules/{name}"]["version"] == wanted.split("@")[-1]  # "npm:pyodide@0.27.8" has a name of ours
    assert all(package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages.values())


def test_what_is_installed_is_what_is_locked():
    for entry in entries("requirements/base.txt"):
        package, locked = re.match(r"([a-z0-9.-]+)(?:\[.*\])?==([^ ]+)", entry).groups()
        if "win32" not in entry:
            assert version(package) == locked, f"{package}: run `make test`, which installs what is locked"


def test_there_are_few_of_them():
    assert len(entries("requirements/base.txt")) <= 90


@pytest.mark.parametrize("name", LOCKED[1:])
def test_versions_agree_with_those_of_the_application(name):
    pins = [
        dict(re.match(r"([a-z0-9.-]+)(?:\[.*\])?==([^ ]+)", entry).groups() for entry in entries(each))
        for each in (LOCKED[0], name)
    ]
    assert pins[0].items() <= pins[1].items()


def test_the_tests_have_all_that_the_formats_the_lake_and_buckets_need():
    *others, tests = (
        set(re.findall(r"^([\w.-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in (*LOCKED[1:3], LOCKED[4], LOCKED[3])
    )
    assert set.union(*others) <= tests


@pytest.mark.parametrize("name", EXTRAS)
def test_lock_of_an_extra_holds_its_packages(name):
    held = {re.match(r"[a-z0-9.-]+", entry)[0] for entry in entries(f"requirements/{name}.txt")}
    assert set(EXTRAS[name]) <= held
