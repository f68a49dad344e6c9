"""Notes become rows of their own, written, logged and undone as everything else is."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


def to_rows(apps, schema_editor):
    """Unsigned, since nobody recorded who wrote them."""
    note = apps.get_model("annotations", "Note")
    for found in apps.get_model("annotations", "Assignment").objects.exclude(notes=[]).iterator():
        told = [(order, text) for order, text in enumerate(found.notes) if text]
        named = [{"id": uuid.uuid5(found.pk, f"note/{order}/{text}"), "order": order, "text": text} for order, text in told]
        note.objects.bulk_create(note(assignment=found, revision=found.revision, **fields) for fields in named)


def to_arrays(apps, schema_editor):
    for note in apps.get_model("annotations", "Note").objects.order_by("assignment", "order", "id").iterator():
        found = apps.get_model("annotations", "Assignment").objects.get(pk=note.assignment_id)
        found.notes = [*found.notes, note.text]
        found.save(update_fields=["notes"])


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_guards")]
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("order", models.PositiveIntegerField(default=0, help_text="Notes are read in this order.")),
                ("text", models.TextField()),
                ("revision", models.PositiveIntegerField(help_text="Of the assignment, when it was last written.")),
                (
                    "assignment",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotations.assignment"),
                ),
            ],
            options={"ordering": ["assignment", "order", "id"]},
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="note_says_something"),
        ),
        migrations.RunPython(to_rows, to_arrays),
        migrations.RemoveField(model_name="assignment", name="notes"),
        migrations.AlterField(
            model_name="note",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="annotations.assignment"
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("span", "mark"),
                    ("event", "event"),
                    ("claim", "claim"),
                    ("citation", "citation"),
                    ("link", "link"),
                    ("note", "note"),
                    ("entity", "entity"),
                    ("relation", "entity relation"),
                ],
                max_length=10,
            ),
        ),
    ]
