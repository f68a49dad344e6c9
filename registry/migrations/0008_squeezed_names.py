"""Entities are found by what their name has in common with others."""

from django.db import migrations

from registry.naming import SQUEEZED

INDEX = f"""CREATE INDEX entity_squeezed_trigrams ON registry_entity USING gin (({SQUEEZED.format("plain")}) gin_trgm_ops)"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_field_words")]
    operations = [migrations.RunSQL(INDEX, "DROP INDEX entity_squeezed_trigrams")]
