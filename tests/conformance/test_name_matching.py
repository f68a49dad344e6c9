"""The shared labelled names: how many of them the matcher gets right from 72 on, and hostile strings as names."""

import gzip
import itertools
import json
import os
import random
import sys
from collections import Counter, defaultdict
from types import ModuleType

import pytest

from registry.lists.formats import eu
from registry.names import CANDIDATE, compare, compare_analysed, key_points, keys
from registry.names.tokens import KIND_OF_LABEL, KINDS, analyse
from registry.screening.near import BEST
from registry.screening.word_keys import is_enough, telling_keys
from tests.conformance.material import SHARED, material

REGISTERS = SHARED / "registers"
KINDS_OF_SETS = {"Person": "person", "Company": "body", "Organization": "body", "LegalEntity": "any", "Vessel": "craft"}
SAMPLE = int(os.environ.get("EU_NAMES", "60"))
LEAST = {"pairs": 0.84, "eu_hangul": 0.90, "un_arabic": 0.94}

pytestmark = pytest.mark.others("registers", instead="tests/registry/names/test_unseen_pairs.py")


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


# What makes the names alike, word for word: `how` of each pair, why a word is left over, facts of both. By the words of the fixtures.
HOWS = {
    "2 letters, form CORPORATION ~ CORP": "letters same same",  # two letters that changed places are one edit; one class of forms
    "same words": "same same same",
    "initial sound: Ri ~ Lee": "initial_sound same",
    "initial sound: 리 ~ 이": "initial_sound",
    "romanisation: I+YE+CE": "initial_sound romanisation",
    "Chinese reading of 李例題: li li ti": "chinese_reading",
    "simplified character": "simplified",
    "family name last, given name turned round: another name": "same -differs -differs",
    "name order": "same same",
    "another given name": "same letters",
    "another family name": "same -differs -differs",
    "other form: told, not decided": "same same form",
    "another number": "same same -number -number",
    "prefix MV": "same same -prefix",
    "same IMO number, names differ: told": "same -differs -differs -identifier -identifier -prefix identifier=same",
    "1234568 fails the check digit and is no identifier": "same same -check_digit -prefix",
}


@pytest.mark.parametrize(("name", "other", "label", "expected", "why"), cases("pairs"))
def test_how_the_shared_pairs_are_alike(name, other, label, expected, why):
    explained = compare(name, other, KIND_OF_LABEL[label]).as_dict()
    left = [f"-{each['why'].replace(' ', '_')}" for each in explained["left"]]
    facts = [f"{each['field']}={each['says']}" for each in explained["facts"]]
    assert [*(pair["how"] for pair in explained["pairs"]), *left, *facts] == HOWS[why].split()


# Candidates by their keys


def near(keys_of_listed, name):
    """Numbers of the listed names that screening compares with a name, best first."""
    points, words = Counter(), Counter()
    for key in telling_keys(name):
        rows = keys_of_listed.get(key.value, [])
        for number, weight in rows:
            points[number] += key_points(weight, len(rows))
            words[number] |= key.words
    enough = [number for number in points if is_enough(words[number])]
    return sorted(enough, key=lambda number: (-points[number], number))[:BEST]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_matches_is_among_those_that_are_compared(bench, capsys, tmp_path):
    """Names of the EU list, compared with every name of the UN list: of those that match from 72 on hardly any is not looked at, from 90 on none."""
    kinds = [
        (KINDS_OF_SETS[row[1]], name) for row in bench.un_list() for name in dict.fromkeys([row[3], row[4], *row[5]]) if name
    ]
    listed = [analyse(name, kind) for kind, name in kinds]
    keys_of_listed = defaultdict(list)
    for number, name in enumerate(listed):
        for key in keys(name):
            keys_of_listed[key.value].append((number, key.weight))
    file = tmp_path / "eu.xml"
    file.write_bytes(gzip.decompress((bench.DATA / "sanctions_lists/eu/eu_fsf_full_2024-05-13.xml.gz").read_bytes()))
    names = [(name.text, entry.kind) for entry in eu.read(file).entries for name in entry.names]
    matches, lost = 0, []
    for text, kind in random.Random(1).sample(names, SAMPLE):
        name = analyse(text, kind)
        scores = {number: compare_analysed(name, other).score for number, other in enumerate(listed)}
        matching = {number for number, score in scores.items() if score >= CANDIDATE}
        matches += len(matching)
        lost += [scores[number] for number in matching.difference(near(keys_of_listed, name))]
    with capsys.disabled():
        print(f"\nkeys: {len(lost)} of {matches} matches of {SAMPLE} names are not compared")
    assert matches > SAMPLE / 3
    assert len(lost) <= 0.02 * matches
    assert all(score < 90 for score in lost)


def hostile():
    lines = [
        line
        for name in ("xss.txt", "csv_injection.txt", "filenames.txt")
        for line in material("attack", name).read_text("utf-8").splitlines()
    ]
    return [case["s"] for case in json.loads(material("attack", "unicode.json").read_text("utf-8"))["cases"]] + lines


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
