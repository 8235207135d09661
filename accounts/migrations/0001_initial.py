import accounts.models.outgoing
import accounts.requisites
import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import revisions.ledger
import russian.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "Такой адрес уже есть в портале."},
                        max_length=254,
                        unique=True,
                        verbose_name="адрес электронной почты",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Как в документах: «Н.В. Корягина»",
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
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secretariat", "Секретариат"),
                            ("chair", "Председатель"),
                            ("municipal", "Представитель муниципалитета"),
                        ],
                        max_length=20,
                        verbose_name="роль",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="может входить")),
                ("is_staff", models.BooleanField(default=False, verbose_name="технический администратор")),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="заведён"),
                ),
                (
                    "wants_reminders",
                    models.BooleanField(
                        default=True,
                        help_text="Одно письмо в день, и только когда что-то просрочено или срок близко.",
                        verbose_name="получать напоминания о сроках по электронной почте",
                    ),
                ),
                (
                    "calendar_key",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="ключ календаря"),
                ),
                (
                    "offices",
                    models.JSONField(blank=True, default=list, editable=False, verbose_name="обязанности на срок"),
                ),
                (
                    "roles",
                    models.JSONField(blank=True, default=list, editable=False, verbose_name="роли по дням"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "пользователь",
                "verbose_name_plural": "пользователи",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="user_email_once",
                        violation_error_message="Такой адрес уже есть в портале.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["", "secretariat", "chair", "municipal"])),
                        name="user_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", ""), _negated=True), ("is_superuser", True), _connector="OR"
                        ),
                        name="user_has_role_or_is_superuser",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("calendar_key", ""), _negated=True),
                        fields=("calendar_key",),
                        name="user_calendar_key_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("empty_at", models.FloatField(db_index=True)),
            ],
            options={
                "verbose_name": "счётчик обращений",
                "verbose_name_plural": "счётчики обращений",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="bucket_has_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalUser",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "history_user_name",
                    models.CharField(blank=True, editable=False, max_length=150, verbose_name="кто изменил"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "email",
                    models.EmailField(
                        db_index=True,
                        error_messages={"unique": "Такой адрес уже есть в портале."},
                        max_length=254,
                        verbose_name="адрес электронной почты",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Как в документах: «Н.В. Корягина»",
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
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secretariat", "Секретариат"),
                            ("chair", "Председатель"),
                            ("municipal", "Представитель муниципалитета"),
                        ],
                        max_length=20,
                        verbose_name="роль",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="может входить")),
                ("is_staff", models.BooleanField(default=False, verbose_name="технический администратор")),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="заведён"),
                ),
                (
                    "wants_reminders",
                    models.BooleanField(
                        default=True,
                        help_text="Одно письмо в день, и только когда что-то просрочено или срок близко.",
                        verbose_name="получать напоминания о сроках по электронной почте",
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
                "verbose_name": "historical пользователь",
                "verbose_name_plural": "historical пользователи",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="о чём")),
                ("recipient", models.CharField(blank=True, max_length=320, verbose_name="кому")),
                ("subject", models.CharField(max_length=300, verbose_name="тема")),
                ("text", models.TextField(blank=True, verbose_name="текст")),
                ("search_text", models.TextField(blank=True, editable=False, verbose_name="для поиска")),
                (
                    "message_id",
                    models.CharField(
                        default=accounts.models.outgoing.new_message_id,
                        editable=False,
                        max_length=250,
                        verbose_name="Message-ID",
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Сразу"), (1, "Обычное"), (2, "Рассылка")], verbose_name="срочность"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Ждёт отправки"),
                            ("sending", "Отправляется"),
                            ("sent", "Отправлено"),
                            ("failed", "Не отправлено"),
                            ("missed", "Не успело уйти"),
                            ("nobody", "Писать некому"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="попыток")),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="следующая попытка"),
                ),
                ("claimed_until", models.DateTimeField(null=True, verbose_name="отправляется до")),
                ("useful_until", models.DateTimeField(null=True, verbose_name="нужно до")),
                ("last_error", models.CharField(blank=True, max_length=300, verbose_name="последняя ошибка")),
                ("may_have_left_twice", models.BooleanField(default=False, verbose_name="могло уйти дважды")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="написано")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="отправлено")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто написал",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mail",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="пользователь",
                    ),
                ),
            ],
            options={
                "verbose_name": "исходящее сообщение",
                "verbose_name_plural": "исходящие сообщения",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "sending"))),
                        fields=["urgency", "next_attempt_at"],
                        name="mail_under_way",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="mail_latest"),
                    models.Index(condition=models.Q(("state", "sent")), fields=["sent_at"], name="mail_sent"),
                    models.Index(condition=models.Q(("state", "missed")), fields=["useful_until"], name="mail_missed"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("message_id",), name="mail_message_id_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "sending", "sent", "failed", "missed", "nobody"])),
                        name="mail_state_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("urgency__in", [0, 1, 2])), name="mail_urgency_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="mail_sent_exactly_when_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_until__isnull", False), ("state", "sending")),
                            models.Q(models.Q(("state", "sending"), _negated=True), ("claimed_until__isnull", True)),
                            _connector="OR",
                        ),
                        name="mail_claimed_exactly_while_sending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sending"), _negated=True), ("attempts__gt", 0), _connector="OR"
                        ),
                        name="mail_attempts_are_counted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recipient", ""), ("state", "nobody")),
                            models.Q(
                                models.Q(("recipient", ""), _negated=True), models.Q(("state", "nobody"), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="mail_to_nobody_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["failed", "missed"]), _negated=True),
                            models.Q(("last_error", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="mail_that_did_not_leave_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["sent", "missed", "nobody"]), _negated=True),
                            ("text", ""),
                            _connector="OR",
                        ),
                        name="mail_text_is_forgotten",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("waiting", "sending")), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="mail_under_way_has_a_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True),
                            models.Q(("subject", ""), _negated=True),
                            models.Q(("message_id", ""), _negated=True),
                        ),
                        name="mail_is_a_letter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnionProfileRecord",
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
                ("number", models.PositiveIntegerField(editable=False, verbose_name="номер записи")),
                (
                    "happened_on",
                    models.DateField(
                        help_text="День, с которого верны изменения: прошедший, сегодняшний или будущий.",
                        validators=[
                            django.core.validators.MinValueValidator(
                                datetime.date(2000, 1, 1), message="Укажите дату не раньше 1 января 2000 г."
                            ),
                            django.core.validators.MaxValueValidator(
                                datetime.date(2100, 12, 31), message="Проверьте год: он не может быть позже 2100-го."
                            ),
                        ],
                        verbose_name="действует с",
                    ),
                ),
                (
                    "full_name",
                    models.CharField(
                        blank=True,
                        max_length=250,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="полное название",
                    ),
                ),
                (
                    "genitive",
                    models.CharField(
                        blank=True,
                        help_text="Как в подписи: «секретариат Союза городов …».",
                        max_length=250,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="полное название в родительном падеже",
                    ),
                ),
                (
                    "short_name",
                    models.CharField(
                        blank=True,
                        help_text="Аббревиатура, которую не склоняют.",
                        max_length=50,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="сокращённое название",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        max_length=400,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="адрес",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="телефон",
                    ),
                ),
                (
                    "email",
                    models.CharField(
                        blank=True,
                        max_length=254,
                        null=True,
                        validators=[django.core.validators.EmailValidator()],
                        verbose_name="адрес электронной почты",
                    ),
                ),
                (
                    "ogrn",
                    models.CharField(
                        blank=True,
                        max_length=13,
                        null=True,
                        validators=[accounts.requisites.validate_ogrn],
                        verbose_name="ОГРН",
                    ),
                ),
                (
                    "inn",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        null=True,
                        validators=[accounts.requisites.validate_inn],
                        verbose_name="ИНН",
                    ),
                ),
                (
                    "members",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(9999)],
                        verbose_name="число членов по уставу",
                    ),
                ),
                (
                    "quorum_rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("more_than_half", "более половины членов Союза"),
                            ("half", "не менее половины членов Союза"),
                            ("two_thirds", "не менее двух третей членов Союза"),
                            ("three_quarters", "не менее трёх четвертей членов Союза"),
                        ],
                        help_text="Как в уставе: при каком числе Собрание правомочно.",
                        max_length=20,
                        null=True,
                        validators=[russian.text.plain_text],
                        verbose_name="кворум Общего Собрания",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        help_text="Документ или причина, например: «Изменения в устав от 12.03.2026» или «Исправлена опечатка».",
                        max_length=1000,
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
                        to="accounts.unionprofilerecord",
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
                        to="accounts.unionprofilerecord",
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
                        to="accounts.unionprofilerecord",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись о Союзе",
                "verbose_name_plural": "записи о Союзе",
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
                        condition=models.Q(("actor_name", ""), _negated=True), name="unionprofilerecord_by_somebody"
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
                        name="unionprofilerecord_on_behalf_with_ground",
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
                        name="unionprofilerecord_voiding_says_why",
                    ),
                    models.UniqueConstraint(fields=("number",), name="union_record_numbered_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_on__gte", datetime.date(2000, 1, 1)),
                            ("happened_on__lte", datetime.date(2100, 12, 31)),
                        ),
                        name="union_record_within_a_century",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="union_record_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address__isnull", True),
                                ("email__isnull", True),
                                ("full_name__isnull", True),
                                ("genitive__isnull", True),
                                ("inn__isnull", True),
                                ("members__isnull", True),
                                ("ogrn__isnull", True),
                                ("phone__isnull", True),
                                ("quorum_rule__isnull", True),
                                ("short_name__isnull", True),
                                ("voids__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("address__isnull", True),
                                    ("email__isnull", True),
                                    ("full_name__isnull", True),
                                    ("genitive__isnull", True),
                                    ("inn__isnull", True),
                                    ("members__isnull", True),
                                    ("ogrn__isnull", True),
                                    ("phone__isnull", True),
                                    ("quorum_rule__isnull", True),
                                    ("short_name__isnull", True),
                                    _negated=True,
                                ),
                                ("voids__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="union_record_says_something_or_voids",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("full_name__isnull", True), models.Q(("full_name", ""), _negated=True), _connector="OR"
                        ),
                        name="union_full_name_not_taken_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("genitive__isnull", True), models.Q(("genitive", ""), _negated=True), _connector="OR"
                        ),
                        name="union_genitive_not_taken_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("short_name__isnull", True), models.Q(("short_name", ""), _negated=True), _connector="OR"
                        ),
                        name="union_short_name_not_taken_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ogrn__isnull", True), ("ogrn__regex", "^([0-9]{13})?$"), _connector="OR"),
                        name="union_ogrn_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("inn__isnull", True), ("inn__regex", "^([0-9]{10})?$"), _connector="OR"),
                        name="union_inn_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quorum_rule__isnull", True),
                            ("quorum_rule__in", ["", "more_than_half", "half", "two_thirds", "three_quarters"]),
                            _connector="OR",
                        ),
                        name="union_quorum_rule_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("number", models.PositiveIntegerField(editable=False, verbose_name="номер записи")),
                (
                    "action",
                    models.CharField(
                        blank=True,
                        choices=[("appoint", "Назначение"), ("end", "Прекращение полномочий")],
                        max_length=10,
                        verbose_name="что произошло",
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[("acting_chair", "И.о. председателя"), ("board", "Член Правления")],
                        max_length=20,
                        verbose_name="обязанности",
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(
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
                        help_text="Последний день полномочий.",
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
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="Например: «Распоряжение от 20.11.2026 № 14».",
                        max_length=170,
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
                        to="accounts.officeterm",
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
                        to="accounts.officeterm",
                        verbose_name="в тот же день на месте отменённой",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
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
                        to="accounts.officeterm",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись о полномочиях",
                "verbose_name_plural": "записи о полномочиях",
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
                        condition=models.Q(("actor_name", ""), _negated=True), name="officeterm_by_somebody"
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
                        name="officeterm_on_behalf_with_ground",
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
                        name="officeterm_voiding_says_why",
                    ),
                    models.UniqueConstraint(fields=("number",), name="office_term_numbered_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_on__gte", datetime.date(2000, 1, 1)),
                            ("happened_on__lte", datetime.date(2100, 12, 31)),
                        ),
                        name="office_term_within_a_century",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            models.Q(
                                ("until__gte", models.F("happened_on")), ("until__lte", datetime.date(2100, 12, 31))
                            ),
                            _connector="OR",
                        ),
                        name="office_term_does_not_end_before_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action", "appoint"),
                                ("office__in", ["acting_chair", "board"]),
                                ("voids__isnull", True),
                                models.Q(("basis", ""), _negated=True),
                            ),
                            models.Q(
                                ("action", "end"),
                                ("office__in", ["acting_chair", "board"]),
                                ("until__isnull", True),
                                ("voids__isnull", True),
                                models.Q(("basis", ""), _negated=True),
                            ),
                            models.Q(
                                ("action", ""),
                                ("basis", ""),
                                ("office", ""),
                                ("until__isnull", True),
                                ("voids__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="office_term_is_a_step_with_basis_or_a_voiding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", "appoint"), ("office__in", ["acting_chair"]), _negated=True),
                            ("until__isnull", False),
                            _connector="OR",
                        ),
                        name="office_term_of_a_stand_in_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleRecord",
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
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secretariat", "Секретариат"),
                            ("chair", "Председатель"),
                            ("municipal", "Представитель муниципалитета"),
                        ],
                        max_length=20,
                        verbose_name="роль",
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
                        to="accounts.rolerecord",
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
                        to="accounts.rolerecord",
                        verbose_name="в тот же день на месте отменённой",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_records",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
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
                        to="accounts.rolerecord",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись о роли",
                "verbose_name_plural": "записи о ролях",
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
                        condition=models.Q(("actor_name", ""), _negated=True), name="rolerecord_by_somebody"
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
                        name="rolerecord_on_behalf_with_ground",
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
                        name="rolerecord_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("happened_on__gte", datetime.date(2000, 1, 1))),
                        name="role_record_not_before_2000",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role__in", ["", "secretariat", "chair", "municipal"]), ("voids__isnull", True)),
                            models.Q(("role", ""), ("voids__isnull", False)),
                            _connector="OR",
                        ),
                        name="role_record_is_a_known_role_or_a_voiding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("day_is_known", True), ("happened_on", datetime.date(2000, 1, 1)), _connector="OR"
                        ),
                        name="role_record_without_day_is_of_old",
                    ),
                ],
            },
        ),
    ]
