from django.db import migrations, models

FILL = """UPDATE registry_listednamekey k SET of_list = e.list_id
FROM registry_listedname n JOIN registry_listentry e ON e.id = n.entry_id WHERE n.id = k.name_id"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0018_names_by_matcher"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="listednamekey", name="listednamekey_by_key"),
        migrations.AddField(model_name="listednamekey", name="of_list", field=models.IntegerField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # Constraints that wait for the end of the transaction would forbid what follows.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="listednamekey",
            name="of_list",
            field=models.IntegerField(help_text="Id of the list of the name, by which a lookup takes the best of each list."),
        ),
        migrations.AddIndex(
            model_name="listednamekey",
            index=models.Index(fields=["key"], include=("name", "weight", "of_list"), name="listednamekey_by_key"),
        ),
    ]
