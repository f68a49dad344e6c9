"""Commands and programs of docs/lake.md that need a cluster, as they stand there but for the name of the machine."""

import sys

import pytest
from django.core.management import call_command

from benchmarks.crawls import write_crawl
from tests.lake.test_documentation import CLUSTER, NAMES, PAGE, PROGRAMS, run


@pytest.mark.django_db(transaction=True)
def test_the_commands_and_the_program_for_a_cluster_do_what_they_say(standalone, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["python"])
    write_crawl(tmp_path / "crawls", 1_000)
    (tmp_path / "names.txt").write_text(NAMES)
    call_command("load_list", "names.txt", "--list", "MADE")
    capsys.readouterr()
    commands = [line for line in CLUSTER.splitlines() if line.startswith(".venv/bin/python ")]
    assert len(commands) == 3
    for command in commands:
        run(standalone.here(command))
    assert capsys.readouterr().out.startswith(
        "1,000 pages, 0 unread\nlist MADE 1: 4 names, 50 passages in 1 parts of the lake\n1 Parl"
    )
    (command,) = (line for line in PAGE.splitlines() if line.endswith("--out named.jsonl"))
    run(command)
    assert capsys.readouterr().out == ""
    names = {}
    try:
        for program, expected in [each for each in PROGRAMS if each == PROGRAMS[0] or "spark" in each[0]]:
            exec(standalone.here(program), names)
            assert capsys.readouterr().out == expected
    finally:
        names["spark"].stop()
