"""Fewer indexes to write for each new mark: none that another one begins with, and of empty pointers no entry."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0016_newest_first"),
        ("registry", "0006_open_state"),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="assignment",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="annotations.assignment"
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="assignment",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="figures",
                to="annotations.assignment",
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="counted_entity",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="counted_by",
                to="registry.entity",
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="counted_span",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.span",
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="of_whole_entity",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.entity",
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="of_whole_span",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.span",
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="per_count_figure",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.span",
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="per_count_span",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.span",
            ),
        ),
        migrations.AlterField(
            model_name="span",
            name="assignment",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="spans", to="annotations.assignment"
            ),
        ),
        migrations.AlterField(
            model_name="span",
            name="entity",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spans",
                to="registry.entity",
            ),
        ),
        migrations.AlterField(
            model_name="span",
            name="event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="triggers",
                to="annotations.event",
            ),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(
                condition=models.Q(("per_count_figure__isnull", False)),
                fields=["per_count_figure"],
                name="figure_per_count_figure_there",
            ),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(
                condition=models.Q(("per_count_span__isnull", False)),
                fields=["per_count_span"],
                name="figure_per_count_span_there",
            ),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(
                condition=models.Q(("counted_span__isnull", False)), fields=["counted_span"], name="figure_counted_span_there"
            ),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(
                condition=models.Q(("counted_entity__isnull", False)),
                fields=["counted_entity"],
                name="figure_counted_entity_there",
            ),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(
                condition=models.Q(("of_whole_span__isnull", False)), fields=["of_whole_span"], name="figure_of_whole_span_there"
            ),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(
                condition=models.Q(("of_whole_entity__isnull", False)),
                fields=["of_whole_entity"],
                name="figure_of_whole_entity_there",
            ),
        ),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(condition=models.Q(("entity__isnull", False)), fields=["entity"], name="span_entity_there"),
        ),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(condition=models.Q(("event__isnull", False)), fields=["event"], name="span_event_there"),
        ),
    ]
