from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("corpus", "0050_confirmed_password_links")]

    operations = [
        migrations.RemoveConstraint(model_name="loginfailure", name="loginfailure_waits_once"),
        migrations.AddField(
            model_name="loginfailure",
            name="kept",
            field=models.BooleanField(
                default=False, help_text="A try of the turns that are kept for the network that asked first."
            ),
        ),
        migrations.AddField(
            model_name="loginfailure",
            name="asked",
            field=models.DateTimeField(db_default=Now(), editable=False, help_text="When a network that waits asked last."),
        ),
        migrations.AddField(
            model_name="loginfailure",
            name="block",
            field=models.CharField(default="", help_text="The network; for IPv6 the /48 in which it lies.", max_length=50),
            preserve_default=False,
        ),
        # Rows live for a day: an IPv6 network that waits now stands for itself until then.
        migrations.RunSQL("UPDATE corpus_loginfailure SET block = network", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="loginfailure",
            constraint=models.UniqueConstraint(
                fields=["account", "block"], condition=models.Q(waiting=True), name="loginfailure_waits_once"
            ),
        ),
        migrations.AddIndex(
            model_name="loginfailure",
            index=models.Index(fields=["block", "at"], name="loginfailure_block"),
        ),
    ]
