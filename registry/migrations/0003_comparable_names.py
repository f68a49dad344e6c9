"""Names in the form in which they are compared, indexed for beginnings and for parts."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0002_immutable"),
        ("registry", "0002_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="entity",
            name="entity_name_trigrams",
        ),
        migrations.AddField(
            model_name="entity",
            name="plain",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.Func(
                        models.Func(
                            models.Func(
                                models.Func(
                                    "name",
                                    models.Value("’‘“”", output_field=models.TextField()),
                                    models.Value("''\"\"", output_field=models.TextField()),
                                    function="translate",
                                    output_field=models.TextField(),
                                ),
                                models.Value("[[:space:]]+", output_field=models.TextField()),
                                models.Value(" ", output_field=models.TextField()),
                                models.Value("g", output_field=models.TextField()),
                                function="regexp_replace",
                                output_field=models.TextField(),
                            ),
                            function="btrim",
                            output_field=models.TextField(),
                        ),
                        function="lower",
                        output_field=models.TextField(),
                    ),
                    models.Value("^(the|a|an) (?=.)", output_field=models.TextField()),
                    models.Value("", output_field=models.TextField()),
                    function="regexp_replace",
                    output_field=models.TextField(),
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="entityname",
            name="plain",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.Func(
                        models.Func(
                            models.Func(
                                models.Func(
                                    "name",
                                    models.Value("’‘“”", output_field=models.TextField()),
                                    models.Value("''\"\"", output_field=models.TextField()),
                                    function="translate",
                                    output_field=models.TextField(),
                                ),
                                models.Value("[[:space:]]+", output_field=models.TextField()),
                                models.Value(" ", output_field=models.TextField()),
                                models.Value("g", output_field=models.TextField()),
                                function="regexp_replace",
                                output_field=models.TextField(),
                            ),
                            function="btrim",
                            output_field=models.TextField(),
                        ),
                        function="lower",
                        output_field=models.TextField(),
                    ),
                    models.Value("^(the|a|an) (?=.)", output_field=models.TextField()),
                    models.Value("", output_field=models.TextField()),
                    function="regexp_replace",
                    output_field=models.TextField(),
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="entity",
            index=models.Index(
                models.F("corpus"),
                django.contrib.postgres.indexes.OpClass(models.F("plain"), "text_pattern_ops"),
                name="entity_by_plain",
            ),
        ),
        migrations.AddIndex(
            model_name="entity",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["plain"], name="entity_plain_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="entityname",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(models.F("plain"), "text_pattern_ops"), name="entityname_by_plain"
            ),
        ),
        migrations.AddIndex(
            model_name="entityname",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["plain"], name="entityname_plain_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
