"""The bytes of a raw file may leave their row for an object with their hash; nothing else of a raw file changes, and only a command does it."""

from django.db import migrations

TRIGGER = """
DROP TRIGGER raw_immutable ON corpus_raw;
CREATE TRIGGER raw_immutable BEFORE UPDATE ON corpus_raw FOR EACH ROW WHEN ((
    coalesce(current_setting('attest.moves_bytes', true), '') = 'on'
    AND (OLD.id, OLD.corpus_id, OLD.sha256, OLD.storage) = (NEW.id, NEW.corpus_id, NEW.sha256, 'row')
    AND NEW.storage = 'object' AND NEW.content IS NULL AND NEW.size = octet_length(OLD.content)
) IS NOT TRUE)
EXECUTE FUNCTION attest_immutable('The content');
"""
BEFORE = """
DROP TRIGGER raw_immutable ON corpus_raw;
CREATE TRIGGER raw_immutable BEFORE UPDATE ON corpus_raw FOR EACH ROW EXECUTE FUNCTION attest_immutable('The content');
"""


class Migration(migrations.Migration):
    dependencies = [("corpus", "0041_erasure")]
    operations = [migrations.RunSQL(TRIGGER, BEFORE)]
