"""A merge moves marks in slices: how far it is, and the batches in which it moved something in place of the ids of all changes."""

import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q

BATCHES = """
INSERT INTO annotations_movedbatch (merge_id, assignment_id, revision, objects_moved, is_undone)
SELECT m.id, c.assignment_id, c.revision, count(*), m.undone_at IS NOT NULL
FROM annotations_merge m CROSS JOIN LATERAL unnest(m.changes) AS name JOIN annotations_change c ON c.id = name
WHERE c.kind IN ('span', 'event', 'claim') GROUP BY m.id, c.assignment_id, c.revision;
UPDATE annotations_merge m SET total = b.sum, moved = b.sum
FROM (SELECT merge_id, sum(objects_moved) FROM annotations_movedbatch GROUP BY merge_id) b WHERE b.merge_id = m.id;
"""
CHANGES = """
UPDATE annotations_merge m SET changes = b.ids FROM (SELECT merge_id, array_agg(c.id) AS ids FROM annotations_movedbatch b
    JOIN annotations_change c ON c.assignment_id = b.assignment_id AND c.revision = b.revision GROUP BY merge_id) b WHERE b.merge_id = m.id;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0014_field_words")]
    operations = [
        migrations.AddField("merge", "is_finished", models.BooleanField(default=True, help_text="Nothing is left to be moved.")),
        migrations.AddField(
            "merge",
            "total",
            models.PositiveIntegerField(
                default=0, help_text="Marks, events and claims that pointed at the entity when it began."
            ),
        ),
        migrations.AddField("merge", "moved", models.PositiveIntegerField(default=0, help_text="Of them: moved so far.")),
        migrations.AddIndex("merge", models.Index(fields=["at"], condition=Q(is_finished=False), name="merge_unfinished")),
        migrations.CreateModel(
            name="MovedBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(help_text="Of the assignment, after the batch.")),
                ("objects_moved", models.PositiveIntegerField()),
                ("is_undone", models.BooleanField(default=False)),
                (
                    "assignment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.assignment"),
                ),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="batches", to="annotations.merge"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "moved batches",
                "constraints": [models.UniqueConstraint(fields=["assignment", "revision"], name="movedbatch_once")],
                "indexes": [models.Index(fields=["merge", "id"], condition=Q(is_undone=False), name="movedbatch_to_undo")],
            },
        ),
        migrations.AlterField("merge", "changes", ArrayField(models.UUIDField(), default=list)),
        migrations.RunSQL(BATCHES, CHANGES),
        migrations.RemoveField("merge", "changes"),
    ]
