from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_decisions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entity",
            name="anonymous",
            field=models.BooleanField(blank=True, null=True, verbose_name="unnamed"),
        ),
        migrations.AlterField(
            model_name="entity",
            name="reference",
            field=models.CharField(
                blank=True,
                choices=[("specific", "a particular one or set"), ("generic", "a class in general")],
                help_text="Empty: nobody has chosen.",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="relation",
            name="basis",
            field=models.CharField(
                blank=True,
                choices=[("stated", "stated"), ("inferred", "inferred")],
                help_text="Empty: nobody has chosen.",
                max_length=10,
            ),
        ),
    ]
