"""The scheme and the worked seed article, fresh for every test, so that a test may break them."""

import copy
import json
from pathlib import Path

import pytest

from annotations.native.view import NativeContext
from annotations.rules import run_checks
from annotations.scheme.view import SchemeView

DOMAIN = Path(__file__).parents[3] / "domain"
SCHEME = json.loads((DOMAIN / "scheme.json").read_text(encoding="utf-8"))
GOLD = json.loads((DOMAIN / "gold_seed.json").read_text(encoding="utf-8"))
# Read without translating line ends: offsets count every character.
TEXT = (DOMAIN / "gold_seed.txt").read_bytes().decode()
VIEW = SchemeView(SCHEME)


@pytest.fixture
def scheme_body():
    return copy.deepcopy(SCHEME)


@pytest.fixture
def scheme():
    return VIEW


@pytest.fixture
def text():
    return TEXT


@pytest.fixture
def gold():
    return copy.deepcopy(GOLD)


@pytest.fixture
def of_gold(gold):
    """The mark, event, claim, citation or entity of the gold with an id."""
    arrays = ("mentions", "events", "attributions", "measure_refs", "entities")
    known = {item["id"]: item for array in arrays for item in gold[array]}
    return known.__getitem__


@pytest.fixture
def context(gold):
    return NativeContext(gold, TEXT, VIEW)


@pytest.fixture
def found(gold):
    """What the checks find in the gold as the test has left it: {(code, level, objects)}."""

    def check(scheme=VIEW, text=TEXT):
        findings = run_checks(NativeContext(gold, text, scheme))
        return {(finding.code, finding.level, finding.objects) for finding in findings}

    return check


@pytest.fixture
def codes(found):
    """Codes of the errors that are found, without the gold's own warning."""
    return lambda **kwargs: {code for code, level, _ in found(**kwargs) if level == "error"}
