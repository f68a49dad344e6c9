from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0051_sign_ins_by_block")]

    operations = [
        migrations.AddField(
            model_name="knownbrowser",
            name="mailed",
            field=models.BooleanField(default=False, help_text="Its secret was sent by mail, and nobody has signed in with it."),
        ),
    ]
