"""Every command in docs/lake.md is run, in its order, and prints what stands below it."""

import re
import shlex
import sys

import pytest
from django.core.management import call_command

from benchmarks import crawls
from config.environment import ROOT
from corpus.models import Article
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


@pytest.mark.django_db(transaction=True)  # between two commands no transaction waits
def test_the_commands_print_what_stands_below_them(tmp_path, monkeypatch, capsys):
    factories.corpus("demo")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["python"])
    (tmp_path / "names.txt").write_text(NAMES)
    for commands, expected in BLOCKS:
        for command in commands.splitlines():
            run(command)
        assert capsys.readouterr().out.replace("\r\n", "\n") == expected
    assert (tmp_path / "named.csv").read_text().startswith("url,quote")
    assert Article.objects.count() > 0
    run(next(command for command in PAGE.splitlines() if "lake promote" in command))
    assert capsys.readouterr().out.startswith("already in the corpus: ")
    names = {}
    for program, expected in PROGRAMS:
        if "import SparkSession" not in program:
            exec(program, names)
            assert capsys.readouterr().out == expected
