"""Jobs of the background worker: files of marks, and merges of entities, that are too large to wait for."""

from __future__ import annotations

from procrastinate.contrib.django import app

from annotations.imports.staged import carry_out
from annotations.write import merge_slices


@app.task(name="load_marks", queue="intake", retry=False)
def load_marks(load: str) -> None:
    carry_out(load)


@app.task(name="move_marks", queue="intake", retry=False)
def move_marks(merge: str) -> None:
    """The rest of a merge, or of its undoing."""
    merge_slices.carry_out(merge)


@app.periodic(cron="* * * * *")
@app.task(name="find_unfinished_merges", queue="intake", queueing_lock="find_unfinished_merges", pass_context=False)
def find_unfinished_merges(timestamp: int) -> None:
    """Every minute: a merge that is not finished gets a job if it has none, since that failed with the database."""
    merge_slices.defer_unfinished()
