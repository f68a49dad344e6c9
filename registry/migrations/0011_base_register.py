import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from corpus.db.evidence_triggers import recording

# The shared register is loaded from its file (`registry.models.base.loading`), and written in no other way.
GUARD = """
CREATE FUNCTION attest_base_register_is_loaded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('attest.loads_base_register', true), '') <> 'yes' THEN
        RAISE EXCEPTION 'the shared register is loaded from its file: % is refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER only_loaded BEFORE INSERT OR UPDATE OR DELETE ON registry_baseentity FOR EACH STATEMENT
EXECUTE FUNCTION attest_base_register_is_loaded();
CREATE TRIGGER only_loaded BEFORE INSERT OR UPDATE OR DELETE ON registry_basename FOR EACH STATEMENT
EXECUTE FUNCTION attest_base_register_is_loaded();
"""
UNDO = """
DROP TRIGGER only_loaded ON registry_baseentity;
DROP TRIGGER only_loaded ON registry_basename;
DROP FUNCTION attest_base_register_is_loaded();
"""

ENTITY = "corpus_id key type name countries reference anonymous screening outlet_id note revision"
ENTITY_LINKED = "corpus_id key type name countries reference anonymous screening outlet_id same_as_id note revision"
RECORDED = [
    recording("registry_entity", "entity", "entity", ENTITY, present="update")[::-1],
    recording("registry_entity", "entity", "entity", ENTITY_LINKED, present="update"),
    recording("registry_entityname", "name", "entity", "position name", owner="entity_id", present="update")[::-1],
    recording("registry_entityname", "name", "entity", "position name kind", owner="entity_id", present="update"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0012_evidence_log"),
        ("registry", "0010_sanctions_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="BaseName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=500)),
                (
                    "plain",
                    models.GeneratedField(
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "name"),
                            ("alias", "alias"),
                            ("abbreviation", "abbreviation"),
                            ("adjective", "adjective"),
                            ("demonym", "demonym"),
                            ("former", "former name"),
                            ("original", "name in its own language"),
                        ],
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(blank=True, help_text="ISO 639-1. Empty: not stated.", max_length=10)),
                (
                    "script",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(name__regex="[ᄀ-ᇿㄱ-ㆎꥠ-\ua97f가-\ud7ff]", then=models.Value("hangul")),
                            models.When(name__regex="[⺀-\u2fdf々〇㐀-䶿一-鿿豈-\ufaff𠀀-𲎯]", then=models.Value("han")),
                            models.When(name__regex="[\u3040-ヿㇰ-ㇿ]", then=models.Value("kana")),
                            models.When(name__regex="[\u0600-ۿݐ-ݿࢠ-ࣿﭐ-﷿ﹰ-\ufeff]", then=models.Value("arabic")),
                            models.When(name__regex="[Ѐ-ԯᲀ-\u1c8fⷠ-ⷿꙀ-ꚟ]", then=models.Value("cyrillic")),
                            models.When(name__regex="[A-Za-zÀ-ɏḀ-ỿ]", then=models.Value("latin")),
                            default=models.Value("other"),
                            output_field=models.CharField(max_length=10),
                        ),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
            ],
            options={
                "verbose_name": "name in the shared register",
                "verbose_name_plural": "names in the shared register",
                "ordering": ["entity", "position"],
            },
        ),
        migrations.AddField(
            model_name="entityname",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("name", "name"),
                    ("alias", "alias"),
                    ("former", "former name"),
                    ("adjective", "adjective"),
                    ("demonym", "demonym"),
                    ("abbreviation", "abbreviation"),
                    ("transliteration", "transliteration"),
                    ("original", "name in its own language"),
                ],
                default="",
                help_text="Empty: not stated.",
                max_length=15,
            ),
        ),
        migrations.CreateModel(
            name="BaseEntity",
            fields=[
                ("code", models.CharField(help_text="Never changes: iso-cn.", max_length=60, primary_key=True, serialize=False)),
                ("type", models.CharField(help_text="Entity type: the code of an actor label.", max_length=40)),
                ("name", models.CharField(max_length=500)),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), blank=True, default=list, help_text="ISO 3166-1 alpha-2."
                    ),
                ),
                ("identifiers", models.JSONField(blank=True, default=list, help_text="Scheme and value of each.")),
                ("source", models.CharField(help_text="Origin of the entry.", max_length=500)),
                ("licence", models.CharField(help_text="Terms of each source.", max_length=500)),
            ],
            options={
                "verbose_name": "entry of the shared register",
                "verbose_name_plural": "shared register",
                "ordering": ["name", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            models.Q(("licence", ""), _negated=True),
                        ),
                        name="baseentity_is_sourced",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="entity",
            name="same_as",
            field=models.ForeignKey(
                blank=True,
                help_text="Entry of the shared register that a person linked. Empty: nobody linked one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entities",
                to="registry.baseentity",
            ),
        ),
        migrations.AddConstraint(
            model_name="entity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("same_as__isnull", False)), fields=("corpus", "same_as"), name="entity_same_as"
            ),
        ),
        migrations.AddField(
            model_name="basename",
            name="entity",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="names", to="registry.baseentity"),
        ),
        migrations.AddField(
            model_name="entityname",
            name="script",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(name__regex="[ᄀ-ᇿㄱ-ㆎꥠ-\ua97f가-\ud7ff]", then=models.Value("hangul")),
                    models.When(name__regex="[⺀-\u2fdf々〇㐀-䶿一-鿿豈-\ufaff𠀀-𲎯]", then=models.Value("han")),
                    models.When(name__regex="[\u3040-ヿㇰ-ㇿ]", then=models.Value("kana")),
                    models.When(name__regex="[\u0600-ۿݐ-ݿࢠ-ࣿﭐ-﷿ﹰ-\ufeff]", then=models.Value("arabic")),
                    models.When(name__regex="[Ѐ-ԯᲀ-\u1c8fⷠ-ⷿꙀ-ꚟ]", then=models.Value("cyrillic")),
                    models.When(name__regex="[A-Za-zÀ-ɏḀ-ỿ]", then=models.Value("latin")),
                    default=models.Value("other"),
                    output_field=models.CharField(max_length=10),
                ),
                output_field=models.CharField(max_length=10),
            ),
        ),
        migrations.AddIndex(
            model_name="basename",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(models.F("plain"), "text_pattern_ops"), name="basename_by_plain"
            ),
        ),
        migrations.AddIndex(
            model_name="basename",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["plain"], name="basename_plain_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="basename",
            constraint=models.UniqueConstraint(fields=("entity", "kind", "name"), name="basename_once"),
        ),
        migrations.AddConstraint(
            model_name="basename",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="basename_not_empty"),
        ),
        migrations.RunSQL(GUARD, UNDO),
        *(migrations.RunSQL(*each) for each in RECORDED),
    ]
