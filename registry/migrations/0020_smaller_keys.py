"""Keys of listed names in three quarters of the room: one index that covers a look-up and is the primary key as well, a small one by name,
and columns in an order that leaves no gaps between them."""

from django.db import migrations, models

# Constraints that wait for the end of the transaction would forbid what follows.
TABLE = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE registry_listednamekey RENAME TO registry_listednamekey_before;
CREATE TABLE registry_listednamekey (
    name_id bigint NOT NULL,
    key bigint NOT NULL,
    of_list integer NOT NULL,
    weight smallint NOT NULL CONSTRAINT registry_listednamekey_weight_check CHECK (weight >= 0)
);
INSERT INTO registry_listednamekey (name_id, key, of_list, weight)
    SELECT name_id, key, of_list, weight FROM registry_listednamekey_before ORDER BY key, name_id;
DROP TABLE registry_listednamekey_before;
ALTER TABLE registry_listednamekey
    ADD CONSTRAINT registry_listednamekey_pkey PRIMARY KEY (key, name_id) INCLUDE (weight, of_list),
    ADD CONSTRAINT registry_listednamekey_name_id_fk FOREIGN KEY (name_id) REFERENCES registry_listedname (id)
        DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX listednamekey_of_name ON registry_listednamekey (name_id);
"""
BACK = """
SET CONSTRAINTS ALL IMMEDIATE;
DROP INDEX listednamekey_of_name;
ALTER TABLE registry_listednamekey DROP CONSTRAINT registry_listednamekey_pkey,
    ADD CONSTRAINT registry_listednamekey_pkey PRIMARY KEY (name_id, key);
CREATE INDEX listednamekey_by_key ON registry_listednamekey (key) INCLUDE (name_id, weight, of_list);
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0019_keys_by_list")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE, BACK)],
            state_operations=[
                migrations.RemoveIndex(model_name="listednamekey", name="listednamekey_by_key"),
                migrations.AddIndex(
                    model_name="listednamekey", index=models.Index(fields=["name"], name="listednamekey_of_name")
                ),
            ],
        )
    ]
