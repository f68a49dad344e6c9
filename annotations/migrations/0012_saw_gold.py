from django.db import migrations, models

from corpus.db.evidence_triggers import recording


COLUMNS = "document_id annotator_id role scheme_id status created submitted"
RECORDED = [
    recording("annotations_assignment", "assignment", "assignment", COLUMNS, present="update")[::-1],
    recording("annotations_assignment", "assignment", "assignment", f"{COLUMNS} saw_gold", present="update"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0010_chained"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="saw_gold",
            field=models.DateTimeField(
                blank=True,
                help_text="When it was opened again although its annotator could have read the gold: see reopen.",
                null=True,
            ),
        ),
        *(migrations.RunSQL(*each) for each in RECORDED),
    ]
