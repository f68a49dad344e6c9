"""Keys of listed names in a third of the room: one row for each key of a list, with the names that have it, instead of one row for each name.

A foreign key cannot watch over the members of an array: a trigger takes names that are deleted out of it.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

TABLE = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE registry_listednamekey RENAME TO registry_listednamekey_before;
CREATE TABLE registry_listednamekey (
    key bigint NOT NULL,
    of_list integer NOT NULL,
    weight smallint NOT NULL CONSTRAINT registry_listednamekey_weight_check CHECK (weight >= 0),
    names integer[] NOT NULL CONSTRAINT listednamekey_has_names CHECK (cardinality(names) > 0)
);
INSERT INTO registry_listednamekey (key, of_list, weight, names)
    SELECT key, of_list, weight, array_agg(name_id::integer ORDER BY name_id) FROM registry_listednamekey_before GROUP BY 1, 2, 3;
DROP TABLE registry_listednamekey_before;
ALTER TABLE registry_listednamekey
    ADD CONSTRAINT registry_listednamekey_pkey PRIMARY KEY (key, of_list, weight),
    ADD CONSTRAINT registry_listednamekey_of_list_fk FOREIGN KEY (of_list) REFERENCES registry_sanctionslist (id)
        DEFERRABLE INITIALLY DEFERRED;
"""
TRIGGER = """
CREATE FUNCTION attest_forget_listed_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH keys_left AS (
        SELECT k.key, k.of_list, k.weight, array_agg(n.name ORDER BY n.name) FILTER (WHERE g.id IS NULL) AS names
        FROM registry_listednamekey k CROSS JOIN LATERAL unnest(k.names) AS n(name) LEFT JOIN gone g ON g.id = n.name
        WHERE k.of_list IN (SELECT e.list_id FROM gone JOIN registry_listentry e ON e.id = gone.entry_id)
        GROUP BY 1, 2, 3 HAVING count(g.id) > 0
    ), unnamed AS (
        DELETE FROM registry_listednamekey k USING keys_left l
        WHERE (k.key, k.of_list, k.weight) = (l.key, l.of_list, l.weight) AND l.names IS NULL
    )
    UPDATE registry_listednamekey k SET names = l.names FROM keys_left l
    WHERE (k.key, k.of_list, k.weight) = (l.key, l.of_list, l.weight) AND l.names IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER keys_follow AFTER DELETE ON registry_listedname REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION attest_forget_listed_names();
"""
BACK = """
SET CONSTRAINTS ALL IMMEDIATE;
DROP TRIGGER keys_follow ON registry_listedname;
DROP FUNCTION attest_forget_listed_names();
ALTER TABLE registry_listednamekey RENAME TO registry_listednamekey_after;
CREATE TABLE registry_listednamekey (
    name_id bigint NOT NULL,
    key bigint NOT NULL,
    of_list integer NOT NULL,
    weight smallint NOT NULL CHECK (weight >= 0)
);
INSERT INTO registry_listednamekey (name_id, key, of_list, weight)
    SELECT unnest(names), key, of_list, weight FROM registry_listednamekey_after ORDER BY key;
DROP TABLE registry_listednamekey_after;
ALTER TABLE registry_listednamekey
    ADD CONSTRAINT registry_listednamekey_pkey PRIMARY KEY (key, name_id) INCLUDE (weight, of_list),
    ADD CONSTRAINT registry_listednamekey_name_id_fk FOREIGN KEY (name_id) REFERENCES registry_listedname (id)
        DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX listednamekey_of_name ON registry_listednamekey (name_id);
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0020_smaller_keys")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([TABLE, TRIGGER], BACK)],
            state_operations=[
                migrations.DeleteModel("ListedNameKey"),
                migrations.CreateModel(
                    name="ListedNameKey",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "key", "of_list", "weight", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("key", models.BigIntegerField()),
                        ("of_list", models.IntegerField(help_text="Id of the list of the names.")),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(
                                help_text="Of 100: how much two names with this key have in common."
                            ),
                        ),
                        (
                            "names",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(),
                                help_text="Ids of the names that have it, oldest first.",
                                size=None,
                            ),
                        ),
                    ],
                    options={"verbose_name": "key of listed names", "verbose_name_plural": "keys of listed names"},
                ),
                migrations.AddConstraint(
                    model_name="listednamekey",
                    constraint=models.CheckConstraint(condition=models.Q(("names__len__gt", 0)), name="listednamekey_has_names"),
                ),
            ],
        )
    ]
