import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0012_evidence_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownBrowser",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("expires", models.DateTimeField()),
            ],
            options={
                "ordering": ["-created"],
            },
        ),
        migrations.CreateModel(
            name="KnownNetwork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(help_text="/24 of an IPv4, /64 of an IPv6 address.", max_length=50)),
                ("expires", models.DateTimeField()),
            ],
            options={
                "ordering": ["-expires"],
            },
        ),
        migrations.AddField(
            model_name="loginfailure",
            name="browser",
            field=models.CharField(
                blank=True, default="", help_text="Digest of the known browser or the session it was typed in.", max_length=64
            ),
        ),
        migrations.AddField(
            model_name="loginfailure",
            name="waiting",
            field=models.BooleanField(default=False, help_text="It came too early: the password was not looked at."),
        ),
        migrations.AlterField(
            model_name="loginfailure",
            name="at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AddConstraint(
            model_name="loginfailure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("waiting", True)), fields=("account", "network"), name="loginfailure_waits_once"
            ),
        ),
        migrations.AddField(
            model_name="knownbrowser",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="known_browsers", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="knownnetwork",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="known_networks", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="knownnetwork",
            constraint=models.UniqueConstraint(fields=("user", "network"), name="knownnetwork_once"),
        ),
    ]
