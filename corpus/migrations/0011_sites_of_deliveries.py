import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0010_fetching")]
    operations = [
        migrations.RemoveConstraint(model_name="delivery", name="delivery_has_something_to_read"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "reading"]), models.Q(("site", ""), _negated=True)),
                fields=["site", "intake", "position"],
                name="delivery_to_fetch",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=django.contrib.postgres.indexes.HashIndex(
                condition=models.Q(("url", ""), _negated=True), fields=["url"], name="delivery_url"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("content", None), ("site", ""), ("state__in", ["waiting", "reading"]), _negated=True),
                name="delivery_has_something_to_read",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("site", ""), models.Q(("url", ""), _negated=True), _connector="OR"),
                name="delivery_of_a_site_has_an_address",
            ),
        ),
    ]
