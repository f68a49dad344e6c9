"""The practice list of the demo, and a screening against it, which the worker does once the server runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotations.write import screening_runs
from corpus.models import Corpus
from registry.list_versions.load import load
from registry.list_versions.submit import submit
from registry.models import ListVersion, SanctionsList
from registry.models.screening import USUAL


def screen(corpus: Corpus, file: Path, manager: Any) -> None:
    """Load the list of the corpus and screen against it. A list that cannot be read here says so on its page."""
    made = SanctionsList.objects.create(code="PRACTICE", name="Invented for practice: the list of Samplia", corpus=corpus)
    version = load(submit(made, file.read_bytes(), name=file.name, user=manager), "own")
    if version.state == ListVersion.State.CURRENT:
        screening_runs.choose(corpus, manager, made, USUAL, [])
        screening_runs.start(corpus, manager)
