"""Jobs of the background worker for sanctions lists: files are loaded."""

from __future__ import annotations

from procrastinate.contrib.django import app

from registry.list_versions.load import load
from registry.models import ListVersion


@app.task(name="load_list_version", queue="intake", retry=False)
def load_list_version(version: int) -> None:
    waiting = ListVersion.objects.select_related("list", "file").filter(pk=version, state="loading").first()
    if waiting:
        load(waiting)
