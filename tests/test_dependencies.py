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

LOCKED = [
    "requirements.txt",
    "requirements-formats.txt",
    "requirements-lake.txt",
    "requirements-dev.txt",
    "requirements-s3.txt",
    "requirements-spark.txt",
]


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
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    ours = packages.pop("")
    for name, wanted in ours["devDependencies"].items():
        assert packages[f"node_modules/{name}"]["version"] == wanted.split("@")[-1]  # "npm:pyodide@0.27.8" has a name of ours
    assert all(package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages.values())


def test_what_is_installed_is_what_is_locked():
    for entry in entries("requirements.txt"):
        package, locked = re.match(r"([a-z0-9.-]+)(?:\[.*\])?==([^ ]+)", entry).groups()
        if "win32" not in entry:
            assert version(package) == locked, f"{package}: run `make test`, which installs what is locked"


def test_there_are_few_of_them():
    assert len(entries("requirements.txt")) <= 90


@pytest.mark.parametrize("name", ["requirements-formats.txt", "requirements-dev.txt"])
def test_the_versions_agree_with_those_of_the_application(name):
    pins = [
        dict(re.match(r"([a-z0-9.-]+)(?:\[.*\])?==([^ ]+)", entry).groups() for entry in entries(each))
        for each in (LOCKED[0], name)
    ]
    both = pins[0].keys() & pins[1].keys()
    assert both
    assert {name: pins[0][name] for name in both} == {name: pins[1][name] for name in both}


def test_the_tests_have_all_that_the_formats_and_the_lake_need():
    formats, lake, tests = (set(re.findall(r"^([\w.-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKED[1:4])
    assert formats | lake <= tests


@pytest.mark.parametrize("name", ["formats", "lake", "s3", "spark"])
def test_the_extra_of_the_wheel_is_what_is_locked_for_it(name):
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"][name]
    assert extra == re.findall(r"^[a-z][\w-]*", (ROOT / f"requirements-{name}.in").read_text(), re.MULTILINE)
