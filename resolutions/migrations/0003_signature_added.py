from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("resolutions", "0002_experience_of"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="resolutionversion",
            name="version_action_known",
        ),
        migrations.AlterField(
            model_name="resolutionversion",
            name="action",
            field=models.CharField(
                choices=[
                    ("created", "Создан проект"),
                    ("revised", "Исправлен текст"),
                    ("adopted", "Решение принято"),
                    ("reopened", "Отметка о принятии отменена"),
                    ("signed", "Решение подписано"),
                    ("scan_added", "Приложен скан подписанного документа"),
                    ("signature_added", "Приложена электронная подпись"),
                ],
                max_length=20,
                verbose_name="действие",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolutionversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        ["created", "revised", "adopted", "reopened", "signed", "scan_added", "signature_added"],
                    )
                ),
                name="version_action_known",
            ),
        ),
    ]
