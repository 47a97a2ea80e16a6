import django.db.models.deletion
from django.db import migrations, models

RESTE = "CREATE TRIGGER lecture_reste BEFORE UPDATE OR DELETE ON lecture FOR EACH ROW EXECUTE FUNCTION ecriture_reste()"


class Migration(migrations.Migration):
    dependencies = [("records", "0006_jetons")]

    operations = [
        migrations.CreateModel(
            name="Lecture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("par", models.CharField(max_length=100)),
                ("le", models.DateTimeField()),
                ("motif", models.CharField(max_length=200)),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.dossier")),
            ],
            options={
                "db_table": "lecture",
                "indexes": [models.Index(fields=["dossier", "-le"], name="lecture_du_dossier")],
            },
        ),
        migrations.RunSQL(RESTE, "DROP TRIGGER lecture_reste ON lecture"),
    ]
