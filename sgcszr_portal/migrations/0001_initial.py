import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="день")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="отпечаток содержания")),
                (
                    "mail",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminder",
                        to="accounts.outgoingmail",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кому",
                    ),
                ),
            ],
            options={
                "verbose_name": "напоминание",
                "verbose_name_plural": "напоминания",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "day"), name="reminder_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("fingerprint", ""), _negated=True), name="reminder_says_something"
                    ),
                ],
            },
        ),
    ]
