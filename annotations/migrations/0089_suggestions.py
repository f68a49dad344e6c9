"""Outcomes of suggestions are a kind of object, and a reading says whether it gets any.

What was begun before got none; only a reading that is still empty does from now on.
"""

import annotations.models.span
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


FROM_NOW_ON = "UPDATE annotations_assignment SET suggesting = true WHERE status = 'open' AND revision = 0 AND role = 'annotation'"
HELD = """
CREATE TRIGGER arm_immutable BEFORE UPDATE OF suggesting ON annotations_assignment FOR EACH ROW
WHEN (OLD.suggesting IS DISTINCT FROM NEW.suggesting) EXECUTE FUNCTION attest_immutable('Whether suggestions are offered');
CREATE TRIGGER shown_immutable BEFORE UPDATE ON annotations_suggestionsshown FOR EACH ROW
EXECUTE FUNCTION attest_immutable('What was shown');
"""
UNDO = """
DROP TRIGGER arm_immutable ON annotations_assignment;
DROP TRIGGER shown_immutable ON annotations_suggestionsshown;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0088_undo_of_kept_apart"),
        ("corpus", "0053_scheme_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="SuggestionOutcome",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                ("kind", models.CharField(help_text="Kind of object that was suggested.", max_length=10)),
                ("layer", models.CharField(blank=True, max_length=40)),
                ("label", models.CharField(blank=True, max_length=40)),
                ("fragments", annotations.models.span.FragmentsField()),
                ("by", models.JSONField(help_text="Suggesters, each with its version and score.", verbose_name="suggested by")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("accepted", "accepted"), ("changed", "accepted with changes"), ("rejected", "rejected")],
                        max_length=8,
                    ),
                ),
                (
                    "changed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        help_text="What differs from the suggestion: words, label, entity.",
                    ),
                ),
                (
                    "made_kind",
                    models.CharField(blank=True, help_text="Kind of what was made of it; empty: rejected.", max_length=10),
                ),
                ("made", models.UUIDField(help_text="What was made of it. It may have been deleted since.", null=True)),
                ("seconds", models.FloatField(help_text="From the first look to the decision. Empty: not measured.", null=True)),
                ("revision", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["assignment", "fragments", "id"],
            },
        ),
        migrations.CreateModel(
            name="SuggestionsShown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("digest", models.CharField(max_length=64)),
                ("items", models.JSONField(help_text="Key, layer, label and suggesters of each.")),
            ],
            options={
                "verbose_name_plural": "suggestions shown",
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="suggesting",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Suggestions are offered. Drawn when the reading begins, never changed: readings without any show what they do.",
            ),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="suggesting",
            field=models.BooleanField(
                default=True,
                editable=False,
                help_text="Suggestions are offered. Drawn when the reading begins, never changed: readings without any show what they do.",
            ),
        ),
        migrations.RunSQL(FROM_NOW_ON, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="teamsettings",
            name="control_share",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="Per cent of the readings in which nothing is suggested, to compare the others with: 0 to 50.",
            ),
        ),
        migrations.AddField(
            model_name="teamsettings",
            name="suggestions",
            field=models.BooleanField(default=True, help_text="Annotators are offered suggestions while they read."),
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
                    ("outcome", "outcome of a suggestion"),
                    ("entity", "entity"),
                    ("relation", "entity relation"),
                    ("document", "document"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="teamsettings",
            constraint=models.CheckConstraint(condition=models.Q(("control_share__lte", 50)), name="team_settings_control_share"),
        ),
        migrations.AddField(
            model_name="suggestionoutcome",
            name="assignment",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="annotations.assignment"
            ),
        ),
        migrations.AddField(
            model_name="suggestionsshown",
            name="assignment",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.assignment"),
        ),
        migrations.AddConstraint(
            model_name="suggestionoutcome",
            constraint=models.UniqueConstraint(fields=("assignment", "key"), name="suggestionoutcome_once"),
        ),
        migrations.AddConstraint(
            model_name="suggestionoutcome",
            constraint=models.CheckConstraint(
                condition=annotations.models.span.FragmentsValid(models.F("fragments")), name="suggestionoutcome_fragments"
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestionoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made__isnull", True), ("made_kind", ""), ("outcome", "rejected")),
                    models.Q(
                        models.Q(("outcome", "rejected"), _negated=True),
                        ("made__isnull", False),
                        models.Q(("made_kind", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="suggestionoutcome_makes_unless_rejected",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestionoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "changed"), models.Q(("changed", []), _negated=True)),
                    models.Q(models.Q(("outcome", "changed"), _negated=True), ("changed", [])),
                    _connector="OR",
                ),
                name="suggestionoutcome_says_what_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestionsshown",
            constraint=models.UniqueConstraint(fields=("assignment", "digest"), name="suggestionsshown_once"),
        ),
        migrations.RunSQL(HELD, UNDO),
    ]
