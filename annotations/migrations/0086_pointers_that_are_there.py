"""Fewer indexes to write for each new mark: of empty pointers of arguments and links no entry, and none that another one begins with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0085_password_links"),
        ("registry", "0028_candidates_that_no_longer_match"),
    ]

    operations = [
        migrations.AlterField(
            model_name="argument",
            name="citation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fills",
                to="annotations.citation",
            ),
        ),
        migrations.AlterField(
            model_name="argument",
            name="entity",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fills",
                to="registry.entity",
            ),
        ),
        migrations.AlterField(
            model_name="argument",
            name="event",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="arguments",
                to="annotations.event",
            ),
        ),
        migrations.AlterField(
            model_name="argument",
            name="filler_event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fills",
                to="annotations.event",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="label",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="annotations.label",
                verbose_name="type",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="source_claim",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links_out",
                to="annotations.claim",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="source_event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links_out",
                to="annotations.event",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="source_span",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links_out",
                to="annotations.span",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="target_claim",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links_in",
                to="annotations.claim",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="target_event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links_in",
                to="annotations.event",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="target_span",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links_in",
                to="annotations.span",
            ),
        ),
        migrations.AddIndex(
            model_name="argument",
            index=models.Index(condition=models.Q(("entity__isnull", False)), fields=["entity"], name="argument_entity_there"),
        ),
        migrations.AddIndex(
            model_name="argument",
            index=models.Index(
                condition=models.Q(("filler_event__isnull", False)), fields=["filler_event"], name="argument_filler_event_there"
            ),
        ),
        migrations.AddIndex(
            model_name="argument",
            index=models.Index(
                condition=models.Q(("citation__isnull", False)), fields=["citation"], name="argument_citation_there"
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                condition=models.Q(("source_span__isnull", False)), fields=["source_span"], name="link_source_span_there"
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                condition=models.Q(("target_span__isnull", False)), fields=["target_span"], name="link_target_span_there"
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                condition=models.Q(("source_event__isnull", False)), fields=["source_event"], name="link_source_event_there"
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                condition=models.Q(("target_event__isnull", False)), fields=["target_event"], name="link_target_event_there"
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                condition=models.Q(("source_claim__isnull", False)), fields=["source_claim"], name="link_source_claim_there"
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                condition=models.Q(("target_claim__isnull", False)), fields=["target_claim"], name="link_target_claim_there"
            ),
        ),
    ]
