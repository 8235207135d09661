import django.db.models.deletion
import django.utils.timezone
import municipalities.surveys.kinds
import russian.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("municipalities", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSurveyRound",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Например: «Участие в проекте „Умный город“ в 2026 году».",
                        max_length=200,
                        validators=[russian.text.plain_text],
                        verbose_name="название",
                    ),
                ),
                (
                    "assembly",
                    models.CharField(
                        blank=True,
                        help_text="Например: «Общее Собрание в г. Архангельске».",
                        max_length=200,
                        validators=[russian.text.plain_text],
                        verbose_name="к какому Общему Собранию готовится",
                    ),
                ),
                ("assembly_on", models.DateField(blank=True, null=True, verbose_name="дата Собрания")),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Зачем собираются сведения и к кому обращаться с вопросами. Стоит в письме и над формой.",
                        max_length=2000,
                        validators=[russian.text.plain_text],
                        verbose_name="пояснение для муниципалитетов",
                    ),
                ),
                ("opens_on", models.DateField(null=True, verbose_name="приём ответов с")),
                (
                    "closes_on",
                    models.DateField(
                        help_text="Включительно, по московскому времени. С этим днём истекают и ссылки.",
                        null=True,
                        verbose_name="приём ответов по",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Готовится"), ("open", "Открыт"), ("closed", "Закрыт")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "held_elsewhere",
                    models.BooleanField(default=False, editable=False, verbose_name="проведён до появления портала"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical информационный обмен",
                "verbose_name_plural": "historical информационные обмены",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SurveyRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "title",
                    models.CharField(
                        help_text="Например: «Участие в проекте „Умный город“ в 2026 году».",
                        max_length=200,
                        validators=[russian.text.plain_text],
                        verbose_name="название",
                    ),
                ),
                (
                    "assembly",
                    models.CharField(
                        blank=True,
                        help_text="Например: «Общее Собрание в г. Архангельске».",
                        max_length=200,
                        validators=[russian.text.plain_text],
                        verbose_name="к какому Общему Собранию готовится",
                    ),
                ),
                ("assembly_on", models.DateField(blank=True, null=True, verbose_name="дата Собрания")),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Зачем собираются сведения и к кому обращаться с вопросами. Стоит в письме и над формой.",
                        max_length=2000,
                        validators=[russian.text.plain_text],
                        verbose_name="пояснение для муниципалитетов",
                    ),
                ),
                ("opens_on", models.DateField(null=True, verbose_name="приём ответов с")),
                (
                    "closes_on",
                    models.DateField(
                        help_text="Включительно, по московскому времени. С этим днём истекают и ссылки.",
                        null=True,
                        verbose_name="приём ответов по",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Готовится"), ("open", "Открыт"), ("closed", "Закрыт")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "held_elsewhere",
                    models.BooleanField(default=False, editable=False, verbose_name="проведён до появления портала"),
                ),
            ],
            options={
                "verbose_name": "информационный обмен",
                "verbose_name_plural": "информационные обмены",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="survey_round_titled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "open", "closed"])),
                        name="survey_round_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_elsewhere", True), ("status", "closed")),
                            models.Q(
                                ("closes_on__isnull", False), ("held_elsewhere", False), ("opens_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="survey_round_dated_unless_held_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on__isnull", True),
                            ("opens_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="survey_round_closes_after_it_opens",
                        violation_error_message="Последний день приёма ответов раньше первого.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyResponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_opened", "Не открывали"),
                            ("draft", "Черновик"),
                            ("submitted", "Отправлен"),
                            ("returned", "Возвращён"),
                            ("accepted", "Принят"),
                        ],
                        default="not_opened",
                        editable=False,
                        max_length=12,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "participation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("active", "Участвует"),
                            ("pilot", "Пилотный город"),
                            ("planned", "Планирует участие"),
                            ("suspended", "Участие приостановлено"),
                            ("none", "Не участвует"),
                            ("unknown", "Сведения не представлены"),
                        ],
                        max_length=20,
                        verbose_name="статус участия",
                    ),
                ),
                (
                    "participation_basis",
                    models.CharField(
                        blank=True, max_length=240, validators=[russian.text.plain_text], verbose_name="основание"
                    ),
                ),
                (
                    "respondent",
                    models.CharField(
                        blank=True, max_length=150, validators=[russian.text.plain_text], verbose_name="кто заполнил"
                    ),
                ),
                ("saved_at", models.DateTimeField(editable=False, null=True, verbose_name="сохранён")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="отправлен")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_responses",
                        to="municipalities.municipality",
                        verbose_name="муниципалитет",
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_response",
                        to="municipalities.participationrecord",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="surveys.surveyround",
                        verbose_name="обмен",
                    ),
                ),
            ],
            options={
                "verbose_name": "ответ муниципалитета",
                "verbose_name_plural": "ответы муниципалитетов",
                "constraints": [
                    models.UniqueConstraint(fields=("round", "municipality"), name="response_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["not_opened", "draft", "submitted", "returned", "accepted"])),
                        name="response_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("participation__in", ["", "active", "pilot", "planned", "suspended", "none", "unknown"])
                        ),
                        name="response_participation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("not_opened", "draft", "returned")),
                            models.Q(
                                models.Q(("participation", ""), _negated=True),
                                ("saved_at__isnull", False),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="response_sent_says_where_it_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("record__isnull", False), ("state", "accepted")),
                            models.Q(models.Q(("state", "accepted"), _negated=True), ("record__isnull", True)),
                            _connector="OR",
                        ),
                        name="response_accepted_exactly_when_recorded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="номер")),
                ("text", models.CharField(max_length=300, validators=[russian.text.plain_text], verbose_name="вопрос")),
                (
                    "kind",
                    models.CharField(
                        choices=municipalities.surveys.kinds.question_kind_choices,
                        max_length=10,
                        verbose_name="вид ответа",
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="варианты")),
                ("is_required", models.BooleanField(default=False, verbose_name="ответ обязателен")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="surveys.surveyround",
                        verbose_name="обмен",
                    ),
                ),
            ],
            options={
                "verbose_name": "вопрос",
                "verbose_name_plural": "вопросы",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "number"), name="question_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="question_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["choice", "number", "text", "date", "yes_no"])),
                        name="question_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["choice"]), models.Q(("choices", []), _negated=True)),
                            models.Q(models.Q(("kind__in", ["choice"]), _negated=True), ("choices", [])),
                            _connector="OR",
                        ),
                        name="question_has_choices_exactly_when_it_needs_them",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalQuestion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="номер")),
                ("text", models.CharField(max_length=300, validators=[russian.text.plain_text], verbose_name="вопрос")),
                (
                    "kind",
                    models.CharField(
                        choices=municipalities.surveys.kinds.question_kind_choices,
                        max_length=10,
                        verbose_name="вид ответа",
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="варианты")),
                ("is_required", models.BooleanField(default=False, verbose_name="ответ обязателен")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="surveys.surveyround",
                        verbose_name="обмен",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical вопрос",
                "verbose_name_plural": "historical вопросы",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SurveyEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("open", "Форма открыта"),
                            ("save", "Сохранён черновик"),
                            ("submit", "Ответ отправлен"),
                            ("return", "Возвращён на доработку"),
                            ("accept", "Ответ принят"),
                        ],
                        max_length=20,
                        verbose_name="действие",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_opened", "Не открывали"),
                            ("draft", "Черновик"),
                            ("submitted", "Отправлен"),
                            ("returned", "Возвращён"),
                            ("accepted", "Принят"),
                        ],
                        max_length=12,
                        verbose_name="состояние после",
                    ),
                ),
                (
                    "remark",
                    models.CharField(
                        blank=True, max_length=1000, validators=[russian.text.plain_text], verbose_name="замечание"
                    ),
                ),
                ("actor_name", models.CharField(max_length=200, verbose_name="кто")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="когда")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="surveys.surveyresponse"
                    ),
                ),
            ],
            options={
                "verbose_name": "событие ответа",
                "verbose_name_plural": "события ответов",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["response", "-at", "-id"], name="survey_event_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("action__in", ["open", "save", "submit", "return", "accept"])),
                        name="survey_event_action_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["not_opened", "draft", "submitted", "returned", "accepted"])),
                        name="survey_event_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("actor_name", ""), _negated=True), name="survey_event_has_actor"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", "return"), _negated=True),
                            models.Q(("remark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="survey_event_return_has_remark",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("invitation", "Приглашение"),
                            ("reminder", "Напоминание"),
                            ("remark", "Возврат на доработку"),
                        ],
                        max_length=12,
                        verbose_name="что",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Почтой портала"), ("eml", "Файлом .eml"), ("manual", "Вручную")],
                        max_length=8,
                        verbose_name="как",
                    ),
                ),
                ("recipient", models.CharField(blank=True, max_length=320, verbose_name="кому")),
                ("sent_by_name", models.CharField(max_length=150, verbose_name="кто отправил")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="когда")),
                (
                    "mail",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_delivery",
                        to="accounts.outgoingmail",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="surveys.surveyresponse",
                    ),
                ),
            ],
            options={
                "verbose_name": "отправка письма",
                "verbose_name_plural": "отправки писем",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["invitation", "reminder", "remark"])),
                        name="delivery_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "eml", "manual"])), name="delivery_channel_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "email"),
                                ("mail__isnull", False),
                                models.Q(("recipient", ""), _negated=True),
                            ),
                            models.Q(models.Q(("channel", "email"), _negated=True), ("mail__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_by_mail_has_its_letter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "text",
                    models.TextField(
                        blank=True, validators=[russian.text.plain_text], verbose_name="текст или вариант"
                    ),
                ),
                ("number", models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name="число")),
                ("day", models.DateField(null=True, verbose_name="дата")),
                ("is_yes", models.BooleanField(null=True, verbose_name="да")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="surveys.question"
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="surveys.surveyresponse"
                    ),
                ),
            ],
            options={
                "verbose_name": "ответ на вопрос",
                "verbose_name_plural": "ответы на вопросы",
                "constraints": [
                    models.UniqueConstraint(fields=("response", "question"), name="answer_once_a_question"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("text", ""), _negated=True),
                                ("day__isnull", True),
                                ("is_yes__isnull", True),
                                ("number__isnull", True),
                            ),
                            models.Q(
                                ("day__isnull", True), ("is_yes__isnull", True), ("number__isnull", False), ("text", "")
                            ),
                            models.Q(
                                ("day__isnull", False), ("is_yes__isnull", True), ("number__isnull", True), ("text", "")
                            ),
                            models.Q(
                                ("day__isnull", True), ("is_yes__isnull", False), ("number__isnull", True), ("text", "")
                            ),
                            _connector="OR",
                        ),
                        name="answer_has_exactly_one_value",
                    ),
                ],
            },
        ),
    ]
