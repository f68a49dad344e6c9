"""Every command in docs/lake.md is run, in its order, and prints what stands below it."""

import argparse
import re
import shlex
import sys

import pytest
from django.core.management import call_command

from benchmarks import crawls
from config.environment import ROOT
from corpus.models import Article
from lake.management.arguments import add_acts
from tests import factories

PAGE = (ROOT / "docs/lake.md").read_text("utf-8")
CLUSTER = re.search(r"^## On a cluster\n.*?(?=^## )", PAGE, re.DOTALL | re.MULTILINE)[0]  # tests/cluster/ runs what stands there
BLOCKS = re.findall(r"```sh\n(.*?)```(?:\n```text\n(.*?)```)?", PAGE.replace(CLUSTER, ""), re.DOTALL)
PROGRAMS = re.findall(r"```python\n(.*?)```(?:\n```text\n(.*?)```)?", PAGE, re.DOTALL)
NAMES = re.search(r"as `names.txt`.*?```text\n(.*?)```", PAGE, re.DOTALL)[1]


def run(command):
    program, *arguments = shlex.split(command)
    assert program == ".venv/bin/python"
    if arguments[:2] == ["-m", "benchmarks.crawls"]:
        sys.argv[1:] = arguments[2:]
        crawls.main()
    elif arguments[0] == "manage.py":
        call_command(*arguments[1:])
    else:
        assert arguments[:3] == ["-m", "pip", "install"]
        assert (ROOT / arguments[-1]).is_file()


def as_on_the_page(text, folder):
    """Without what is another at every time: where it lies, and identifiers."""
    text = text.replace("\r\n", "\n").replace(str(folder), "/srv/attest")
    return re.sub(r"promotion [0-9a-f-]{36} queued: /intakes/\d+/", "promotion 0e6b4f32-… queued: /intakes/2/", text)


@pytest.mark.django_db(transaction=True)  # between two commands no transaction waits
def test_the_commands_print_what_stands_below_them(tmp_path, monkeypatch, capsys):
    factories.corpus("demo")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["python"])
    (tmp_path / "names.txt").write_text(NAMES)
    for commands, expected in BLOCKS:
        for command in commands.splitlines():
            run(command)
        assert as_on_the_page(capsys.readouterr().out, tmp_path) == expected
    assert (tmp_path / "named.csv").read_text().startswith("url,quote")
    assert Article.objects.count() > 0
    run(next(command for command in PAGE.splitlines() if "lake promote" in command))
    assert capsys.readouterr().out.startswith("already in the corpus: ")
    names = {}
    for program, expected in PROGRAMS:
        if "spark" not in program:
            exec(program, names)
            assert capsys.readouterr().out == expected


def test_every_option_on_the_page_is_one_of_the_commands():
    parser = argparse.ArgumentParser()
    add_acts(parser)
    (acts,) = (action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    ours = {option for act in acts.values() for option in act._option_string_actions}
    others = {
        "--no-deps",
        "--require-hashes",
        "--pages",
        "--hostile",
        "--articles",
        "--host",
        "--port",
        "--no-install-recommends",
        "--from-crawls",
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", PAGE)) - others <= ours
    listed = set(re.findall(r"`(?:manage\.py )?lake ([a-z]+)", PAGE))
    assert listed <= acts.keys()
