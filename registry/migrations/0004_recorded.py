"""Entities with all that hangs on them, and their relations, are recorded in the evidence log."""

from django.db import migrations

from corpus.db.evidence_triggers import recording

RECORDED = [
    recording(
        "registry_entity",
        "entity",
        "entity",
        "corpus_id key type name countries reference anonymous screening outlet_id note revision",
    ),
    recording("registry_entityname", "name", "entity", "position name", owner="entity_id"),
    recording("registry_entityidentifier", "identifier", "entity", "scheme value", owner="entity_id"),
    recording("registry_listlink", "list_link", "entity", "list entry match list_version reviewer_id note", owner="entity_id"),
    recording("registry_relation", "relation", "relation", "corpus_id source_id target_id type basis note revision"),
]


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_comparable_names"), ("corpus", "0012_evidence_log")]
    operations = [migrations.RunSQL(*each) for each in RECORDED]
