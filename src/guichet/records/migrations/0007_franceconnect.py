from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_jetons"),
    ]

    operations = [
        migrations.AddField(
            model_name="compte",
            name="alias_empreinte",
            field=models.CharField(blank=True, db_index=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
