from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="issueddocument",
            name="prints_code",
            field=models.BooleanField(default=False, verbose_name="код проверки напечатан"),
            preserve_default=False,
        ),
    ]
