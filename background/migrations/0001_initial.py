import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LiveWorker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(editable=False, max_length=32, unique=True, verbose_name="ключ")),
                ("beats", models.PositiveBigIntegerField(default=0, editable=False, verbose_name="ударов")),
                (
                    "started_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="запущен"),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="последний удар"
                    ),
                ),
            ],
            options={
                "verbose_name": "обработчик очереди",
                "verbose_name_plural": "обработчики очереди",
                "ordering": ["started_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PeriodicJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(editable=False, max_length=60, unique=True, verbose_name="название")),
                ("slot", models.DateTimeField(editable=False, verbose_name="последний запуск")),
            ],
            options={
                "verbose_name": "периодическая работа",
                "verbose_name_plural": "периодические работы",
                "ordering": ["name"],
            },
        ),
    ]
