"""doccano's own importer (the package doccano) loads what was written into a project of its own, and its export is written.

    python tests/clients/doccano.py DIRECTORY/doccano.jsonl [DIRECTORY/exported.jsonl]

Version 1.8.4 needs "marshmallow<4" and "numpy<2" beside it. The export is what a person would bring back: read it with the format
doccano again.
"""

import importlib.util
import json
import os
import sys
import tempfile
import uuid
from collections import Counter
from pathlib import Path


def start(folder: str) -> None:
    """Its Django project, with a database in a folder that goes away."""
    import django
    from django.core.management import call_command

    backend = Path(next(iter(importlib.util.find_spec("backend").submodule_search_locations)))
    sys.path.insert(0, str(backend))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATABASE_URL": f"sqlite:///{folder}/doccano.sqlite3",
        "DOCCANO_HOME": folder,
    }
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("create_roles", verbosity=0)


def load(path: str) -> None:
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import JSONL
    from data_import.pipeline.readers import FileName
    from django.contrib.auth import get_user_model
    from labels.models import Relation, Span
    from projects.models import ProjectType, SequenceLabelingProject

    user = get_user_model().objects.create_user("admin", password=uuid.uuid4().hex)
    project = SequenceLabelingProject.objects.create(
        name="seed", project_type=ProjectType.SEQUENCE_LABELING, created_by=user, allow_overlapping=True, use_relation=True
    )
    dataset = load_dataset("RelationExtraction", JSONL, [FileName(path, path, path)], project)
    dataset.save(user)
    assert not dataset.errors, dataset.errors
    lines = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    spans, relations = Span.objects.select_related("example", "label"), Relation.objects.count()
    found = Counter((span.example.text, span.start_offset, span.end_offset, span.label.text) for span in spans)
    given = Counter((line["text"], e["start_offset"], e["end_offset"], e["label"]) for line in lines for e in line["entities"])
    assert found == given
    assert relations == sum(len(line["relations"]) for line in lines)
    print(f"doccano: {len(lines)} texts, {sum(found.values())} spans and {relations} relations loaded as they were written")


def export(path: str) -> None:
    """As its page does: entities and relations by their database ids."""
    from examples.models import Example

    with Path(path).open("w", encoding="utf-8") as file:
        for example in Example.objects.all():
            entities = [
                {"id": s.id, "label": s.label.text, "start_offset": s.start_offset, "end_offset": s.end_offset}
                for s in example.spans.all()
            ]
            relations = [
                {"id": r.id, "from_id": r.from_id.id, "to_id": r.to_id.id, "type": r.type.text} for r in example.relations.all()
            ]
            whole = {
                "id": example.id,
                "text": example.text,
                **example.meta,
                "entities": entities,
                "relations": relations,
                "Comments": [],
            }
            file.write(json.dumps(whole, ensure_ascii=False, default=str) + "\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        start(home)
        load(sys.argv[1])
        if len(sys.argv) > 2:
            export(sys.argv[2])
