import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0011_sites_of_deliveries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="claimed_by",
            field=models.CharField(blank=True, help_text="The claimant: a feed, a file, a page of another site.", max_length=500),
        ),
        migrations.AddField(
            model_name="article",
            name="claimed_outlet",
            field=models.CharField(blank=True, help_text="The name of an outlet, as the claimant gives it.", max_length=200),
        ),
        migrations.AddField(
            model_name="article",
            name="claimed_url",
            field=models.CharField(blank=True, help_text="An address that nobody vouches for but the claimant.", max_length=2000),
        ),
        migrations.AddField(
            model_name="article",
            name="outlet_basis",
            field=models.CharField(blank=True, help_text="How the outlet is known.", max_length=200),
        ),
        migrations.AddField(
            model_name="document",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who took it for a further text of the article, where the article's address did not send it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accepted_texts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="held",
            name="claims",
            field=models.ForeignKey(
                blank=True,
                help_text="The article whose address it claims: a manager decides whether it is a text of it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="claims_to_it",
                to="corpus.article",
            ),
        ),
        migrations.AddField(
            model_name="held",
            name="is_fetched",
            field=models.BooleanField(default=False, help_text="Whether that is an address."),
        ),
        migrations.AddField(
            model_name="held",
            name="source",
            field=models.CharField(blank=True, help_text="The address that sent the bytes, or the file.", max_length=2000),
        ),
        migrations.AlterField(
            model_name="article",
            name="url",
            field=models.CharField(
                blank=True, help_text="Only what is known: its own site sent or stated it, or a person did.", max_length=2000
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="retrieved_from",
            field=models.CharField(
                blank=True, help_text="The address that sent the bytes, or the file or way in. Blank: not known.", max_length=2000
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.HashIndex(
                condition=models.Q(("claimed_url", ""), _negated=True), fields=["claimed_url"], name="article_claimed_url"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claimed_outlet", ""), ("claimed_url", "")),
                    models.Q(("claimed_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="article_claim_has_a_claimant",
            ),
        ),
    ]
