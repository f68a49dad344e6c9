from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0043_bytes_stay_in_crawls"),
        ("lake", "0002_folder_or_bucket"),
    ]

    operations = [
        migrations.AddField(
            model_name="promotion",
            name="originals",
            field=models.CharField(
                choices=[("copy", "copied"), ("stay", "stay in the crawl")],
                db_default="copy",
                default="copy",
                help_text="Whether they are copied.",
                max_length=10,
                verbose_name="original files",
            ),
        ),
        migrations.AddConstraint(
            model_name="promotion",
            constraint=models.CheckConstraint(
                condition=models.Q(("originals__in", ["copy", "stay"])), name="promotion_originals"
            ),
        ),
    ]
