"""The shared labelled names: how many of them the matcher gets right from 72 on, and hostile strings as names."""

import itertools
import json
import sys
from types import ModuleType

import pytest

from registry.names import CANDIDATE, compare, keys
from registry.names.tokens import KIND_OF_LABEL, KINDS, analyse
from tests.conformance.test_json_poison import ATTACK

REGISTERS = ATTACK.parent / "registers"
KINDS_OF_SETS = {"Person": "person", "Company": "body", "Organization": "body", "LegalEntity": "any", "Vessel": "craft"}
LEAST = {"pairs": 0.84, "eu_hangul": 0.90, "un_arabic": 0.94}

pytestmark = pytest.mark.skipif(not REGISTERS.exists(), reason="the shared labelled names are not beside the checkout")


@pytest.fixture(scope="module")
def bench():
    """The shared module that reads the sets; run from its source, so that nothing is written beside it."""
    path = REGISTERS / "match_bench.py"
    module = ModuleType("match_bench")
    module.__file__ = str(path)
    sys.modules["match_bench"] = module
    exec(compile(path.read_text("utf-8"), path, "exec"), module.__dict__)
    yield module
    del sys.modules["match_bench"]


def f1(cases):
    results = [(compare(name, other, KINDS_OF_SETS[kind]).score >= CANDIDATE, same) for name, other, kind, same in cases]
    right = sum(candidate and same for candidate, same in results)
    wrong = sum(candidate != same for candidate, same in results)
    return 2 * right / (2 * right + wrong)


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the shared module leaves its files to the collector
@pytest.mark.parametrize("name", LEAST)
def test_a_set_is_matched(bench, capsys, name):
    share = f1(getattr(bench, name)())
    with capsys.disabled():
        print(f"\n{name}: F1 {share:.3f} from {CANDIDATE} on")
    assert share >= LEAST[name]


GROUPS = [
    "romanised ~ romanised",
    "Hangul ~ romanised",
    "Hanja ~ Hangul",
    "Hanja ~ romanised",
    "Hanja ~ pinyin",
    "Hangul ~ pinyin",
    "romanised ~ pinyin",
]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("group", GROUPS)
def test_korean_names_are_one_in_all_ways_of_writing(bench, group):
    assert f1(bench.korean(group)) >= 0.98


def cases(name):
    return json.loads((REGISTERS / "fixtures.json").read_text("utf-8"))[name] if REGISTERS.exists() else []


@pytest.mark.parametrize(("name", "other", "label", "expected", "why"), cases("pairs"))
def test_the_shared_pairs(name, other, label, expected, why):
    match = compare(name, other, KIND_OF_LABEL[label])
    holds = {
        "100": match.score == 100,
        "95+": match.score >= 95,
        "candidate": match.score >= CANDIDATE,
        "none": not match.is_candidate,
        "identifier": match.score < CANDIDATE and match.is_candidate,
    }
    assert holds[expected], (why, match)


def hostile():
    if not ATTACK.exists():
        return []
    lines = [
        line
        for name in ("xss.txt", "csv_injection.txt", "filenames.txt")
        for line in (ATTACK / name).read_text("utf-8").splitlines()
    ]
    return [case["s"] for case in json.loads((ATTACK / "unicode.json").read_text("utf-8"))["cases"]] + lines


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_strings_are_names_like_others(kind):
    names = hostile()
    assert len(names) > 50
    for name, other in itertools.pairwise(names):
        match = compare(name, other, kind)
        assert 0 <= match.score <= 100
        assert match.score == compare(other, name, kind).score
        assert all(
            0 <= pair.start < pair.end <= len(name) and 0 <= pair.other_start < pair.other_end <= len(other)
            for pair in match.pairs
        )
        assert keys(analyse(name, kind)) is not None
