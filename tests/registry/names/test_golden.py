"""A score that somebody saw can be had again: the golden table holds as long as the matcher has its number."""

import os
import shutil
import subprocess
import sys
import sysconfig
from itertools import batched, pairwise
from pathlib import Path

import pytest

from config.environment import ROOT
from registry.names import MATCHER, analyse, compare_analysed, within_reach
from tests.registry.names import golden
from tests.test_javascript import node


def test_each_line_is_as_it_was():
    changed = [
        row
        for row, line in zip(golden.rows(), golden.FILE.read_text("utf-8").splitlines(), strict=True)
        if golden.line_of(row.kind, row.name, row.other) != line
    ]
    assert changed == [], f"{len(changed)} lines differ: a matcher that gives other scores has another number"


def installed() -> list[str]:
    """This Python and those of other versions, on the path or of pyenv, whose shims are found for versions that do not start, too."""
    others = [shutil.which(f"python3.{minor}") for minor in (12, 13, 14)]
    others += [str(each) for each in Path.home().glob(".pyenv/versions/3.1[234].*/bin/python3")]
    return sorted({sys.executable, *(each for each in others if each and starts(each))})


def starts(python: str) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


AGAIN = """from tests.registry.names import golden
print(golden.digest("".join(golden.line_of(row.kind, row.name, row.other) + chr(10) for row in golden.rows())))"""


@pytest.mark.parametrize("python", installed())
def test_every_python_that_is_installed_gives_the_same_without_compiled_code(python):
    """In a process of its own: another version of Python, and edit distances by the Python of rapidfuzz instead of its C++."""
    path = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    environment = {"PYTHONPATH": path, "RAPIDFUZZ_IMPLEMENTATION": "python", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    done = subprocess.run([python, "-c", AGAIN], env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert (done.stdout.strip(), done.stderr) == (golden.DIGESTS[MATCHER], "")


@pytest.mark.long
@pytest.mark.parametrize("version", ["3.12", "3.14"])
def test_other_pythons_give_the_same(version):
    """Whatever this machine has: Python in WebAssembly, with the Unicode tables of its version."""
    modules = ROOT / ".venv" / "node" / "node_modules"
    command = [node(), Path(__file__).with_name("golden.mjs"), modules / f"python-{version}" / "pyodide.mjs"]
    done = subprocess.run(
        [*command, ROOT, sysconfig.get_path("purelib")], capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (f"{version} {golden.DIGESTS[MATCHER]}", "")


def test_the_table_is_the_one_of_this_number():
    assert golden.digest(golden.FILE.read_text("utf-8")) == golden.DIGESTS[MATCHER]


def test_the_table_holds_600_lines_of_all_kinds_and_bands():
    rows = golden.rows()
    assert len(rows) == len({(row.kind, row.name, row.other) for row in rows}) == 600
    assert {row.kind for row in rows} == {"person", "body", "craft", "any"}
    bands = [sum(low <= row.score < high for row in rows) for low, high in ((0, 72), (72, 85), (85, 95), (95, 101))]
    assert min(bands) >= 40


def test_every_way_stands_in_the_table():
    ways = "same letters sound romanisation initial_sound hanja simplified chinese_reading consonants cyrillic joined split initial acronym number form"
    text = golden.FILE.read_text("utf-8")
    assert [way for way in ways.split() if f"={way}" not in text] == []


KINDS_APART = [("person", "person"), ("person", "body"), ("any", "person"), ("any", "any"), ("craft", "any"), ("craft", "person")]


@pytest.mark.parametrize("least", [60, 72, 85])
def test_no_pair_that_reaches_a_score_is_said_to_be_out_of_reach(least):
    """Each pinned pair, also of two kinds, and each name beside others that share words with it."""
    rows = golden.rows()
    names = [(analyse(each, row.kind), each, row.kind) for row in rows for each in (row.name, row.other)]
    pairs = [(one, *beside) for (one, *_), (_, *beside) in pairwise(sorted(names, key=str))]
    pairs += [(one, *beside) for (one, *_), (_, *beside) in batched(names, 2)]
    pairs += [(analyse(row.name, kind), row.other, other) for row in rows for kind, other in KINDS_APART]
    pairs.append((analyse("Abt Cend Efl Ghop", "person"), "Abtcendeflghop", "person"))  # no words that answer each other
    out_of_reach = [(one, *beside) for one, *beside in pairs if not within_reach(one, [tuple(beside)], least)]
    assert len(out_of_reach) > 300
    assert [(one, *rest) for one, *rest in out_of_reach if compare_analysed(one, analyse(*rest)).score >= least] == []


@pytest.fixture(scope="module")
def names_beside_all():
    """All names of the table, and some of them, each with the score that it has beside every one."""
    rows = golden.rows()
    others = [(each, row.kind) for row in rows for each in (row.name, row.other)]
    analysed = [analyse(*other) for other in others]
    some = [analyse(row.name, row.kind) for row in rows[::40]]
    return others, [(name, [compare_analysed(name, other).score for other in analysed]) for name in some]


@pytest.mark.parametrize("least", [60, 72, 85])
def test_a_name_reaches_among_many_whatever_it_reaches_alone(names_beside_all, least):
    """Words of all others are looked at together: none of them hides what another one is like."""
    others, some = names_beside_all
    for name, scores in some:
        within = within_reach(name, others, least)
        alone = [position for position, other in enumerate(others) if within_reach(name, [other], least)]
        reached = {position for position, score in enumerate(scores) if score >= least}
        assert within == alone
        assert reached
        assert reached <= set(within)
