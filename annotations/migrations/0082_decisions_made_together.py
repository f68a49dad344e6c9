from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0081_prices_per_unit")]

    operations = [
        migrations.AddField(
            model_name="adjudicationdecision",
            name="together",
            field=models.UUIDField(blank=True, help_text="Of an act of several decisions: the first of them.", null=True),
        ),
    ]
