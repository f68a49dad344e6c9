"""Jobs of the background worker for sanctions lists: files are loaded, and fetched when they are due."""

from __future__ import annotations

from procrastinate.contrib.django import app

from registry.list_versions import refresh, rekey
from registry.list_versions.load import load
from registry.list_versions.submit import give_up_interrupted
from registry.models import ListVersion


@app.task(name="load_list_version", queue="intake", retry=False)
def load_list_version(version: int, code: str = "") -> None:
    waiting = ListVersion.objects.select_related("list").filter(pk=version, state="loading").first()
    if waiting:
        load(waiting, code)


@app.task(name="load_fetched_list", queue="intake", retry=False)
def load_fetched_list(version: int, etag: str = "", last_modified: str = "") -> None:
    refresh.load_fetched(version, etag, last_modified)


@app.periodic(cron="* * * * *")
@app.task(name="ask_lists", queue="fetch", queueing_lock="ask_lists", pass_context=False)
def ask_lists(timestamp: int) -> None:
    """Every minute: each list that is due becomes a job of its own, and files whose worker died are given up."""
    give_up_interrupted()
    refresh.defer_due()


@app.periodic(cron="* * * * *")
@app.task(name="find_outdated_keys", queue="intake", queueing_lock="find_outdated_keys", pass_context=False)
def find_outdated_keys(timestamp: int) -> None:
    """Every minute: after an upgrade that brings another matcher, a job makes the keys of listed names anew."""
    if rekey.outdated_names().exists():
        rekey.defer()


@app.task(name="rekey_names", queue="intake", retry=False)
def rekey_names() -> None:
    """Some seconds of it."""
    rekey.carry_on()


@app.task(name="ask_list", queue="fetch", retry=False)
def ask_list(sanctions_list: int) -> None:
    refresh.ask(sanctions_list)
