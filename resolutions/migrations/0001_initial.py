import django.db.models.deletion
import russian.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                ("number", models.PositiveIntegerField(verbose_name="номер")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("recommendation", "Рекомендация"),
                            ("appeal", "Обращение"),
                            ("gratitude", "Благодарность"),
                            ("assignment", "Поручение"),
                        ],
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                ("text", models.TextField(validators=[russian.text.plain_text], verbose_name="текст")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Не начато"),
                            ("in_progress", "В работе"),
                            ("reported", "Исполнено, ждёт снятия с контроля"),
                            ("closed", "Снято с контроля"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
            ],
            options={
                "verbose_name": "пункт решения",
                "verbose_name_plural": "пункты решения",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                ("slug", models.SlugField(editable=False, max_length=80, unique=True, verbose_name="адрес")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Проект"), ("adopted", "Принято"), ("signed", "Подписано")],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "union_name",
                    models.CharField(
                        max_length=250, validators=[russian.text.plain_text], verbose_name="название Союза"
                    ),
                ),
                (
                    "body_name",
                    models.CharField(max_length=250, validators=[russian.text.plain_text], verbose_name="орган"),
                ),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="дата решения")),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=150, validators=[russian.text.plain_text], verbose_name="место"
                    ),
                ),
                (
                    "title",
                    models.CharField(max_length=400, validators=[russian.text.plain_text], verbose_name="заголовок"),
                ),
                (
                    "hearing",
                    models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="вводная фраза"),
                ),
                (
                    "noting",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="формула «отмечает»",
                    ),
                ),
                ("preamble", models.JSONField(blank=True, default=list, verbose_name="констатирующая часть")),
                (
                    "deciding",
                    models.CharField(
                        max_length=500, validators=[russian.text.plain_text], verbose_name="формула «решило»"
                    ),
                ),
                (
                    "signatory_position",
                    models.CharField(
                        max_length=250, validators=[russian.text.plain_text], verbose_name="должность подписывающего"
                    ),
                ),
                (
                    "signatory_name",
                    models.CharField(
                        blank=True, max_length=150, validators=[russian.text.plain_text], verbose_name="подписывающий"
                    ),
                ),
                (
                    "issued_document",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolution",
                        to="documents.issueddocument",
                    ),
                ),
            ],
            options={
                "verbose_name": "решение",
                "verbose_name_plural": "решения",
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "kind",
                    models.CharField(
                        choices=[("appeal", "Обращение"), ("gratitude", "Благодарность"), ("circular", "Рассылка")],
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=30, validators=[russian.text.plain_text], verbose_name="исходящий номер"
                    ),
                ),
                ("date", models.DateField(blank=True, null=True, verbose_name="дата письма")),
                ("year", models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="год регистрации")),
                (
                    "addressee",
                    models.TextField(
                        help_text="Как на письме: каждая строка с новой строки, в нужном падеже",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="адресат",
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True, max_length=300, validators=[russian.text.plain_text], verbose_name="заголовок"
                    ),
                ),
                (
                    "salutation",
                    models.CharField(
                        blank=True,
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="обращение к адресату",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Каждый абзац с новой строки",
                        max_length=20000,
                        validators=[russian.text.plain_text],
                        verbose_name="текст письма",
                    ),
                ),
                (
                    "signatory_position",
                    models.CharField(
                        max_length=250, validators=[russian.text.plain_text], verbose_name="должность подписывающего"
                    ),
                ),
                (
                    "signatory_name",
                    models.CharField(
                        max_length=150, validators=[russian.text.plain_text], verbose_name="подписывающий"
                    ),
                ),
                (
                    "executor",
                    models.CharField(
                        blank=True,
                        help_text="Имя и телефон внизу письма",
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="исполнитель",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="создано")),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="resolutions.decisionpoint",
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="resolutions.resolution"
                    ),
                ),
            ],
            options={
                "verbose_name": "письмо",
                "verbose_name_plural": "письма",
                "ordering": ["-date", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLetter",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "kind",
                    models.CharField(
                        choices=[("appeal", "Обращение"), ("gratitude", "Благодарность"), ("circular", "Рассылка")],
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=30, validators=[russian.text.plain_text], verbose_name="исходящий номер"
                    ),
                ),
                ("date", models.DateField(blank=True, null=True, verbose_name="дата письма")),
                ("year", models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="год регистрации")),
                (
                    "addressee",
                    models.TextField(
                        help_text="Как на письме: каждая строка с новой строки, в нужном падеже",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="адресат",
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True, max_length=300, validators=[russian.text.plain_text], verbose_name="заголовок"
                    ),
                ),
                (
                    "salutation",
                    models.CharField(
                        blank=True,
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="обращение к адресату",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Каждый абзац с новой строки",
                        max_length=20000,
                        validators=[russian.text.plain_text],
                        verbose_name="текст письма",
                    ),
                ),
                (
                    "signatory_position",
                    models.CharField(
                        max_length=250, validators=[russian.text.plain_text], verbose_name="должность подписывающего"
                    ),
                ),
                (
                    "signatory_name",
                    models.CharField(
                        max_length=150, validators=[russian.text.plain_text], verbose_name="подписывающий"
                    ),
                ),
                (
                    "executor",
                    models.CharField(
                        blank=True,
                        help_text="Имя и телефон внизу письма",
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="исполнитель",
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="создано")),
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
                    "point",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="resolutions.decisionpoint",
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="resolutions.resolution",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical письмо",
                "verbose_name_plural": "historical письма",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="decisionpoint",
            name="resolution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="points", to="resolutions.resolution"
            ),
        ),
        migrations.CreateModel(
            name="ResolutionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="номер")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("created", "Создан проект"),
                            ("revised", "Исправлен текст"),
                            ("adopted", "Решение принято"),
                            ("reopened", "Отметка о принятии отменена"),
                            ("signed", "Решение подписано"),
                            ("scan_added", "Приложен скан подписанного документа"),
                        ],
                        max_length=20,
                        verbose_name="действие",
                    ),
                ),
                ("text", models.JSONField(verbose_name="текст")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="причина")),
                ("actor_name", models.CharField(max_length=150, verbose_name="кто")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="когда")),
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
                    "resolution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="resolutions.resolution",
                    ),
                ),
            ],
            options={
                "verbose_name": "версия решения",
                "verbose_name_plural": "версии решения",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="ProgressEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_on", models.DateField(verbose_name="когда сделано")),
                ("text", models.TextField(validators=[russian.text.plain_text], verbose_name="что сделано")),
                (
                    "state_before",
                    models.CharField(
                        choices=[
                            ("planned", "Не начато"),
                            ("in_progress", "В работе"),
                            ("reported", "Исполнено, ждёт снятия с контроля"),
                            ("closed", "Снято с контроля"),
                        ],
                        max_length=20,
                        verbose_name="состояние до",
                    ),
                ),
                (
                    "state_after",
                    models.CharField(
                        choices=[
                            ("planned", "Не начато"),
                            ("in_progress", "В работе"),
                            ("reported", "Исполнено, ждёт снятия с контроля"),
                            ("closed", "Снято с контроля"),
                        ],
                        max_length=20,
                        verbose_name="состояние после",
                    ),
                ),
                ("author_name", models.CharField(max_length=150, verbose_name="кто записал")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="записано")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="resolutions.decisionpoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись об исполнении",
                "verbose_name_plural": "ход исполнения",
                "ordering": ["-happened_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state_after__in", ["planned", "in_progress", "reported", "closed"]),
                            ("state_before__in", ["planned", "in_progress", "reported", "closed"]),
                        ),
                        name="progress_states_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="progress_says_something"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "adopted", "signed"])), name="resolution_status_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "draft"), ("adopted_on__isnull", False), _connector="OR"),
                name="resolution_adopted_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issued_document__isnull", False), ("status", "signed")),
                    models.Q(models.Q(("status", "signed"), _negated=True), ("issued_document__isnull", True)),
                    _connector="OR",
                ),
                name="resolution_signed_exactly_when_issued",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["appeal", "gratitude", "circular"])), name="letter_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("date__isnull", True), ("number", ""), ("year__isnull", True)),
                    models.Q(models.Q(("number", ""), _negated=True), ("date__isnull", False), ("year__isnull", False)),
                    _connector="OR",
                ),
                name="letter_number_comes_with_date",
                violation_error_message="Исходящий номер и дата письма указываются вместе.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("year", "number"),
                name="letter_number_once_a_year",
                violation_error_message="Письмо с таким исходящим номером в этом году уже есть.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "appeal")),
                fields=("point",),
                name="letter_one_appeal_per_point",
                violation_error_message="Обращение по этому пункту уже подготовлено.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.UniqueConstraint(fields=("resolution", "number"), name="point_number_once"),
        ),
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="point_number_from_one"),
        ),
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["recommendation", "appeal", "gratitude", "assignment"])),
                name="point_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "in_progress", "reported", "closed"])),
                name="point_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolutionversion",
            constraint=models.UniqueConstraint(fields=("resolution", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="resolutionversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("action__in", ["created", "revised", "adopted", "reopened", "signed", "scan_added"])
                ),
                name="version_action_known",
            ),
        ),
    ]
