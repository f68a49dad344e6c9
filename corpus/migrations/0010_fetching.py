"""Addresses are fetched by jobs of their sites, apart from the reading of files, and sites at a pace that all workers share.

What waits already is told by its host until it is fetched. A feed that fetched the pages of its entries went to any site until
now: it goes on so, and its page says it; a new one does so only by choice.
"""

from django.db import migrations, models

SITES = r"""
UPDATE corpus_delivery SET site = coalesce(substring(lower(url) from '^\s*https?://([a-z0-9.-]{1,253})'), 'unknown')
WHERE url <> '' AND content IS NULL AND state IN ('waiting', 'reading')
"""


class Migration(migrations.Migration):
    dependencies = [("corpus", "0007_near")]
    operations = [
        migrations.CreateModel(
            name="Robots",
            fields=[
                ("origin", models.CharField(max_length=270, primary_key=True, serialize=False)),
                ("text", models.TextField(blank=True)),
                (
                    "is_shut",
                    models.BooleanField(
                        default=False, help_text="Its server failed: nothing is fetched until it is asked again."
                    ),
                ),
                ("until", models.DateTimeField(help_text="When it is asked for again.")),
            ],
            options={"verbose_name_plural": "robots"},
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("name", models.CharField(max_length=253, primary_key=True, serialize=False)),
                (
                    "free",
                    models.DateTimeField(help_text="From when on it may be asked again, by the clock of the database."),
                ),
            ],
        ),
        migrations.AddField(
            model_name="delivery",
            name="due",
            field=models.DateTimeField(blank=True, help_text="Not to be fetched before.", null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="fetched_from",
            field=models.CharField(blank=True, help_text="Where the bytes came from, after redirects.", max_length=2000),
        ),
        migrations.AddField(
            model_name="delivery",
            name="media_type",
            field=models.CharField(blank=True, help_text="As the host said: text/html; charset=utf-8.", max_length=200),
        ),
        migrations.AddField(
            model_name="delivery",
            name="site",
            field=models.CharField(blank=True, help_text="That is to be asked; blank once its bytes are here.", max_length=253),
        ),
        migrations.AddField(
            model_name="feed",
            name="elsewhere",
            field=models.PositiveIntegerField(
                default=0, help_text="New entries of the last look that link to other sites, and were not fetched."
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="left_over",
            field=models.PositiveIntegerField(
                default=0, help_text="New entries of the last look that are left for the next one."
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="other_sites",
            field=models.BooleanField(
                default=False,
                help_text="Fetch the pages of entries that link to another site than the feed's own too.",
                verbose_name="pages of other sites",
            ),
        ),
        migrations.RunSQL(SITES, migrations.RunSQL.noop),
        migrations.RunSQL("UPDATE corpus_feed SET other_sites = with_pages", migrations.RunSQL.noop),
    ]
