"""A stored text never changes: the database refuses it, whoever asks."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION attest_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % cannot be changed: store a new document instead', TG_ARGV[0], TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

DOCUMENT = """
CREATE TRIGGER document_immutable BEFORE UPDATE ON corpus_document FOR EACH ROW
WHEN ((OLD.text, OLD.sha256, OLD.raw_id, OLD.article_id, OLD.corpus_id, OLD.source_map::text)
      IS DISTINCT FROM
      (NEW.text, NEW.sha256, NEW.raw_id, NEW.article_id, NEW.corpus_id, NEW.source_map::text))
EXECUTE FUNCTION attest_immutable('The text');
"""

OTHERS = """
CREATE TRIGGER raw_immutable BEFORE UPDATE ON corpus_raw FOR EACH ROW
EXECUTE FUNCTION attest_immutable('The content');
CREATE TRIGGER segment_immutable BEFORE UPDATE ON corpus_segment FOR EACH ROW
EXECUTE FUNCTION attest_immutable('A segment');
CREATE TRIGGER zone_immutable BEFORE UPDATE ON corpus_zone FOR EACH ROW
EXECUTE FUNCTION attest_immutable('A zone');
CREATE TRIGGER repair_immutable BEFORE UPDATE ON corpus_repair FOR EACH ROW
EXECUTE FUNCTION attest_immutable('A repair');
"""

UNDO = """
DROP TRIGGER document_immutable ON corpus_document;
DROP TRIGGER raw_immutable ON corpus_raw;
DROP TRIGGER segment_immutable ON corpus_segment;
DROP TRIGGER zone_immutable ON corpus_zone;
DROP TRIGGER repair_immutable ON corpus_repair;
DROP FUNCTION attest_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("corpus", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION + DOCUMENT + OTHERS, UNDO)]
