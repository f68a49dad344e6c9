from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0080_links_of_claims")]

    operations = [
        migrations.AddField(
            model_name="figure",
            name="per_unit",
            field=models.CharField(blank=True, default="", help_text="UCUM: t, [bbl_us], {vessel}", max_length=30),
            preserve_default=False,
        ),
    ]
