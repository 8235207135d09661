import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        help_text="Отпечаток ключа формы, адреса и отправителя: из него ничего не узнать.",
                        max_length=64,
                        verbose_name="ключ",
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        db_index=True,
                        help_text="С адресом и отправителем.",
                        max_length=64,
                        verbose_name="отпечаток присланного",
                    ),
                ),
                (
                    "answer",
                    models.CharField(help_text="Пусто, пока ответа нет.", max_length=500, verbose_name="куда привела"),
                ),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="когда")),
            ],
            options={
                "verbose_name": "отправленная форма",
                "verbose_name_plural": "отправленные формы",
                "constraints": [models.UniqueConstraint(fields=("key",), name="form_sent_once")],
            },
        ),
    ]
