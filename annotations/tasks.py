"""Jobs of the background worker: files of marks that are too large to wait for."""

from __future__ import annotations

from procrastinate.contrib.django import app

from annotations.imports.staged import carry_out


@app.task(name="load_marks", queue="intake", retry=False)
def load_marks(load: str) -> None:
    carry_out(load)
