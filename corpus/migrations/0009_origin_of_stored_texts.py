"""What was stored before: where its bytes came from, as far as the intake tells, and an address is only as known as that.

Until now `retrieved_from` held what a text said of itself, and an address was anybody's. What cannot be known any more is
marked as not known; `manage.py doubtful_articles` lists it. From here on the database keeps the origin of a text as it is.
"""

from django.db import migrations

# Addresses and names are whole where a delivery has them. Of a text without one, the command line named each thing by where it came
# from, and an entry of a feed by the feed's address; a typed text came by its door. A load of marks named its texts by their titles.
ORIGINS = """
UPDATE corpus_document SET retrieved_from = coalesce((
    SELECT CASE
        WHEN delivery.id IS NOT NULL THEN coalesce(nullif(delivery.fetched_from, ''), nullif(delivery.url, ''), delivery.name)
        WHEN corpus_document.extractor = 'typed' THEN
            CASE intake.door WHEN 'page' THEN 'web page' WHEN 'api' THEN 'API' ELSE 'command line' END
        WHEN intake.door = 'feed' THEN (
            SELECT feed.url FROM corpus_feed feed
            WHERE feed.corpus_id = intake.corpus_id AND starts_with(item.name, feed.url || '/')
            ORDER BY length(feed.url) DESC LIMIT 1)
        WHEN intake.door = 'command' AND corpus_document.encoding_basis <> 'given as text, with marks on it' THEN item.name
    END
    FROM corpus_intakeitem item JOIN corpus_intake intake ON intake.id = item.intake_id
    LEFT JOIN corpus_delivery delivery ON delivery.id = item.delivery_id
    WHERE item.document_id = corpus_document.id AND item.outcome IN ('stored', 'copy')
    ORDER BY item.id LIMIT 1), '');
UPDATE corpus_article SET
    url_basis = CASE WHEN url = '' THEN url_basis WHEN url_basis = '' THEN 'not known'
        ELSE left('not known; noted: ' || url_basis, 200) END,
    outlet_basis = CASE WHEN outlet_id IS NULL THEN '' ELSE 'not known' END
WHERE url <> '' OR outlet_id IS NOT NULL;
UPDATE corpus_held SET source = coalesce(nullif(delivery.fetched_from, ''), nullif(delivery.url, ''), delivery.name), is_fetched = delivery.url <> ''
FROM corpus_intakeitem item JOIN corpus_delivery delivery ON delivery.id = item.delivery_id
WHERE item.id = corpus_held.item_id;
"""

TRIGGER = """
DROP TRIGGER document_immutable ON corpus_document;
CREATE TRIGGER document_immutable BEFORE UPDATE ON corpus_document FOR EACH ROW
WHEN (({old}) IS DISTINCT FROM ({new}))
EXECUTE FUNCTION attest_immutable('The text');
"""
BEFORE = ("text", "sha256", "raw_id", "article_id", "corpus_id", "source_map::text")


def trigger(columns: tuple[str, ...]) -> str:
    return TRIGGER.format(**{row: ", ".join(f"{row.upper()}.{name}" for name in columns) for row in ("old", "new")})


class Migration(migrations.Migration):
    dependencies = [("corpus", "0008_claimed_addresses")]
    operations = [
        migrations.RunSQL(ORIGINS, migrations.RunSQL.noop),
        migrations.RunSQL(trigger((*BEFORE, "retrieved_from", "accepted_by_id")), trigger(BEFORE)),
    ]
