import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import revisions.ledger
import russian.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("municipalities", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Direction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(editable=False, max_length=80, unique=True, verbose_name="код")),
                (
                    "name",
                    models.CharField(max_length=150, validators=[russian.text.plain_text], verbose_name="название"),
                ),
                ("order", models.PositiveSmallIntegerField(editable=False, verbose_name="порядок")),
                ("search_text", models.TextField(editable=False)),
            ],
            options={
                "verbose_name": "направление Стандарта",
                "verbose_name_plural": "направления Стандарта",
                "ordering": ["-edition__year", "order"],
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HistoricalPractice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                ("is_published", models.BooleanField(default=True, editable=False, verbose_name="публикуется")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        validators=[russian.text.plain_text],
                        verbose_name="причина снятия с публикации",
                    ),
                ),
                (
                    "title",
                    models.CharField(max_length=200, validators=[russian.text.plain_text], verbose_name="название"),
                ),
                (
                    "done",
                    models.TextField(
                        help_text="Какая была задача, что внедрили, в какие сроки и на каких условиях.",
                        max_length=5000,
                        validators=[russian.text.plain_text],
                        verbose_name="что сделано",
                    ),
                ),
                (
                    "result",
                    models.TextField(
                        help_text="Что изменилось: лучше с числами и датой.",
                        max_length=3000,
                        validators=[russian.text.plain_text],
                        verbose_name="результат",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="К кому обратиться за подробностями. Не публикуется: его видят только те, кто вошёл в портал.",
                        max_length=300,
                        validators=[russian.text.plain_text],
                        verbose_name="контакт",
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        help_text="Страница или документ с подробностями. Публикуется.",
                        max_length=500,
                        validators=[
                            django.core.validators.URLValidator(
                                ["http", "https"], message="Укажите адрес, который начинается с http:// или https://."
                            )
                        ],
                        verbose_name="ссылка",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="practices.direction",
                        to_field="code",
                        verbose_name="направление",
                    ),
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
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical практика",
                "verbose_name_plural": "historical практики",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSolution",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                ("is_published", models.BooleanField(default=True, editable=False, verbose_name="публикуется")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        validators=[russian.text.plain_text],
                        verbose_name="причина снятия с публикации",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Например: «Интеллектуальное освещение».",
                        max_length=200,
                        validators=[russian.text.plain_text],
                        verbose_name="название",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("planned", "Планируется"), ("introducing", "Внедряется"), ("works", "Работает")],
                        max_length=20,
                        verbose_name="стадия",
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        blank=True,
                        help_text="День, с которого решение на этой стадии; для планируемого – с какого дня запланировано.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            )
                        ],
                        verbose_name="на этой стадии с",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Публикуется.",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="примечание",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="practices.direction",
                        to_field="code",
                        verbose_name="направление",
                    ),
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
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical решение «умного города»",
                "verbose_name_plural": "historical решения «умного города»",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                ("is_published", models.BooleanField(default=True, editable=False, verbose_name="публикуется")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        validators=[russian.text.plain_text],
                        verbose_name="причина снятия с публикации",
                    ),
                ),
                (
                    "title",
                    models.CharField(max_length=200, validators=[russian.text.plain_text], verbose_name="название"),
                ),
                (
                    "done",
                    models.TextField(
                        help_text="Какая была задача, что внедрили, в какие сроки и на каких условиях.",
                        max_length=5000,
                        validators=[russian.text.plain_text],
                        verbose_name="что сделано",
                    ),
                ),
                (
                    "result",
                    models.TextField(
                        help_text="Что изменилось: лучше с числами и датой.",
                        max_length=3000,
                        validators=[russian.text.plain_text],
                        verbose_name="результат",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="К кому обратиться за подробностями. Не публикуется: его видят только те, кто вошёл в портал.",
                        max_length=300,
                        validators=[russian.text.plain_text],
                        verbose_name="контакт",
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        help_text="Страница или документ с подробностями. Публикуется.",
                        max_length=500,
                        validators=[
                            django.core.validators.URLValidator(
                                ["http", "https"], message="Укажите адрес, который начинается с http:// или https://."
                            )
                        ],
                        verbose_name="ссылка",
                    ),
                ),
                ("search_text", models.TextField(editable=False)),
                (
                    "direction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="practices.direction",
                        to_field="code",
                        verbose_name="направление",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "практика",
                "verbose_name_plural": "практики",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "measure",
                    models.CharField(
                        blank=True,
                        help_text="Если обязательство не о практике другого города. Публикуется.",
                        max_length=300,
                        validators=[russian.text.plain_text],
                        verbose_name="мероприятие",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "Ждёт принятия"),
                            ("open", "Выполняется"),
                            ("kept", "Исполнено"),
                            ("dropped", "Снято"),
                        ],
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("due_on", models.DateField(null=True, verbose_name="срок")),
                ("who", models.CharField(blank=True, max_length=200, verbose_name="кто отвечает")),
                ("made_on", models.DateField(null=True, verbose_name="взято")),
                ("accepted_on", models.DateField(null=True, verbose_name="принято")),
                ("ended_on", models.DateField(null=True, verbose_name="исполнено или снято")),
                ("by_link", models.BooleanField(default=False, verbose_name="по личной ссылке")),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments_made",
                        to="municipalities.municipality",
                        verbose_name="кто взял",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="municipalities.municipality",
                        verbose_name="чьё",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="practices.practice",
                        verbose_name="практика",
                    ),
                ),
            ],
            options={
                "verbose_name": "обязательство",
                "verbose_name_plural": "обязательства",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PracticeAdoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("studied", "Изучена"),
                            ("introducing", "Внедряется"),
                            ("introduced", "Внедрена"),
                            ("declined", "Отказались"),
                        ],
                        max_length=20,
                        verbose_name="отметка",
                    ),
                ),
                ("since", models.DateField(null=True, verbose_name="с какого дня")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="practices.practice",
                        verbose_name="практика",
                    ),
                ),
            ],
            options={
                "verbose_name": "отметка о практике",
                "verbose_name_plural": "отметки о практиках",
            },
        ),
        migrations.CreateModel(
            name="PracticeAdoptionRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=revisions.ledger.recorded_now, editable=False, verbose_name="записано"
                    ),
                ),
                (
                    "actor_name",
                    models.CharField(editable=False, max_length=150, verbose_name="кто записал (имя на тот момент)"),
                ),
                (
                    "on_behalf_of",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=250,
                        validators=[russian.text.plain_text],
                        verbose_name="за кого",
                    ),
                ),
                (
                    "behalf_ground",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=250,
                        validators=[russian.text.plain_text],
                        verbose_name="на каком основании",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("studied", "Изучена"),
                            ("introducing", "Внедряется"),
                            ("introduced", "Внедрена"),
                            ("declined", "Отказались"),
                        ],
                        max_length=20,
                        verbose_name="отметка",
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(
                        help_text="День, с которого отметка верна: сегодняшний или прошедший.",
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            )
                        ],
                        verbose_name="с какого дня",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="Что именно изучено или внедрено, почему отказались. Публикуется.",
                        max_length=1000,
                        validators=[russian.text.plain_text],
                        verbose_name="примечание",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто записал",
                    ),
                ),
                (
                    "adoption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="practices.practiceadoption",
                        verbose_name="отметка о практике",
                    ),
                ),
                (
                    "placed_before",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practiceadoptionrecord",
                        verbose_name="в тот же день раньше, чем",
                    ),
                ),
                (
                    "stands_for",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.practiceadoptionrecord",
                        verbose_name="в тот же день на месте отменённой",
                    ),
                ),
                (
                    "voids",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided_by",
                        to="practices.practiceadoptionrecord",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись об отметке",
                "verbose_name_plural": "записи об отметках",
                "ordering": (
                    models.OrderBy(models.F("happened_on"), descending=True),
                    models.OrderBy(
                        django.db.models.functions.comparison.Coalesce("placed_before_id", "stands_for_id", "pk"),
                        descending=True,
                    ),
                    models.OrderBy(models.F("placed_before_id"), descending=True, nulls_first=True),
                    models.OrderBy(
                        django.db.models.functions.comparison.Coalesce("stands_for_id", "pk"), descending=True
                    ),
                    models.OrderBy(models.F("pk"), descending=True),
                ),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PracticeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.TextField(max_length=3000, validators=[russian.text.plain_text], verbose_name="вопрос"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="задан"),
                ),
                (
                    "asked_by_name",
                    models.CharField(editable=False, max_length=150, verbose_name="кто спросил (имя на тот момент)"),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True, max_length=5000, validators=[russian.text.plain_text], verbose_name="ответ"
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="отвечен")),
                (
                    "answered_by_name",
                    models.CharField(
                        blank=True, editable=False, max_length=150, verbose_name="кто ответил (имя на тот момент)"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто ответил",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто спросил",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practice_requests",
                        to="municipalities.municipality",
                        verbose_name="кто спрашивает",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="practices.practice",
                        verbose_name="практика",
                    ),
                ),
            ],
            options={
                "verbose_name": "вопрос о практике",
                "verbose_name_plural": "вопросы о практиках",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PracticeRequestStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Вопрос задан"),
                            ("question_letter", "Письмо с вопросом"),
                            ("question_to_nobody", "Письмо с вопросом отправить некому"),
                            ("answered", "Ответ дан"),
                            ("answer_letter", "Письмо с ответом"),
                            ("answer_to_nobody", "Письмо с ответом отправить некому"),
                        ],
                        max_length=20,
                        verbose_name="что произошло",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="когда")),
                ("by_name", models.CharField(blank=True, max_length=150, verbose_name="кто (имя на тот момент)")),
                ("detail", models.CharField(blank=True, max_length=1000, verbose_name="подробности")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "mail",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request_step",
                        to="accounts.outgoingmail",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="practices.practicerequest",
                        verbose_name="вопрос",
                    ),
                ),
            ],
            options={
                "verbose_name": "шаг вопроса о практике",
                "verbose_name_plural": "шаги вопросов о практиках",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Solution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                ("is_published", models.BooleanField(default=True, editable=False, verbose_name="публикуется")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        validators=[russian.text.plain_text],
                        verbose_name="причина снятия с публикации",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Например: «Интеллектуальное освещение».",
                        max_length=200,
                        validators=[russian.text.plain_text],
                        verbose_name="название",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("planned", "Планируется"), ("introducing", "Внедряется"), ("works", "Работает")],
                        max_length=20,
                        verbose_name="стадия",
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        blank=True,
                        help_text="День, с которого решение на этой стадии; для планируемого – с какого дня запланировано.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            )
                        ],
                        verbose_name="на этой стадии с",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Публикуется.",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="примечание",
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="solutions",
                        to="practices.direction",
                        to_field="code",
                        verbose_name="направление",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="solutions",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "решение «умного города»",
                "verbose_name_plural": "решения «умного города»",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalDirection",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                ("code", models.SlugField(editable=False, max_length=80, verbose_name="код")),
                (
                    "name",
                    models.CharField(max_length=150, validators=[russian.text.plain_text], verbose_name="название"),
                ),
                ("order", models.PositiveSmallIntegerField(editable=False, verbose_name="порядок")),
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
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="municipalities.standardedition",
                        verbose_name="редакция",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical направление Стандарта",
                "verbose_name_plural": "historical направления Стандарта",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="direction",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="directions",
                to="municipalities.standardedition",
                verbose_name="редакция",
            ),
        ),
        migrations.CreateModel(
            name="CommitmentStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=revisions.ledger.recorded_now, editable=False, verbose_name="записано"
                    ),
                ),
                (
                    "actor_name",
                    models.CharField(editable=False, max_length=150, verbose_name="кто записал (имя на тот момент)"),
                ),
                (
                    "on_behalf_of",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=250,
                        validators=[russian.text.plain_text],
                        verbose_name="за кого",
                    ),
                ),
                (
                    "behalf_ground",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=250,
                        validators=[russian.text.plain_text],
                        verbose_name="на каком основании",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("made", "Обязательство взято"),
                            ("accepted", "Обязательство принято"),
                            ("moved", "Срок перенесён"),
                            ("milestone", "Промежуточный итог"),
                            ("kept", "Обязательство исполнено"),
                            ("dropped", "Обязательство снято"),
                            ("passed", "Обязательство передано правопреемнику"),
                        ],
                        max_length=10,
                        verbose_name="шаг",
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            )
                        ],
                        verbose_name="когда",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True, max_length=1000, validators=[russian.text.plain_text], verbose_name="примечание"
                    ),
                ),
                ("due_on", models.DateField(null=True, verbose_name="срок")),
                (
                    "who",
                    models.CharField(
                        blank=True,
                        help_text="Должность и имя или подразделение. Публикуется.",
                        max_length=200,
                        validators=[russian.text.plain_text],
                        verbose_name="кто отвечает",
                    ),
                ),
                ("by_link", models.BooleanField(default=False, verbose_name="по личной ссылке")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто записал",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="practices.commitment",
                        verbose_name="обязательство",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="чьё",
                    ),
                ),
                (
                    "placed_before",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.commitmentstep",
                        verbose_name="в тот же день раньше, чем",
                    ),
                ),
                (
                    "stands_for",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.commitmentstep",
                        verbose_name="в тот же день на месте отменённой",
                    ),
                ),
                (
                    "voids",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided_by",
                        to="practices.commitmentstep",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "шаг обязательства",
                "verbose_name_plural": "шаги обязательств",
                "ordering": (
                    models.OrderBy(models.F("happened_on"), descending=True),
                    models.OrderBy(
                        django.db.models.functions.comparison.Coalesce("placed_before_id", "stands_for_id", "pk"),
                        descending=True,
                    ),
                    models.OrderBy(models.F("placed_before_id"), descending=True, nulls_first=True),
                    models.OrderBy(
                        django.db.models.functions.comparison.Coalesce("stands_for_id", "pk"), descending=True
                    ),
                    models.OrderBy(models.F("pk"), descending=True),
                ),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor_name", ""), _negated=True), name="commitmentstep_by_somebody"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("behalf_ground", ""), ("on_behalf_of", "")),
                            models.Q(
                                models.Q(("on_behalf_of", ""), _negated=True),
                                models.Q(("behalf_ground", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="commitmentstep_on_behalf_with_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voids__isnull", True),
                            models.Q(
                                models.Q(("text", ""), _negated=True),
                                ("placed_before__isnull", True),
                                ("stands_for__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="commitmentstep_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action__in", ["made", "accepted", "moved", "milestone", "kept", "dropped", "passed"]),
                                ("voids__isnull", True),
                            ),
                            models.Q(("action", ""), ("voids__isnull", False)),
                            _connector="OR",
                        ),
                        name="commitment_step_is_a_step_or_a_voiding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__in", ("made", "passed")), ("municipality__isnull", False)),
                            models.Q(
                                models.Q(("action__in", ("made", "passed")), _negated=True),
                                ("municipality__isnull", True),
                                ("who", ""),
                            ),
                            _connector="OR",
                        ),
                        name="commitment_step_says_whose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__in", ("made", "moved")), ("due_on__isnull", False)),
                            models.Q(
                                models.Q(("action__in", ("made", "moved")), _negated=True), ("due_on__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="commitment_step_says_until_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gte", models.F("happened_on")), _connector="OR"
                        ),
                        name="commitment_step_due_not_before_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("action", "made"), ("who", ""), _negated=True),
                        name="commitment_made_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by_link", False), ("action", "made"), _connector="OR"),
                        name="commitment_made_by_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on_behalf_of", ""),
                            models.Q(
                                ("action__in", ("made", "moved", "milestone", "kept", "dropped")), ("by_link", False)
                            ),
                            _connector="OR",
                        ),
                        name="commitment_step_on_behalf_is_a_deed_of_the_city",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("action__in", ("milestone", "dropped")), ("text", ""), _negated=True),
                        name="commitment_step_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("happened_on__gte", datetime.date(2000, 1, 1))),
                        name="commitment_step_not_before_2000",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_published", True), ("withdrawn_because", "")),
                    models.Q(("is_published", False), models.Q(("withdrawn_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="practice_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("done", ""), _negated=True),
                    models.Q(("result", ""), _negated=True),
                ),
                name="practice_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("link", ""), ("link__startswith", "http://"), ("link__startswith", "https://"), _connector="OR"
                ),
                name="practice_link_is_http",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("measure", ""), ("practice__isnull", False)),
                    models.Q(models.Q(("practice__isnull", True)), models.Q(("measure", ""), _negated=True)),
                    _connector="OR",
                ),
                name="commitment_to_a_practice_or_a_measure",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("who", ""), _negated=True),
                        ("due_on__isnull", False),
                        ("made_on__isnull", False),
                        ("state__in", ["waiting", "open", "kept", "dropped"]),
                    ),
                    models.Q(
                        ("by_link", False),
                        ("due_on__isnull", True),
                        ("made_on__isnull", True),
                        ("state", ""),
                        ("who", ""),
                    ),
                    _connector="OR",
                ),
                name="commitment_stands_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_on__isnull", False), ("state__in", ("open", "kept"))),
                    models.Q(("accepted_on__isnull", True), ("state__in", ("waiting", ""))),
                    models.Q(("state__in", ("open", "kept", "waiting", "")), _negated=True),
                    _connector="OR",
                ),
                name="commitment_accepted_or_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", False), ("state__in", ("kept", "dropped"))),
                    models.Q(models.Q(("state__in", ("kept", "dropped")), _negated=True), ("ended_on__isnull", True)),
                    _connector="OR",
                ),
                name="commitment_ended_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "open"))),
                fields=("maker", "practice"),
                name="commitment_to_a_practice_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceadoption",
            constraint=models.UniqueConstraint(fields=("practice", "municipality"), name="adoption_once"),
        ),
        migrations.AddConstraint(
            model_name="practiceadoption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("since__isnull", False), ("status__in", ["studied", "introducing", "introduced", "declined"])
                    ),
                    models.Q(("since__isnull", True), ("status", "")),
                    _connector="OR",
                ),
                name="adoption_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceadoptionrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("actor_name", ""), _negated=True), name="practiceadoptionrecord_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceadoptionrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("behalf_ground", ""), ("on_behalf_of", "")),
                    models.Q(
                        models.Q(("on_behalf_of", ""), _negated=True), models.Q(("behalf_ground", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="practiceadoptionrecord_on_behalf_with_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceadoptionrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voids__isnull", True),
                    models.Q(
                        models.Q(("text", ""), _negated=True),
                        ("placed_before__isnull", True),
                        ("stands_for__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="practiceadoptionrecord_voiding_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceadoptionrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["studied", "introducing", "introduced", "declined"]), ("voids__isnull", True)
                    ),
                    models.Q(("status", ""), ("voids__isnull", False)),
                    _connector="OR",
                ),
                name="adoption_record_is_a_mark_or_a_voiding",
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceadoptionrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened_on__gte", datetime.date(2000, 1, 1))),
                name="adoption_record_not_before_2000",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("question", ""), _negated=True), models.Q(("asked_by_name", ""), _negated=True)
                ),
                name="practice_request_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("answered_by_name", "")),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        ("answered_at__isnull", False),
                        models.Q(("answered_by_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="practice_request_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicerequeststep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "asked",
                            "question_letter",
                            "question_to_nobody",
                            "answered",
                            "answer_letter",
                            "answer_to_nobody",
                        ],
                    )
                ),
                name="request_step_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicerequeststep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("question_letter", "answer_letter")), ("mail__isnull", False)),
                    models.Q(
                        models.Q(("kind__in", ("question_letter", "answer_letter")), _negated=True),
                        ("mail__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="request_step_letter_has_its_mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_published", True), ("withdrawn_because", "")),
                    models.Q(("is_published", False), models.Q(("withdrawn_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="solution_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["planned", "introducing", "works"])), name="solution_stage_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="solution_named"),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__isnull", True), ("since__gte", datetime.date(2000, 1, 1)), _connector="OR"),
                name="solution_not_before_2000",
            ),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.UniqueConstraint(
                fields=("municipality", "direction", "title"),
                name="solution_once",
                violation_error_message="Такое решение в этом направлении уже внесено, быть может, и снято.",
            ),
        ),
        migrations.AddConstraint(
            model_name="direction",
            constraint=models.UniqueConstraint(fields=("edition", "order"), name="direction_place_once"),
        ),
        migrations.AddConstraint(
            model_name="direction",
            constraint=models.UniqueConstraint(fields=("edition", "name"), name="direction_named_once"),
        ),
        migrations.AddConstraint(
            model_name="direction",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="direction_named"),
        ),
    ]
