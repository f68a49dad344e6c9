"""`manage.py check_readers` and the worker say which layers hold."""

import logging

import pytest
from django.core.management import CommandError, call_command

from config.management.commands.worker import tell_layers
from corpus.readers import sandboxed
from corpus.sandbox.layers import Layers


def test_what_holds_on_this_machine_is_said(capsys):
    call_command("check_readers")
    assert capsys.readouterr().out == f"{sandboxed.layers()}\n"
    assert sandboxed.layers().seccomp


def test_where_nothing_would_be_read_the_command_fails_and_names_the_remedy(monkeypatch):
    monkeypatch.setattr(sandboxed, "layers", lambda: Layers(network=True, uid=7))
    with pytest.raises(CommandError, match=r"missing: Landlock, .*Files cannot be read: .*READERS=lenient"):
        call_command("check_readers")


@pytest.mark.parametrize(("layers", "level"), [(Layers(seccomp=True), logging.INFO), (Layers(), logging.WARNING)])
def test_a_worker_says_it_when_it_starts(caplog, monkeypatch, layers, level):
    monkeypatch.setattr(sandboxed, "layers", lambda: layers)
    with caplog.at_level(logging.INFO):
        tell_layers()
    assert [(record.levelno, record.message) for record in caplog.records] == [
        (level, f"Layers of the readers' sandbox: {layers}")
    ]
