"""Control cards, steps of letters, answers, mailings and outgoing numbers."""

import django.core.validators
import django.db.models.deletion
import resolutions.models.attachment
import resolutions.models.numbering
import russian.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_electronic_signatures"),
        ("municipalities", "0001_initial"),
        ("resolutions", "0004_survey_round"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to=resolutions.models.attachment.stored_name, verbose_name="файл")),
                ("name", models.CharField(max_length=150, verbose_name="название")),
                ("size", models.PositiveIntegerField(verbose_name="размер, байт")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("added_by_name", models.CharField(max_length=150, verbose_name="кто приложил")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="когда")),
            ],
            options={
                "verbose_name": "приложенный файл",
                "verbose_name_plural": "приложенные файлы",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("register", "Зарегистрировано"),
                            ("sign", "Подписано"),
                            ("send", "Отправлено"),
                            ("deliver", "Вручено"),
                            ("answer", "Получен ответ"),
                            ("revoke_reply", "Запись об ответе отменена"),
                            ("extend", "Изменён срок ответа"),
                            ("note", "Примечание"),
                            ("annul", "Аннулировано"),
                        ],
                        max_length=20,
                        verbose_name="шаг",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="когда")),
                ("text", models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="примечание")),
                (
                    "state_before",
                    models.CharField(
                        choices=[
                            ("draft", "Проект"),
                            ("registered", "Зарегистрировано"),
                            ("sent", "Отправлено"),
                            ("delivered", "Вручено"),
                            ("answered", "Получен ответ"),
                            ("annulled", "Аннулировано"),
                        ],
                        max_length=20,
                        verbose_name="состояние до",
                    ),
                ),
                (
                    "state_after",
                    models.CharField(
                        choices=[
                            ("draft", "Проект"),
                            ("registered", "Зарегистрировано"),
                            ("sent", "Отправлено"),
                            ("delivered", "Вручено"),
                            ("answered", "Получен ответ"),
                            ("annulled", "Аннулировано"),
                        ],
                        max_length=20,
                        verbose_name="состояние после",
                    ),
                ),
                ("due_on", models.DateField(null=True, verbose_name="срок ответа после")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("post", "Почтой"),
                            ("email", "Электронной почтой"),
                            ("exchange", "Через систему электронного документооборота"),
                            ("courier", "Нарочным"),
                        ],
                        max_length=20,
                        verbose_name="способ отправки",
                    ),
                ),
                ("author_name", models.CharField(max_length=150, verbose_name="кто записал")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="записано")),
            ],
            options={
                "verbose_name": "шаг письма",
                "verbose_name_plural": "шаги писем",
                "ordering": ["-happened_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("appeal", "Обращение"), ("gratitude", "Благодарность"), ("circular", "Рассылка")],
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                (
                    "title",
                    models.CharField(max_length=300, validators=[russian.text.plain_text], verbose_name="название"),
                ),
                ("created_by_name", models.CharField(max_length=150, verbose_name="кто подготовил")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="когда")),
            ],
            options={
                "verbose_name": "пакет писем",
                "verbose_name_plural": "пакеты писем",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                ("year", models.PositiveSmallIntegerField(editable=False, unique=True, verbose_name="год")),
                (
                    "pattern",
                    models.CharField(
                        default="{номер}/{гг}",
                        help_text="{номер} – порядковый номер, {гг} и {гггг} – год. Например: {номер}/{гг} или ИСХ-{номер}.",
                        max_length=25,
                        validators=[russian.text.plain_text, resolutions.models.numbering.validate_pattern],
                        verbose_name="образец номера",
                    ),
                ),
                (
                    "first",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="С какого номера продолжать, если часть писем года зарегистрирована вне портала.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="первый номер",
                    ),
                ),
                (
                    "last",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="последний присвоенный номер"),
                ),
            ],
            options={
                "verbose_name": "нумерация исходящих",
                "verbose_name_plural": "нумерация исходящих",
                "ordering": ["-year"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.CharField(
                        max_length=30, validators=[russian.text.plain_text], verbose_name="входящий номер"
                    ),
                ),
                ("received_on", models.DateField(verbose_name="дата поступления")),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="год поступления")),
                (
                    "their_number",
                    models.CharField(
                        blank=True,
                        max_length=50,
                        validators=[russian.text.plain_text],
                        verbose_name="исходящий номер адресата",
                    ),
                ),
                ("their_date", models.DateField(blank=True, null=True, verbose_name="дата письма адресата")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("supported", "Поддержано"),
                            ("partly", "Поддержано частично"),
                            ("refused", "Отказано"),
                            ("noted", "Принято к сведению"),
                            ("forwarded", "Переадресовано"),
                            ("interim", "Промежуточный ответ"),
                        ],
                        max_length=20,
                        verbose_name="что в ответе",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True, max_length=5000, validators=[russian.text.plain_text], verbose_name="содержание"
                    ),
                ),
                ("is_revoked", models.BooleanField(default=False, editable=False, verbose_name="запись отменена")),
            ],
            options={
                "verbose_name": "ответ",
                "verbose_name_plural": "ответы",
                "ordering": ["received_on", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="decisionpoint",
            name="point_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_number_comes_with_date",
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_one_appeal_per_point",
        ),
        migrations.RemoveConstraint(
            model_name="progressentry",
            name="progress_states_known",
        ),
        migrations.AddField(
            model_name="decisionpoint",
            name="controller",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=250,
                validators=[russian.text.plain_text],
                verbose_name="контролирует",
            ),
        ),
        migrations.AddField(
            model_name="decisionpoint",
            name="due_on",
            field=models.DateField(editable=False, null=True, verbose_name="срок"),
        ),
        migrations.AddField(
            model_name="decisionpoint",
            name="responsible",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=250,
                validators=[russian.text.plain_text],
                verbose_name="ответственный",
            ),
        ),
        migrations.AddField(
            model_name="decisionpoint",
            name="term",
            field=models.CharField(blank=True, editable=False, max_length=100, verbose_name="как определён срок"),
        ),
        migrations.AddField(
            model_name="decisionpoint",
            name="warn_days",
            field=models.PositiveSmallIntegerField(
                default=14,
                editable=False,
                validators=[django.core.validators.MaxValueValidator(365)],
                verbose_name="предупреждать за дней",
            ),
        ),
        migrations.AddField(
            model_name="historicalletter",
            name="due_on",
            field=models.DateField(editable=False, null=True, verbose_name="срок ответа"),
        ),
        migrations.AddField(
            model_name="historicalletter",
            name="issued_document",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="documents.issueddocument",
            ),
        ),
        migrations.AddField(
            model_name="historicalletter",
            name="municipality",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="municipalities.municipality",
            ),
        ),
        migrations.AddField(
            model_name="historicalletter",
            name="repeats",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="resolutions.letter",
                verbose_name="повторно",
            ),
        ),
        migrations.AddField(
            model_name="historicalletter",
            name="reply_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                default=30,
                help_text="Срок считается со дня отправки. Оставьте пустым, если ответ не нужен",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)],
                verbose_name="ждать ответа, календарных дней",
            ),
        ),
        migrations.AddField(
            model_name="historicalletter",
            name="sequence",
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name="порядковый номер"),
        ),
        migrations.AddField(
            model_name="historicalletter",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Проект"),
                    ("registered", "Зарегистрировано"),
                    ("sent", "Отправлено"),
                    ("delivered", "Вручено"),
                    ("answered", "Получен ответ"),
                    ("annulled", "Аннулировано"),
                ],
                default="draft",
                editable=False,
                max_length=20,
                verbose_name="состояние",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="due_on",
            field=models.DateField(editable=False, null=True, verbose_name="срок ответа"),
        ),
        migrations.AddField(
            model_name="letter",
            name="issued_document",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letter",
                to="documents.issueddocument",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="municipality",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="municipalities.municipality",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="repeats",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repeated_by",
                to="resolutions.letter",
                verbose_name="повторно",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="reply_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                default=30,
                help_text="Срок считается со дня отправки. Оставьте пустым, если ответ не нужен",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)],
                verbose_name="ждать ответа, календарных дней",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="search_text",
            field=models.TextField(default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="letter",
            name="sequence",
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name="порядковый номер"),
        ),
        migrations.AddField(
            model_name="letter",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Проект"),
                    ("registered", "Зарегистрировано"),
                    ("sent", "Отправлено"),
                    ("delivered", "Вручено"),
                    ("answered", "Получен ответ"),
                    ("annulled", "Аннулировано"),
                ],
                default="draft",
                editable=False,
                max_length=20,
                verbose_name="состояние",
            ),
        ),
        migrations.AddField(
            model_name="progressentry",
            name="action",
            field=models.CharField(
                choices=[
                    ("note", "Запись о ходе исполнения"),
                    ("instruct", "Поручено"),
                    ("start", "Исполнение начато"),
                    ("report", "Доложено об исполнении"),
                    ("close", "Снято с контроля"),
                    ("return_for_rework", "Возвращено на доработку"),
                    ("extend", "Изменён срок"),
                    ("cancel", "Исполнение отменено"),
                    ("reopen", "Возвращено на контроль"),
                ],
                default="note",
                max_length=20,
                verbose_name="шаг",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="progressentry",
            name="controller",
            field=models.CharField(blank=True, max_length=250, verbose_name="контролирует после"),
        ),
        migrations.AddField(
            model_name="progressentry",
            name="due_before",
            field=models.DateField(null=True, verbose_name="срок до"),
        ),
        migrations.AddField(
            model_name="progressentry",
            name="due_on",
            field=models.DateField(null=True, verbose_name="срок после"),
        ),
        migrations.AddField(
            model_name="progressentry",
            name="responsible",
            field=models.CharField(blank=True, max_length=250, verbose_name="ответственный после"),
        ),
        migrations.AlterField(
            model_name="decisionpoint",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "Не начато"),
                    ("in_progress", "В работе"),
                    ("reported", "Исполнено, ждёт снятия с контроля"),
                    ("closed", "Снято с контроля"),
                    ("cancelled", "Исполнение отменено"),
                ],
                default="planned",
                editable=False,
                max_length=20,
                verbose_name="состояние",
            ),
        ),
        migrations.AlterField(
            model_name="historicalletter",
            name="date",
            field=models.DateField(editable=False, null=True, verbose_name="дата письма"),
        ),
        migrations.AlterField(
            model_name="historicalletter",
            name="number",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=30,
                validators=[russian.text.plain_text],
                verbose_name="исходящий номер",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="date",
            field=models.DateField(editable=False, null=True, verbose_name="дата письма"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="number",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=30,
                validators=[russian.text.plain_text],
                verbose_name="исходящий номер",
            ),
        ),
        migrations.AlterField(
            model_name="progressentry",
            name="state_after",
            field=models.CharField(
                choices=[
                    ("planned", "Не начато"),
                    ("in_progress", "В работе"),
                    ("reported", "Исполнено, ждёт снятия с контроля"),
                    ("closed", "Снято с контроля"),
                    ("cancelled", "Исполнение отменено"),
                ],
                max_length=20,
                verbose_name="состояние после",
            ),
        ),
        migrations.AlterField(
            model_name="progressentry",
            name="state_before",
            field=models.CharField(
                choices=[
                    ("planned", "Не начато"),
                    ("in_progress", "В работе"),
                    ("reported", "Исполнено, ждёт снятия с контроля"),
                    ("closed", "Снято с контроля"),
                    ("cancelled", "Исполнение отменено"),
                ],
                max_length=20,
                verbose_name="состояние до",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="entry",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="resolutions.progressentry",
            ),
        ),
        migrations.AddField(
            model_name="letterstep",
            name="author",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="letterstep",
            name="letter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="resolutions.letter"
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="step",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="resolutions.letterstep",
            ),
        ),
        migrations.AddField(
            model_name="mailing",
            name="point",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mailings",
                to="resolutions.decisionpoint",
            ),
        ),
        migrations.AddField(
            model_name="mailing",
            name="resolution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mailings", to="resolutions.resolution"
            ),
        ),
        migrations.AddField(
            model_name="historicalletter",
            name="mailing",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="resolutions.mailing",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="mailing",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="resolutions.mailing",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__gte", 1)), name="series_begins_with_one_or_more"
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("pattern__contains", "{номер}")), name="series_pattern_has_number"
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="letter",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="resolutions.letter",
            ),
        ),
        migrations.AddField(
            model_name="letterstep",
            name="reply",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="resolutions.reply"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entry__isnull", False), ("step__isnull", True)),
                    models.Q(("entry__isnull", True), ("step__isnull", False)),
                    _connector="OR",
                ),
                name="attachment_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), ("size__gt", 0)), name="attachment_is_a_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["appeal", "gratitude", "circular"])), name="mailing_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="mailing_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["supported", "partly", "refused", "noted", "forwarded", "interim"])
                ),
                name="reply_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="reply_has_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_revoked", False)),
                fields=("year", "number"),
                name="reply_number_once_a_year",
                violation_error_message="Ответ с таким входящим номером в этом году уже внесён.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        ["register", "sign", "send", "deliver", "answer", "revoke_reply", "extend", "note", "annul"],
                    )
                ),
                name="letter_step_action_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state_after__in", ["draft", "registered", "sent", "delivered", "answered", "annulled"]),
                    ("state_before__in", ["draft", "registered", "sent", "delivered", "answered", "annulled"]),
                ),
                name="letter_step_states_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action", "send"), _negated=True),
                    ("channel__in", ["post", "email", "exchange", "courier"]),
                    _connector="OR",
                ),
                name="letter_sent_by_a_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action__in", ["answer", "revoke_reply"]), ("reply__isnull", False)),
                    models.Q(
                        models.Q(("action__in", ["answer", "revoke_reply"]), _negated=True), ("reply__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="letter_step_about_an_answer_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("author_name", ""), _negated=True), name="letter_step_by_somebody"
            ),
        ),
    ]
