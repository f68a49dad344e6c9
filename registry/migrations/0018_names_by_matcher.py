from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0017_second_person"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="listedname",
            index=models.Index(fields=["matcher"], name="listedname_by_matcher"),
        ),
    ]
