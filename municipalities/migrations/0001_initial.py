import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import municipalities.models.personal_link
import municipalities.models.uploads
import revisions.ledger
import russian.text
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalMunicipality",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                (
                    "oktmo",
                    models.CharField(
                        db_index=True,
                        error_messages={"unique": "Муниципальное образование с таким ОКТМО уже есть в портале."},
                        help_text="8 цифр муниципального образования или 11 цифр населённого пункта.",
                        max_length=11,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9]{8}([0-9]{3})?\\Z", "Код ОКТМО состоит из 8 или 11 цифр."
                            )
                        ],
                        verbose_name="ОКТМО",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Например: «Кострома».",
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="название",
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="субъект Российской Федерации",
                    ),
                ),
                (
                    "federal_district",
                    models.CharField(
                        choices=[
                            ("central", "Центральный"),
                            ("northwestern", "Северо-Западный"),
                            ("volga", "Приволжский"),
                            ("southern", "Южный"),
                            ("north-caucasian", "Северо-Кавказский"),
                            ("ural", "Уральский"),
                            ("siberian", "Сибирский"),
                            ("far-eastern", "Дальневосточный"),
                        ],
                        max_length=20,
                        verbose_name="федеральный округ",
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="По ней определяется группа индекса «IQ городов».",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1, message="Численность – число больше нуля."),
                            django.core.validators.MaxValueValidator(
                                30000000, message="Столько жителей нет ни в одном городе: проверьте число."
                            ),
                        ],
                        verbose_name="численность населения, человек",
                    ),
                ),
                (
                    "population_source",
                    models.CharField(
                        blank=True,
                        help_text="Откуда число и на какую дату, например: «Росстат, на 1 января 2024 г.». Публикуется.",
                        max_length=250,
                        validators=[russian.text.plain_text],
                        verbose_name="источник сведений о численности",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="В градусах, например 57,768.",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90, message="Широта – от −90 до 90 градусов."),
                            django.core.validators.MaxValueValidator(90, message="Широта – от −90 до 90 градусов."),
                        ],
                        verbose_name="широта",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="В градусах, например 40,927.",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                -180, message="Долгота – от −180 до 180 градусов."
                            ),
                            django.core.validators.MaxValueValidator(180, message="Долгота – от −180 до 180 градусов."),
                        ],
                        verbose_name="долгота",
                    ),
                ),
                ("is_listed", models.BooleanField(default=True, editable=False, verbose_name="есть в портале")),
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
                "verbose_name": "historical муниципальное образование",
                "verbose_name_plural": "historical муниципальные образования",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                ("former_names", models.TextField(blank=True, editable=False, verbose_name="прежние названия и коды")),
                (
                    "oktmo",
                    models.CharField(
                        error_messages={"unique": "Муниципальное образование с таким ОКТМО уже есть в портале."},
                        help_text="8 цифр муниципального образования или 11 цифр населённого пункта.",
                        max_length=11,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9]{8}([0-9]{3})?\\Z", "Код ОКТМО состоит из 8 или 11 цифр."
                            )
                        ],
                        verbose_name="ОКТМО",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Например: «Кострома».",
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="название",
                    ),
                ),
                ("slug", models.SlugField(editable=False, max_length=130, unique=True, verbose_name="адрес страницы")),
                (
                    "region",
                    models.CharField(
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="субъект Российской Федерации",
                    ),
                ),
                (
                    "federal_district",
                    models.CharField(
                        choices=[
                            ("central", "Центральный"),
                            ("northwestern", "Северо-Западный"),
                            ("volga", "Приволжский"),
                            ("southern", "Южный"),
                            ("north-caucasian", "Северо-Кавказский"),
                            ("ural", "Уральский"),
                            ("siberian", "Сибирский"),
                            ("far-eastern", "Дальневосточный"),
                        ],
                        max_length=20,
                        verbose_name="федеральный округ",
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="По ней определяется группа индекса «IQ городов».",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1, message="Численность – число больше нуля."),
                            django.core.validators.MaxValueValidator(
                                30000000, message="Столько жителей нет ни в одном городе: проверьте число."
                            ),
                        ],
                        verbose_name="численность населения, человек",
                    ),
                ),
                (
                    "population_source",
                    models.CharField(
                        blank=True,
                        help_text="Откуда число и на какую дату, например: «Росстат, на 1 января 2024 г.». Публикуется.",
                        max_length=250,
                        validators=[russian.text.plain_text],
                        verbose_name="источник сведений о численности",
                    ),
                ),
                (
                    "index_group",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(population__gt=1000000, then=models.Value("largest")),
                            models.When(population__gte=250000, then=models.Value("large")),
                            models.When(population__gte=100000, then=models.Value("big")),
                            models.When(population__lt=100000, then=models.Value("smaller")),
                            default=models.Value(""),
                        ),
                        output_field=models.CharField(
                            choices=[
                                ("largest", "Крупнейшие (свыше 1 млн)"),
                                ("large", "Крупные (250 тыс. – 1 млн)"),
                                ("big", "Большие (100–250 тыс.)"),
                                ("smaller", "Административные центры, средние и малые (до 100 тыс.)"),
                            ],
                            max_length=20,
                            verbose_name="группа индекса «IQ городов»",
                        ),
                        verbose_name="группа индекса «IQ городов»",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="В градусах, например 57,768.",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90, message="Широта – от −90 до 90 градусов."),
                            django.core.validators.MaxValueValidator(90, message="Широта – от −90 до 90 градусов."),
                        ],
                        verbose_name="широта",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="В градусах, например 40,927.",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                -180, message="Долгота – от −180 до 180 градусов."
                            ),
                            django.core.validators.MaxValueValidator(180, message="Долгота – от −180 до 180 градусов."),
                        ],
                        verbose_name="долгота",
                    ),
                ),
                ("is_listed", models.BooleanField(default=True, editable=False, verbose_name="есть в портале")),
                ("search_text", models.TextField(editable=False)),
            ],
            options={
                "verbose_name": "муниципальное образование",
                "verbose_name_plural": "муниципальные образования",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("oktmo__regex", "^[0-9]{8}([0-9]{3})?$")),
                        name="municipality_oktmo_8_or_11_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("region", ""), _negated=True)
                        ),
                        name="municipality_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "federal_district__in",
                                [
                                    "central",
                                    "northwestern",
                                    "volga",
                                    "southern",
                                    "north-caucasian",
                                    "ural",
                                    "siberian",
                                    "far-eastern",
                                ],
                            )
                        ),
                        name="municipality_district_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("population__isnull", True), ("population__gte", 1), _connector="OR"),
                        name="municipality_population_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="municipality_coordinates_on_earth",
                        violation_error_message="Укажите обе координаты или ни одной.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_on", models.DateField(verbose_name="когда")),
                ("text", models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="примечание")),
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
                        choices=[("join", "Вступление в Союз"), ("leave", "Выход из Союза")],
                        max_length=10,
                        verbose_name="что произошло",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=500, validators=[russian.text.plain_text], verbose_name="основание"
                    ),
                ),
                ("day_is_known", models.BooleanField(default=True, verbose_name="день известен")),
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
                    "placed_before",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.membership",
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
                        to="municipalities.membership",
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
                        to="municipalities.membership",
                        verbose_name="отменяет запись",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись о членстве",
                "verbose_name_plural": "записи о членстве",
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
                "indexes": [models.Index(fields=["municipality", "-happened_on", "-id"], name="membership_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor_name", ""), _negated=True), name="membership_by_somebody"
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
                        name="membership_on_behalf_with_ground",
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
                        name="membership_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("happened_on__gte", datetime.date(2000, 1, 1))),
                        name="membership_not_before_2000",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action__in", ["join", "leave"]),
                                ("voids__isnull", True),
                                models.Q(("basis", ""), _negated=True),
                            ),
                            models.Q(("action", ""), ("basis", ""), ("voids__isnull", False)),
                            _connector="OR",
                        ),
                        name="membership_is_a_change_with_basis_or_a_voiding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("day_is_known", True), ("happened_on", datetime.date(2000, 1, 1)), _connector="OR"
                        ),
                        name="membership_without_day_is_of_old",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStandardEdition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                (
                    "name",
                    models.CharField(
                        db_index=True,
                        error_messages={"unique": "Редакция с таким названием уже внесена."},
                        help_text="Например: «Базовые и дополнительные требования, 2018».",
                        max_length=200,
                        validators=[russian.text.plain_text],
                        verbose_name="название",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        db_index=True,
                        error_messages={"unique": "Редакция этого года уже внесена."},
                        help_text="По нему редакцию узнают рядом с названиями её направлений.",
                        validators=[
                            django.core.validators.MinValueValidator(2018, message="Укажите год от 2018 до 2100."),
                            django.core.validators.MaxValueValidator(2100, message="Укажите год от 2018 до 2100."),
                        ],
                        verbose_name="год",
                    ),
                ),
                (
                    "indicators",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Сколько показателей у индекса «IQ городов» по этой редакции. Неизвестное оставьте пустым.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="показателей",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Сколько баллов индекса «IQ городов» можно набрать по этой редакции. Неизвестное оставьте пустым.",
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                Decimal("0.01"), message="Максимум – число больше нуля."
                            )
                        ],
                        verbose_name="максимум баллов",
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
                "verbose_name": "historical редакция Стандарта",
                "verbose_name_plural": "historical редакции Стандарта",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StandardEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "name",
                    models.CharField(
                        error_messages={"unique": "Редакция с таким названием уже внесена."},
                        help_text="Например: «Базовые и дополнительные требования, 2018».",
                        max_length=200,
                        unique=True,
                        validators=[russian.text.plain_text],
                        verbose_name="название",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        error_messages={"unique": "Редакция этого года уже внесена."},
                        help_text="По нему редакцию узнают рядом с названиями её направлений.",
                        unique=True,
                        validators=[
                            django.core.validators.MinValueValidator(2018, message="Укажите год от 2018 до 2100."),
                            django.core.validators.MaxValueValidator(2100, message="Укажите год от 2018 до 2100."),
                        ],
                        verbose_name="год",
                    ),
                ),
                (
                    "indicators",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Сколько показателей у индекса «IQ городов» по этой редакции. Неизвестное оставьте пустым.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="показателей",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Сколько баллов индекса «IQ городов» можно набрать по этой редакции. Неизвестное оставьте пустым.",
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                Decimal("0.01"), message="Максимум – число больше нуля."
                            )
                        ],
                        verbose_name="максимум баллов",
                    ),
                ),
            ],
            options={
                "verbose_name": "редакция Стандарта",
                "verbose_name_plural": "редакции Стандарта",
                "ordering": ["-year"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="edition_named"),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (2018, 2100))), name="edition_year_is_possible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("indicators__isnull", True), ("indicators__gte", 1), _connector="OR"),
                        name="edition_indicators_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("maximum__isnull", True), ("maximum__gt", 0), _connector="OR"),
                        name="edition_maximum_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="За который рассчитан индекс.",
                        validators=[
                            django.core.validators.MinValueValidator(2018, message="Индекс рассчитывают с 2018 года."),
                            django.core.validators.MaxValueValidator(2100, message="Проверьте год."),
                        ],
                        verbose_name="год",
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("largest", "Крупнейшие (свыше 1 млн)"),
                            ("large", "Крупные (250 тыс. – 1 млн)"),
                            ("big", "Большие (100–250 тыс.)"),
                            ("smaller", "Административные центры, средние и малые (до 100 тыс.)"),
                        ],
                        help_text="В которой город сравнивали в том году.",
                        max_length=20,
                        verbose_name="группа",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        help_text="По которой рассчитан индекс: её шкалу портал подставит сам. Неизвестное оставьте пустым.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="index_scores",
                        to="municipalities.standardedition",
                        verbose_name="редакция Стандарта",
                    ),
                ),
                (
                    "score",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0, message="Баллы – число не меньше нуля.")
                        ],
                        verbose_name="баллы",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Шкала индекса менялась: без максимума баллы ничего не значат.",
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                Decimal("0.01"), message="Максимум – число больше нуля."
                            )
                        ],
                        verbose_name="максимум баллов",
                    ),
                ),
                (
                    "indicators",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="показателей",
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="место в группе",
                    ),
                ),
                (
                    "rank_at_most",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Если известно не место, а предел: «в десятке лучших» – 10.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="место не ниже",
                    ),
                ),
                (
                    "group_size",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="городов в группе",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Документ или ссылка. Публикуется.",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="источник",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="index_scores",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "результат индекса",
                "verbose_name_plural": "результаты индекса",
                "ordering": ["year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "year"),
                        name="index_score_once_a_year",
                        violation_error_message="Результат за этот год уже внесён: исправьте его.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2018), ("year__lte", 2100)), name="index_score_year_possible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["largest", "large", "big", "smaller"])),
                        name="index_score_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score__isnull", True),
                            models.Q(
                                ("maximum__isnull", False), ("score__gte", 0), ("score__lte", models.F("maximum"))
                            ),
                            _connector="OR",
                        ),
                        name="index_score_within_maximum",
                        violation_error_message="Баллы указывают вместе с максимумом, и больше максимума их не бывает.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("maximum__isnull", True), ("maximum__gt", 0), _connector="OR"),
                        name="index_score_maximum_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rank__isnull", True), ("rank__gte", 1), _connector="OR"),
                            models.Q(("rank_at_most__isnull", True), ("rank_at_most__gte", 1), _connector="OR"),
                            models.Q(("group_size__isnull", True), ("group_size__gte", 1), _connector="OR"),
                            models.Q(("indicators__isnull", True), ("indicators__gte", 1), _connector="OR"),
                        ),
                        name="index_score_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("group_size__isnull", True),
                            models.Q(
                                models.Q(
                                    ("rank__isnull", True), ("rank__lte", models.F("group_size")), _connector="OR"
                                ),
                                models.Q(
                                    ("rank_at_most__isnull", True),
                                    ("rank_at_most__lte", models.F("group_size")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="index_score_rank_within_group",
                        violation_error_message="Место не может быть больше числа городов в группе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rank__isnull", True), ("rank_at_most__isnull", True), _connector="OR"),
                        name="index_score_rank_or_its_bound",
                        violation_error_message="Укажите место или предел места, а не то и другое.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score__isnull", False),
                            ("rank__isnull", False),
                            ("rank_at_most__isnull", False),
                            _connector="OR",
                        ),
                        name="index_score_says_something",
                        violation_error_message="Укажите баллы, место или предел места.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="index_score_has_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRepresentative",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "since",
                    models.DateField(
                        blank=True,
                        help_text="Пусто, если день неизвестен: с самого начала.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            ),
                            django.core.validators.MaxValueValidator(
                                datetime.date(2100, 12, 31), message="Проверьте год: он не может быть позже 2100-го."
                            ),
                        ],
                        verbose_name="с какого дня",
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="Последний день, если он назван.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            ),
                            django.core.validators.MaxValueValidator(
                                datetime.date(2100, 12, 31), message="Проверьте год: он не может быть позже 2100-го."
                            ),
                        ],
                        verbose_name="по какой день",
                    ),
                ),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
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
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="представитель",
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
                "verbose_name": "historical представитель муниципалитета",
                "verbose_name_plural": "historical представители муниципалитетов",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIndexScore",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="За который рассчитан индекс.",
                        validators=[
                            django.core.validators.MinValueValidator(2018, message="Индекс рассчитывают с 2018 года."),
                            django.core.validators.MaxValueValidator(2100, message="Проверьте год."),
                        ],
                        verbose_name="год",
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("largest", "Крупнейшие (свыше 1 млн)"),
                            ("large", "Крупные (250 тыс. – 1 млн)"),
                            ("big", "Большие (100–250 тыс.)"),
                            ("smaller", "Административные центры, средние и малые (до 100 тыс.)"),
                        ],
                        help_text="В которой город сравнивали в том году.",
                        max_length=20,
                        verbose_name="группа",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="По которой рассчитан индекс: её шкалу портал подставит сам. Неизвестное оставьте пустым.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="municipalities.standardedition",
                        verbose_name="редакция Стандарта",
                    ),
                ),
                (
                    "score",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0, message="Баллы – число не меньше нуля.")
                        ],
                        verbose_name="баллы",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Шкала индекса менялась: без максимума баллы ничего не значат.",
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                Decimal("0.01"), message="Максимум – число больше нуля."
                            )
                        ],
                        verbose_name="максимум баллов",
                    ),
                ),
                (
                    "indicators",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="показателей",
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="место в группе",
                    ),
                ),
                (
                    "rank_at_most",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Если известно не место, а предел: «в десятке лучших» – 10.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="место не ниже",
                    ),
                ),
                (
                    "group_size",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1, message="Число не меньше 1.")],
                        verbose_name="городов в группе",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Документ или ссылка. Публикуется.",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="источник",
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
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical результат индекса",
                "verbose_name_plural": "historical результаты индекса",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalContact",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Например: «С.Ю. Суханов».",
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="имя",
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        blank=True, max_length=250, validators=[russian.text.plain_text], verbose_name="должность"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="Например: +7 (4942) 31-44-40, доб. 12.",
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A(?=(?:\\D*\\d){5})[\\d\\s()+.,;–-]+(?:доб\\.?\\s*\\d+)?\\Z",
                                "Укажите телефон цифрами, например: +7 (4942) 31-44-40, доб. 12.",
                            )
                        ],
                        verbose_name="телефон",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="электронная почта")),
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
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical контакт",
                "verbose_name_plural": "historical контакты",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HeadRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_on", models.DateField(verbose_name="когда")),
                ("text", models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="примечание")),
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
                    "position",
                    models.CharField(
                        blank=True,
                        help_text="Например: «Глава города Костромы».",
                        max_length=250,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="должность",
                    ),
                ),
                (
                    "person",
                    models.CharField(
                        blank=True,
                        help_text="Например: «И.И. Иванов».",
                        max_length=150,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="имя",
                    ),
                ),
                (
                    "dative",
                    models.CharField(
                        blank=True,
                        help_text="Должность и имя в дательном падеже, каждая часть с новой строки: «Главе города Костромы», «И.И. Иванову». Так начинается блок адресата.",
                        max_length=500,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="кому адресовать письмо",
                    ),
                ),
                (
                    "salutation",
                    models.CharField(
                        blank=True,
                        help_text="Например: «Уважаемый Иван Иванович!».",
                        max_length=150,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="обращение",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        max_length=400,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="официальный почтовый адрес",
                    ),
                ),
                (
                    "email",
                    models.CharField(
                        blank=True,
                        max_length=254,
                        null=True,
                        validators=[django.core.validators.EmailValidator()],
                        verbose_name="официальный адрес электронной почты",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="Не публикуется; можно не указывать.",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="основание",
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
                    "placed_before",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.headrecord",
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
                        to="municipalities.headrecord",
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
                        to="municipalities.headrecord",
                        verbose_name="отменяет запись",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="head_records",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись о главе и адресе",
                "verbose_name_plural": "записи о главах и адресах",
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
                        condition=models.Q(("actor_name", ""), _negated=True), name="headrecord_by_somebody"
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
                        name="headrecord_on_behalf_with_ground",
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
                        name="headrecord_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_on__gte", datetime.date(2000, 1, 1)),
                            ("happened_on__lte", datetime.date(2100, 12, 31)),
                        ),
                        name="headrecord_within_a_century",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address__isnull", True),
                                ("basis", ""),
                                ("dative__isnull", True),
                                ("email__isnull", True),
                                ("person__isnull", True),
                                ("position__isnull", True),
                                ("salutation__isnull", True),
                                ("voids__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("address__isnull", True),
                                    ("dative__isnull", True),
                                    ("email__isnull", True),
                                    ("person__isnull", True),
                                    ("position__isnull", True),
                                    ("salutation__isnull", True),
                                    _negated=True,
                                ),
                                ("voids__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="headrecord_says_something_or_voids",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "name",
                    models.CharField(
                        help_text="Например: «С.Ю. Суханов».",
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="имя",
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        blank=True, max_length=250, validators=[russian.text.plain_text], verbose_name="должность"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="Например: +7 (4942) 31-44-40, доб. 12.",
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A(?=(?:\\D*\\d){5})[\\d\\s()+.,;–-]+(?:доб\\.?\\s*\\d+)?\\Z",
                                "Укажите телефон цифрами, например: +7 (4942) 31-44-40, доб. 12.",
                            )
                        ],
                        verbose_name="телефон",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="электронная почта")),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "контакт",
                "verbose_name_plural": "контакты",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="contact_named"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_reachable",
                        violation_error_message="Укажите телефон или электронную почту: иначе с человеком не связаться.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipationRecord",
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
                    "happened_on",
                    models.DateField(
                        help_text="День, на который статус верен: сегодняшний или прошедший.",
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            )
                        ],
                        verbose_name="по состоянию на",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="Документ или ссылка, например: «Постановление администрации от 12.03.2024 № 345». Публикуется.",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="основание",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        help_text="Не публикуется: его видят секретариат, председатель и представители муниципалитета.",
                        max_length=1000,
                        validators=[russian.text.plain_text],
                        verbose_name="служебный комментарий",
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
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participation_records",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
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
                        to="municipalities.participationrecord",
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
                        to="municipalities.participationrecord",
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
                        to="municipalities.participationrecord",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись об участии",
                "verbose_name_plural": "записи об участии",
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
                "indexes": [models.Index(fields=["municipality", "-happened_on", "-id"], name="participation_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor_name", ""), _negated=True), name="participationrecord_by_somebody"
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
                        name="participationrecord_on_behalf_with_ground",
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
                        name="participationrecord_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["", "active", "pilot", "planned", "suspended", "none", "unknown"])
                        ),
                        name="participation_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("happened_on__gte", datetime.date(2000, 1, 1))),
                        name="participation_not_before_2000",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", ""), ("status", "")),
                            models.Q(models.Q(("status", ""), _negated=True), models.Q(("basis", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="participation_has_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voids__isnull", True), ("status", ""), _connector="OR"),
                        name="participation_voiding_states_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(editable=False, max_length=20, verbose_name="назначение")),
                ("subject", models.PositiveBigIntegerField(editable=False, verbose_name="для чего")),
                (
                    "nonce",
                    models.CharField(
                        default=municipalities.models.personal_link.new_nonce, editable=False, max_length=32
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="выдана"),
                ),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[("rotated", "Заменена новой"), ("withdrawn", "Отозвана")],
                        editable=False,
                        max_length=10,
                        verbose_name="что с ней стало",
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="когда")),
                ("ended_by_name", models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Для истории: увидит только секретариат.",
                        max_length=300,
                        validators=[russian.text.plain_text],
                        verbose_name="почему отзывается",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="personal_links",
                        to="municipalities.municipality",
                        verbose_name="кому",
                    ),
                ),
            ],
            options={
                "verbose_name": "личная ссылка",
                "verbose_name_plural": "личные ссылки",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended", "")),
                        fields=("purpose", "subject"),
                        name="personal_link_lives_alone",
                    ),
                    models.UniqueConstraint(fields=("nonce",), name="personal_link_nonce_once"),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True), name="personal_link_has_purpose"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nonce", ""), _negated=True), name="personal_link_has_nonce"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended__in", ["", "rotated", "withdrawn"])), name="personal_link_end_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", ""), ("ended_at__isnull", True), ("ended_by_name", "")),
                            models.Q(
                                models.Q(("ended", ""), _negated=True),
                                models.Q(("ended_by_name", ""), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="personal_link_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("ended", "withdrawn")), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("ended", "withdrawn"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="personal_link_withdrawn_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Renaming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_on", models.DateField(verbose_name="когда")),
                ("text", models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="примечание")),
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
                    "new_name",
                    models.CharField(
                        blank=True,
                        help_text="Пусто – прежнее.",
                        max_length=150,
                        validators=[russian.text.plain_text],
                        verbose_name="новое название",
                    ),
                ),
                (
                    "new_oktmo",
                    models.CharField(
                        blank=True,
                        help_text="Пусто – прежний.",
                        max_length=11,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9]{8}([0-9]{3})?\\Z", "Код ОКТМО состоит из 8 или 11 цифр."
                            )
                        ],
                        verbose_name="новый код ОКТМО",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="Публикуется. Например: «Закон Костромской области от 12 марта 2026 г. № 3».",
                        max_length=500,
                        validators=[russian.text.plain_text],
                        verbose_name="основание",
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
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renamings",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
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
                        to="municipalities.renaming",
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
                        to="municipalities.renaming",
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
                        to="municipalities.renaming",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись о названии и коде",
                "verbose_name_plural": "записи о названиях и кодах",
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
                        condition=models.Q(("actor_name", ""), _negated=True), name="renaming_by_somebody"
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
                        name="renaming_on_behalf_with_ground",
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
                        name="renaming_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_on__gte", datetime.date(2000, 1, 1)),
                            ("happened_on__lte", datetime.date(2100, 12, 31)),
                        ),
                        name="renaming_within_a_century",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("voids__isnull", True),
                                models.Q(("new_name", ""), ("new_oktmo", ""), _negated=True),
                                models.Q(("basis", ""), _negated=True),
                            ),
                            models.Q(("basis", ""), ("new_name", ""), ("new_oktmo", ""), ("voids__isnull", False)),
                            _connector="OR",
                        ),
                        name="renaming_is_a_change_with_basis_or_a_voiding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("new_oktmo", ""), ("new_oktmo__regex", "^[0-9]{8}([0-9]{3})?$"), _connector="OR"
                        ),
                        name="renaming_oktmo_8_or_11_digits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "since",
                    models.DateField(
                        blank=True,
                        help_text="Пусто, если день неизвестен: с самого начала.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            ),
                            django.core.validators.MaxValueValidator(
                                datetime.date(2100, 12, 31), message="Проверьте год: он не может быть позже 2100-го."
                            ),
                        ],
                        verbose_name="с какого дня",
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="Последний день, если он назван.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            ),
                            django.core.validators.MaxValueValidator(
                                datetime.date(2100, 12, 31), message="Проверьте год: он не может быть позже 2100-го."
                            ),
                        ],
                        verbose_name="по какой день",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representatives",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="представитель",
                    ),
                ),
            ],
            options={
                "verbose_name": "представитель муниципалитета",
                "verbose_name_plural": "представители муниципалитетов",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("user", "municipality"),
                        name="representative_once",
                        violation_error_message="Этот пользователь уже представляет муниципалитет.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            models.Q(
                                ("since__gte", datetime.date(2000, 1, 1)), ("since__lte", datetime.date(2100, 12, 31))
                            ),
                            _connector="OR",
                        ),
                        name="representative_since_within_a_century",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            models.Q(
                                ("until__lte", datetime.date(2100, 12, 31)),
                                models.Q(
                                    models.Q(("since__isnull", True), ("until__gte", datetime.date(2000, 1, 1))),
                                    models.Q(("since__isnull", False), ("until__gte", models.F("since"))),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="representative_does_not_end_before_they_begin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_on", models.DateField(verbose_name="когда")),
                ("text", models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="примечание")),
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
                    "basis",
                    models.CharField(
                        blank=True, max_length=500, validators=[russian.text.plain_text], verbose_name="основание"
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
                    "joining",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="begun_by",
                        to="municipalities.membership",
                    ),
                ),
                (
                    "leaving",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_by",
                        to="municipalities.membership",
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
                        to="municipalities.succession",
                        verbose_name="в тот же день раньше, чем",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="municipalities.municipality",
                        verbose_name="предшественник",
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
                        to="municipalities.succession",
                        verbose_name="в тот же день на месте отменённой",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="municipalities.municipality",
                        verbose_name="правопреемник",
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
                        to="municipalities.succession",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись о правопреемстве",
                "verbose_name_plural": "записи о правопреемстве",
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
                        condition=models.Q(("actor_name", ""), _negated=True), name="succession_by_somebody"
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
                        name="succession_on_behalf_with_ground",
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
                        name="succession_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_on__gte", datetime.date(2000, 1, 1)),
                            ("happened_on__lte", datetime.date(2100, 12, 31)),
                        ),
                        name="succession_within_a_century",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("successor", models.F("predecessor")), _negated=True),
                        name="succession_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voids__isnull", True), models.Q(("basis", ""), _negated=True)),
                            models.Q(
                                ("basis", ""),
                                ("joining__isnull", True),
                                ("leaving__isnull", True),
                                ("voids__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="succession_has_a_basis_or_is_a_voiding",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkbookImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Читается"),
                            ("preview", "Предпросмотр"),
                            ("refused", "Есть ошибки"),
                            ("applying", "Загружается"),
                            ("applied", "Загружено"),
                            ("discarded", "Отменено"),
                        ],
                        default="preview",
                        editable=False,
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="загружено на портал"
                    ),
                ),
                (
                    "uploaded_by_name",
                    models.CharField(editable=False, max_length=150, verbose_name="кто загрузил (имя на тот момент)"),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="решено")),
                (
                    "decided_by_name",
                    models.CharField(
                        blank=True, editable=False, max_length=150, verbose_name="кто решил (имя на тот момент)"
                    ),
                ),
                ("task", models.UUIDField(editable=False, null=True, verbose_name="задача обработчика")),
                ("rows", models.PositiveIntegerField(default=0, editable=False, verbose_name="строк прочитано")),
                (
                    "changed_municipalities",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="муниципалитетов с изменениями"
                    ),
                ),
                (
                    "changed_cells",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="изменённых ячеек"),
                ),
                ("errors", models.PositiveIntegerField(default=0, editable=False, verbose_name="ошибок")),
                ("plan", models.JSONField(default=dict, editable=False, verbose_name="что найдено")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто загрузил",
                    ),
                ),
            ],
            options={
                "verbose_name": "загрузка книги",
                "verbose_name_plural": "загрузки книг",
                "ordering": ["-uploaded_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["reading", "preview", "refused", "applying", "applied", "discarded"])
                        ),
                        name="workbookimport_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("uploaded_by_name", ""), _negated=True), name="workbookimport_has_author"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by_name", ""),
                                ("state__in", ["applying", "preview", "reading", "refused"]),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                models.Q(("state__in", ["applying", "preview", "reading", "refused"]), _negated=True),
                                models.Q(("decided_by_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="workbookimport_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "applied"), _negated=True), ("errors", 0), _connector="OR"
                        ),
                        name="workbookimport_applied_without_errors",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(editable=False, max_length=150, verbose_name="имя файла")),
                (
                    "file",
                    models.FileField(
                        editable=False, upload_to=municipalities.models.uploads.import_path, verbose_name="файл"
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="размер, байт")),
                (
                    "batch",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="municipalities.workbookimport",
                        verbose_name="загрузка",
                    ),
                ),
            ],
            options={
                "verbose_name": "загруженная книга",
                "verbose_name_plural": "загруженные книги",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="importedfile_sha256_hex"
                    )
                ],
            },
        ),
    ]
