import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_initial"),
        ("resolutions", "0003_signature_added"),
    ]

    operations = [
        migrations.AddField(
            model_name="resolution",
            name="survey_round",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolutions",
                to="surveys.surveyround",
                verbose_name="информационный обмен, подготовивший решение",
            ),
        ),
    ]
