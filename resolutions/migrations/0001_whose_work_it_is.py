import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import municipalities.models.uploads
import resolutions.kinds
import resolutions.models.attachment
import resolutions.models.numbering
import resolutions.text
import revisions.ledger
import russian.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("documents", "0001_initial"),
        ("municipalities", "0001_initial"),
        ("practices", "0001_initial"),
        ("surveys", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correspondent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        blank=True, max_length=250, validators=[russian.text.plain_text], verbose_name="название"
                    ),
                ),
                ("search_name", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "municipality",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correspondent",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
            ],
            options={
                "verbose_name": "корреспондент",
                "verbose_name_plural": "корреспонденты",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("search_name", ""), _negated=True),
                        fields=("search_name",),
                        name="correspondent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("municipality__isnull", True),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("search_name", ""), _negated=True),
                            ),
                            models.Q(("municipality__isnull", False), ("name", ""), ("search_name", "")),
                            _connector="OR",
                        ),
                        name="correspondent_is_a_body_or_a_municipality",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Не начато"),
                            ("in_progress", "В работе"),
                            ("reported", "Доложено"),
                            ("closed", "Снято с контроля"),
                            ("cancelled", "Исполнение отменено"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "responsible_name",
                    models.CharField(
                        blank=True, editable=False, max_length=250, verbose_name="ответственный (название)"
                    ),
                ),
                (
                    "controller_name",
                    models.CharField(
                        blank=True, editable=False, max_length=250, verbose_name="контролирует (название)"
                    ),
                ),
                ("due_on", models.DateField(editable=False, null=True, verbose_name="срок")),
                (
                    "term",
                    models.CharField(blank=True, editable=False, max_length=100, verbose_name="как определён срок"),
                ),
                (
                    "warn_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        editable=False,
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="предупреждать за дней",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("achieved", "Достигнуто"),
                            ("partly", "Достигнуто частично"),
                            ("refused", "Отказано"),
                            ("no_answer", "Нет ответа по существу"),
                            ("lapsed", "Отпало"),
                            ("no_evidence", "Сведений нет"),
                            ("unnamed", "Ещё не назван"),
                        ],
                        default="unnamed",
                        editable=False,
                        max_length=20,
                        verbose_name="результат",
                    ),
                ),
                ("result_on", models.DateField(editable=False, null=True, verbose_name="результат назван")),
                (
                    "result_reason",
                    models.TextField(blank=True, editable=False, verbose_name="почему назван этот результат"),
                ),
                ("begun_by_deed", models.BooleanField(default=False, editable=False, verbose_name="начат письмом")),
                ("watched_anew_on", models.DateField(editable=False, null=True, verbose_name="на контроле заново с")),
                (
                    "reported_late_by",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="доложено с опозданием на дней"
                    ),
                ),
                ("asked_due_on", models.DateField(editable=False, null=True, verbose_name="запрошенный срок")),
                ("asked_on", models.DateField(editable=False, null=True, verbose_name="срок запрошен")),
                (
                    "measures",
                    models.CharField(
                        blank=True, editable=False, max_length=60, verbose_name="чем измеряется исполнение"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=resolutions.text.new_key, editable=False, max_length=8, verbose_name="ключ"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="номер")),
                (
                    "kind",
                    models.CharField(choices=resolutions.kinds.point_kind_choices, max_length=20, verbose_name="вид"),
                ),
                ("text", models.TextField(validators=[russian.text.plain_text], verbose_name="текст")),
                (
                    "answered",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("achieved", "Достигнуто"),
                            ("partly", "Достигнуто частично"),
                            ("refused", "Отказано"),
                            ("no_answer", "Нет ответа по существу"),
                            ("lapsed", "Отпало"),
                            ("no_evidence", "Сведений нет"),
                            ("unnamed", "Ещё не назван"),
                        ],
                        default="",
                        editable=False,
                        max_length=20,
                        verbose_name="что следует из ответов",
                    ),
                ),
                (
                    "experience_of",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="чей опыт использовать",
                    ),
                ),
                (
                    "measured_owner",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="чей опыт считается",
                    ),
                ),
                (
                    "measured_question",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.question",
                        verbose_name="ответы на какой вопрос считаются",
                    ),
                ),
            ],
            options={
                "verbose_name": "пункт решения",
                "verbose_name_plural": "пункты решения",
                "ordering": ["number"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "in_progress", "reported", "closed", "cancelled"])
                        ),
                        name="point_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("warn_days__lte", 365)), name="point_warns_within_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("term", ""), ("due_on__isnull", False), _connector="OR"),
                        name="point_term_comes_with_day",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="point_number_from_one"),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="point_has_key"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["recommendation", "appeal", "gratitude", "assignment"])),
                        name="point_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered__in", ["", "achieved", "partly", "refused", "no_answer"])),
                        name="point_answered_is_of_answers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                (
                    "number",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=30,
                        validators=[russian.text.plain_text],
                        verbose_name="входящий номер",
                    ),
                ),
                ("sequence", models.PositiveIntegerField(editable=False, null=True, verbose_name="порядковый номер")),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="год регистрации")),
                ("received_on", models.DateField(editable=False, verbose_name="дата поступления")),
                ("is_voided", models.BooleanField(default=False, editable=False, verbose_name="запись отменена")),
                ("search_text", models.TextField(editable=False)),
                (
                    "correspondent",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters_from",
                        to="resolutions.correspondent",
                        verbose_name="от кого",
                    ),
                ),
            ],
            options={
                "verbose_name": "входящее письмо",
                "verbose_name_plural": "входящие письма",
                "ordering": ["-received_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("year", "number"),
                        name="incoming_number_once_a_year",
                        violation_error_message="Входящее с таким номером в этом году уже есть.",
                    ),
                    models.UniqueConstraint(fields=("year", "sequence"), name="incoming_sequence_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sequence__isnull", True), models.Q(("number", ""), _negated=True), _connector="OR"
                        ),
                        name="incoming_sequence_comes_with_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingEntry",
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
                    "their_number",
                    models.CharField(
                        blank=True,
                        max_length=50,
                        validators=[russian.text.plain_text],
                        verbose_name="исходящий номер отправителя",
                    ),
                ),
                ("their_date", models.DateField(blank=True, null=True, verbose_name="дата письма отправителя")),
                (
                    "among_sent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("before", "раньше, чем отправлены письма этого дня"),
                            ("after", "позже, чем отправлены письма этого дня"),
                        ],
                        max_length=10,
                        verbose_name="порядок в этот день",
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
                    "correspondent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resolutions.correspondent",
                        verbose_name="от кого",
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
                        to="resolutions.incomingentry",
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
                        to="resolutions.incomingentry",
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
                        to="resolutions.incomingentry",
                        verbose_name="отменяет запись",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="resolutions.incomingletter",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись о входящем",
                "verbose_name_plural": "записи о входящих",
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
                        condition=models.Q(("actor_name", ""), _negated=True), name="incomingentry_by_somebody"
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
                        name="incomingentry_on_behalf_with_ground",
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
                        name="incomingentry_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correspondent__isnull", False), ("voids__isnull", True)),
                            models.Q(
                                ("correspondent__isnull", True),
                                ("their_date__isnull", True),
                                ("their_number", ""),
                                ("voids__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="incoming_entry_says_who_wrote_or_voids",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("happened_on__gte", datetime.date(2000, 1, 1))),
                        name="incoming_not_before_2000",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("among_sent__in", ["", "before", "after"])),
                        name="incoming_entry_among_sent_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
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
                (
                    "number",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=30,
                        validators=[russian.text.plain_text],
                        verbose_name="исходящий номер",
                    ),
                ),
                ("sequence", models.PositiveIntegerField(editable=False, null=True, verbose_name="порядковый номер")),
                ("date", models.DateField(editable=False, null=True, verbose_name="дата письма")),
                ("year", models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="год регистрации")),
                (
                    "kind",
                    models.CharField(choices=resolutions.kinds.letter_kind_choices, max_length=20, verbose_name="вид"),
                ),
                (
                    "new_asks",
                    models.TextField(
                        blank=True,
                        help_text="Каждая просьба с новой строки: ответ учитывается по каждой. Номера присваивает регистрация",
                        max_length=10000,
                        validators=[russian.text.plain_text],
                        verbose_name="новые просьбы",
                    ),
                ),
                (
                    "reply_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=30,
                        help_text="Срок считается со дня отправки. Оставьте пустым, если срока нет",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="ждать ответа, календарных дней",
                    ),
                ),
                ("is_awaited", models.BooleanField(default=False, editable=False, verbose_name="ответа ждут")),
                ("awaited_until", models.DateField(editable=False, null=True, verbose_name="ответа ждут до")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Проект"),
                            ("registered", "Зарегистрировано"),
                            ("sent", "Отправлено"),
                            ("delivered", "Вручено"),
                            ("annulled", "Аннулировано"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                ("due_on", models.DateField(editable=False, null=True, verbose_name="срок ответа")),
                ("search_text", models.TextField(editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="создано")),
                (
                    "correspondent",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters_to",
                        to="resolutions.correspondent",
                        verbose_name="кто должен ответить",
                    ),
                ),
                (
                    "issued_document",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="documents.issueddocument",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="municipalities.municipality",
                    ),
                ),
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
                    "repeats",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="resolutions.letter",
                        verbose_name="повторно",
                    ),
                ),
            ],
            options={
                "verbose_name": "письмо",
                "verbose_name_plural": "письма",
                "ordering": ["-date", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["appeal", "gratitude", "circular"])), name="letter_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("date__isnull", True),
                                ("number", ""),
                                ("sequence__isnull", True),
                                ("year__isnull", True),
                            ),
                            models.Q(
                                models.Q(("number", ""), _negated=True),
                                ("date__isnull", False),
                                ("year__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="letter_number_comes_with_date",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("year", "number"),
                        name="letter_number_once_a_year",
                        violation_error_message="Письмо с таким исходящим номером в этом году уже есть.",
                    ),
                    models.UniqueConstraint(fields=("year", "sequence"), name="letter_sequence_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("is_awaited", True), ("awaited_until__isnull", True), _connector="OR"),
                        name="letter_day_is_of_what_is_awaited",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_document__isnull", True), models.Q(("number", ""), _negated=True), _connector="OR"
                        ),
                        name="letter_issued_has_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                (
                    "text",
                    models.TextField(
                        max_length=2000, validators=[russian.text.plain_text], verbose_name="о чём просят"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="asks", to="resolutions.letter"
                    ),
                ),
            ],
            options={
                "verbose_name": "просьба",
                "verbose_name_plural": "просьбы",
                "ordering": ["number", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "number"), name="ask_number_once_a_letter"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("text", ""), _negated=True), ("number__gte", 1)),
                        name="ask_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterStep",
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
                        choices=[
                            ("register", "Зарегистрировано"),
                            ("sign", "Подписано"),
                            ("send", "Отправлено"),
                            ("deliver", "Вручено"),
                            ("extend", "Изменён срок ответа"),
                            ("note", "Примечание"),
                            ("annul", "Аннулировано"),
                        ],
                        max_length=20,
                        verbose_name="шаг",
                    ),
                ),
                ("due_on", models.DateField(null=True, verbose_name="новый срок ответа")),
                ("lifts_due", models.BooleanField(default=False, verbose_name="срок снят")),
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="resolutions.letter"
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
                        to="resolutions.letterstep",
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
                        to="resolutions.letterstep",
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
                        to="resolutions.letterstep",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "шаг письма",
                "verbose_name_plural": "шаги писем",
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
                "indexes": [models.Index(fields=["letter", "action", "voids"], name="letter_step_of_letter")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor_name", ""), _negated=True), name="letterstep_by_somebody"
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
                        name="letterstep_on_behalf_with_ground",
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
                        name="letterstep_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action__in", ["register", "sign", "send", "deliver", "extend", "note", "annul"]),
                                ("voids__isnull", True),
                            ),
                            models.Q(
                                ("action", ""),
                                ("channel", ""),
                                ("due_on__isnull", True),
                                ("lifts_due", False),
                                ("voids__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="letter_step_is_a_step_or_a_voiding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lifts_due", False), ("due_on__isnull", True), _connector="OR"),
                        name="letter_step_sets_or_lifts_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", "send"), _negated=True),
                            ("channel__in", ["post", "email", "exchange", "courier"]),
                            _connector="OR",
                        ),
                        name="letter_sent_by_a_channel",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CarriedAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("renews", models.BooleanField(default=False, verbose_name="заново, хотя ответ уже был")),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="carried", to="resolutions.ask"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="carried", to="resolutions.letter"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried",
                        to="resolutions.letterstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "просьба в письме",
                "verbose_name_plural": "просьбы в письмах",
                "ordering": ["ask__number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("step__isnull", True)),
                        fields=("letter", "ask"),
                        name="ask_planned_once_a_letter",
                    ),
                    models.UniqueConstraint(fields=("step", "ask"), name="ask_sent_once_a_step"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=resolutions.kinds.letter_kind_choices, max_length=20, verbose_name="вид"),
                ),
                (
                    "title",
                    models.CharField(max_length=300, validators=[russian.text.plain_text], verbose_name="название"),
                ),
                ("created_by_name", models.CharField(max_length=150, verbose_name="кто подготовил")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="когда")),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailings",
                        to="resolutions.decisionpoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "пакет писем",
                "verbose_name_plural": "пакеты писем",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["appeal", "gratitude", "circular"])), name="mailing_kind_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="mailing_has_title"),
                ],
            },
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
        migrations.CreateModel(
            name="MemberReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                ("reported_on", models.DateField(editable=False, null=True, verbose_name="доложено")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="member_reports",
                        to="resolutions.decisionpoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "доклад члена Союза",
                "verbose_name_plural": "доклады членов Союза",
                "constraints": [
                    models.UniqueConstraint(fields=("point", "municipality"), name="member_report_once_a_point")
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberReportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_on", models.DateField(verbose_name="когда")),
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
                        choices=[("report", "Доложено"), ("return", "Возвращено на доработку")],
                        max_length=10,
                        verbose_name="что произошло",
                    ),
                ),
                ("text", models.TextField(validators=[russian.text.plain_text], verbose_name="что сделано")),
                (
                    "result",
                    models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="что получилось"),
                ),
                (
                    "obstacles",
                    models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="что мешает"),
                ),
                (
                    "next_step",
                    models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="следующий шаг"),
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
                    "placed_before",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resolutions.memberreportrow",
                        verbose_name="в тот же день раньше, чем",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="resolutions.memberreport"
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
                        to="resolutions.memberreportrow",
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
                        to="resolutions.memberreportrow",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись доклада члена Союза",
                "verbose_name_plural": "записи докладов членов Союза",
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
                        condition=models.Q(("actor_name", ""), _negated=True), name="memberreportrow_by_somebody"
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
                        name="memberreportrow_on_behalf_with_ground",
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
                        name="memberreportrow_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__in", ["report", "return"]), ("voids__isnull", True)),
                            models.Q(
                                ("action", ""),
                                ("next_step", ""),
                                ("obstacles", ""),
                                ("result", ""),
                                ("voids__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="member_report_row_is_a_step_or_a_voiding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="member_report_row_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("action", "report"),
                            models.Q(("by_link", False), ("next_step", ""), ("obstacles", ""), ("result", "")),
                            _connector="OR",
                        ),
                        name="member_report_row_result_is_of_a_report",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="версия записи")),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="год")),
                (
                    "direction",
                    models.CharField(
                        choices=[("outgoing", "Исходящие"), ("incoming", "Входящие")],
                        default="outgoing",
                        editable=False,
                        max_length=10,
                        verbose_name="какие письма",
                    ),
                ),
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
                "verbose_name": "нумерация писем",
                "verbose_name_plural": "нумерация писем",
                "ordering": ["-year", "-direction"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "direction"), name="series_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["outgoing", "incoming"])), name="series_direction_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__gte", 1)), name="series_begins_with_one_or_more"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pattern__contains", "{номер}")), name="series_pattern_has_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("satisfied", "Удовлетворена"),
                            ("partly", "Удовлетворена частично"),
                            ("refused", "Отказано"),
                            ("not_considered", "Не рассмотрена по существу"),
                            ("interim", "Промежуточный ответ"),
                            ("forwarded", "Перенаправлена"),
                        ],
                        max_length=20,
                        verbose_name="исход",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="ждать до")),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="resolutions.ask"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="resolutions.incomingentry",
                    ),
                ),
                (
                    "forwarded_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resolutions.correspondent",
                        verbose_name="кому",
                    ),
                ),
            ],
            options={
                "verbose_name": "исход просьбы",
                "verbose_name_plural": "исходы просьб",
                "ordering": ["ask__number", "pk"],
                "constraints": [models.UniqueConstraint(fields=("entry", "ask"), name="outcome_once_an_entry")],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("body", "Орган Союза"),
                            ("members", "Все члены Союза"),
                            ("municipality", "Муниципальное образование"),
                            ("user", "Человек"),
                            ("outside", "Сторонний орган"),
                        ],
                        max_length=20,
                        verbose_name="кто это",
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secretariat", "Секретариат Союза"),
                            ("chair", "Председатель Союза"),
                            ("board", "Правление Союза"),
                        ],
                        max_length=20,
                        verbose_name="орган Союза",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, max_length=250, validators=[russian.text.plain_text], verbose_name="название"
                    ),
                ),
                ("search_name", models.CharField(blank=True, editable=False, max_length=1000)),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="муниципальное образование",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="человек",
                    ),
                ),
            ],
            options={
                "verbose_name": "сторона",
                "verbose_name_plural": "стороны",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("body__in", ["secretariat", "chair", "board"]), ("kind", "body")),
                                models.Q(("body", ""), ("kind__in", ["members", "municipality", "user", "outside"])),
                                _connector="OR",
                            )
                        ),
                        name="party_body_is_of_the_union",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "municipality"), ("municipality__isnull", False)),
                            models.Q(models.Q(("kind", "municipality"), _negated=True), ("municipality__isnull", True)),
                            _connector="OR",
                        ),
                        name="party_municipality_where_it_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "user"), ("user__isnull", False)),
                            models.Q(models.Q(("kind", "user"), _negated=True), ("user__isnull", True)),
                            _connector="OR",
                        ),
                        name="party_user_where_it_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("kind", "outside")),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("search_name", ""), _negated=True),
                            ),
                            models.Q(models.Q(("kind", "outside"), _negated=True), ("name", ""), ("search_name", "")),
                            _connector="OR",
                        ),
                        name="party_name_where_it_is_outside",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("municipality__isnull", True), ("user__isnull", True)),
                        fields=("kind", "body", "search_name"),
                        name="party_body_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("municipality__isnull", False)),
                        fields=("municipality",),
                        name="party_municipality_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)), fields=("user",), name="party_user_once"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decisionpoint",
            name="controller",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resolutions.party",
                verbose_name="контролирует",
            ),
        ),
        migrations.AddField(
            model_name="decisionpoint",
            name="responsible",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="resolutions.party",
                verbose_name="ответственный",
            ),
        ),
        migrations.CreateModel(
            name="PointPromise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_point",
                        to="practices.commitment",
                        verbose_name="обязательство",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="resolutions.decisionpoint",
                        verbose_name="пункт решения",
                    ),
                ),
            ],
            options={
                "verbose_name": "обязательство по пункту",
                "verbose_name_plural": "обязательства по пунктам",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgressEntry",
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
                            ("note", "Запись о ходе исполнения"),
                            ("instruct", "Поручено"),
                            ("start", "Исполнение начато"),
                            ("report", "Доложено об исполнении"),
                            ("close", "Снято с контроля"),
                            ("return_for_rework", "Возвращено на доработку"),
                            ("extend", "Изменён срок"),
                            ("cancel", "Исполнение отменено"),
                            ("reopen", "Возвращено на контроль"),
                            ("result", "Назван результат"),
                            ("request", "Запрошен другой срок"),
                            ("refuse", "В другом сроке отказано"),
                            ("measure", "Выбрано, чем измеряется исполнение"),
                        ],
                        max_length=20,
                        verbose_name="шаг",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="когда сделано")),
                ("text", models.TextField(validators=[russian.text.plain_text], verbose_name="что сделано")),
                ("due_on", models.DateField(null=True, verbose_name="новый срок")),
                ("term", models.CharField(blank=True, max_length=100, verbose_name="как определён срок")),
                ("lifts_due", models.BooleanField(default=False, verbose_name="срок снят")),
                ("asked_due_on", models.DateField(null=True, verbose_name="какой срок запрошен")),
                (
                    "responsible_name",
                    models.CharField(blank=True, max_length=250, verbose_name="ответственный (название на тот момент)"),
                ),
                (
                    "controller_name",
                    models.CharField(blank=True, max_length=250, verbose_name="контролирует (название на тот момент)"),
                ),
                (
                    "warn_days",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="предупреждать за дней",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("achieved", "Достигнуто"),
                            ("partly", "Достигнуто частично"),
                            ("refused", "Отказано"),
                            ("no_answer", "Нет ответа по существу"),
                            ("lapsed", "Отпало"),
                            ("no_evidence", "Сведений нет"),
                            ("unnamed", "Ещё не назван"),
                        ],
                        max_length=20,
                        verbose_name="результат",
                    ),
                ),
                (
                    "result_reason",
                    models.TextField(
                        blank=True, validators=[russian.text.plain_text], verbose_name="почему назван этот результат"
                    ),
                ),
                (
                    "obstacles",
                    models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="что мешает"),
                ),
                (
                    "next_step",
                    models.TextField(blank=True, validators=[russian.text.plain_text], verbose_name="следующий шаг"),
                ),
                ("measures", models.CharField(blank=True, max_length=60, verbose_name="чем измеряется исполнение")),
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
                    "controller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resolutions.party",
                        verbose_name="контролирует",
                    ),
                ),
                (
                    "incoming",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="resolutions.incomingletter",
                        verbose_name="входящее, о котором запись",
                    ),
                ),
                (
                    "measured_owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                        verbose_name="чей опыт считается",
                    ),
                ),
                (
                    "measured_question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.question",
                        verbose_name="ответы на какой вопрос считаются",
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
                        to="resolutions.progressentry",
                        verbose_name="в тот же день раньше, чем",
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
                (
                    "responsible",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="resolutions.party",
                        verbose_name="ответственный",
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
                        to="resolutions.progressentry",
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
                        to="resolutions.progressentry",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись об исполнении",
                "verbose_name_plural": "ход исполнения",
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
                        condition=models.Q(("actor_name", ""), _negated=True), name="progressentry_by_somebody"
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
                        name="progressentry_on_behalf_with_ground",
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
                        name="progressentry_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "action__in",
                                    [
                                        "note",
                                        "instruct",
                                        "start",
                                        "report",
                                        "close",
                                        "return_for_rework",
                                        "extend",
                                        "cancel",
                                        "reopen",
                                        "result",
                                        "request",
                                        "refuse",
                                        "measure",
                                    ],
                                ),
                                ("voids__isnull", True),
                            ),
                            models.Q(
                                ("action", ""),
                                ("controller__isnull", True),
                                ("due_on__isnull", True),
                                ("lifts_due", False),
                                ("responsible__isnull", True),
                                ("result", ""),
                                ("result_reason", ""),
                                ("voids__isnull", False),
                                ("warn_days__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="progress_is_a_step_or_a_voiding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="progress_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("term", ""), ("due_on__isnull", False), _connector="OR"),
                        name="progress_term_comes_with_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lifts_due", False), ("due_on__isnull", True), _connector="OR"),
                        name="progress_sets_or_lifts_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("responsible__isnull", True), ("responsible_name", "")),
                            models.Q(
                                models.Q(("responsible__isnull", False)),
                                models.Q(("responsible_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="progress_responsible_by_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("controller__isnull", True), ("controller_name", "")),
                            models.Q(
                                models.Q(("controller__isnull", False)),
                                models.Q(("controller_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="progress_controller_by_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gte", models.F("happened_on")), _connector="OR"
                        ),
                        name="progress_deadline_not_before_its_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", "request"), ("asked_due_on__gte", models.F("happened_on"))),
                            models.Q(models.Q(("action", "request"), _negated=True), ("asked_due_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="progress_asks_for_a_day_to_come",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_step", ""), ("obstacles", "")), ("action", "report"), _connector="OR"
                        ),
                        name="progress_obstacles_are_of_a_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("action", "measure")), models.Q(("measures", ""), _negated=True)),
                            models.Q(
                                models.Q(("action", "measure"), _negated=True),
                                ("measured_owner__isnull", True),
                                ("measured_question__isnull", True),
                                ("measures", ""),
                            ),
                            _connector="OR",
                        ),
                        name="progress_measures_where_that_is_chosen",
                    ),
                ],
            },
        ),
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
                (
                    "incoming",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="resolutions.incomingentry",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="resolutions.letterstep",
                    ),
                ),
                (
                    "member_report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="resolutions.memberreportrow",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="resolutions.progressentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "приложенный файл",
                "verbose_name_plural": "приложенные файлы",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("entry__isnull", False),
                                ("incoming__isnull", True),
                                ("member_report__isnull", True),
                                ("step__isnull", True),
                            ),
                            models.Q(
                                ("entry__isnull", True),
                                ("incoming__isnull", True),
                                ("member_report__isnull", True),
                                ("step__isnull", False),
                            ),
                            models.Q(
                                ("entry__isnull", True),
                                ("incoming__isnull", False),
                                ("member_report__isnull", True),
                                ("step__isnull", True),
                            ),
                            models.Q(
                                ("entry__isnull", True),
                                ("incoming__isnull", True),
                                ("member_report__isnull", False),
                                ("step__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("name", ""), _negated=True), ("size__gt", 0)),
                        name="attachment_is_a_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
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
                ("is_released", models.BooleanField(null=True, verbose_name="обнародовано")),
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
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="resolutions.letter",
                        verbose_name="письмо",
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
                        to="resolutions.release",
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
                        to="resolutions.release",
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
                        to="resolutions.release",
                        verbose_name="отменяет запись",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись об обнародовании",
                "verbose_name_plural": "записи об обнародовании",
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
                "indexes": [models.Index(fields=["letter", "-happened_on", "-id"], name="release_of_letter_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor_name", ""), _negated=True), name="release_by_somebody"
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
                        name="release_on_behalf_with_ground",
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
                        name="release_voiding_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_released__isnull", False), ("voids__isnull", True)),
                            models.Q(("is_released__isnull", True), ("voids__isnull", False)),
                            _connector="OR",
                        ),
                        name="release_is_a_release_or_a_voiding",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="release_says_why"),
                    models.CheckConstraint(condition=models.Q(("letter__isnull", False)), name="release_of_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_by_name", models.CharField(max_length=150, verbose_name="кто отправил")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="когда")),
                (
                    "mail",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_reminder",
                        to="accounts.outgoingmail",
                        verbose_name="письмо",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="resolutions.memberreport",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "напоминание о докладе",
                "verbose_name_plural": "напоминания о докладах",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sent_by_name", ""), _negated=True), name="report_reminder_by_somebody"
                    )
                ],
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
                    "number",
                    models.CharField(
                        blank=True,
                        max_length=50,
                        validators=[russian.text.plain_text],
                        verbose_name="регистрационный номер",
                    ),
                ),
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
                (
                    "survey_round",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="surveys.surveyround",
                        verbose_name="информационный обмен, подготовивший решение",
                    ),
                ),
            ],
            options={
                "verbose_name": "решение",
                "verbose_name_plural": "решения",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "adopted", "signed"])),
                        name="resolution_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("adopted_on__isnull", False), _connector="OR"),
                        name="resolution_adopted_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_document__isnull", False), ("status", "signed")),
                            models.Q(models.Q(("status", "signed"), _negated=True), ("issued_document__isnull", True)),
                            _connector="OR",
                        ),
                        name="resolution_signed_exactly_when_issued",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreambleParagraph",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=resolutions.text.new_key, editable=False, max_length=8, verbose_name="ключ"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="номер")),
                ("text", models.TextField(validators=[russian.text.plain_text], verbose_name="текст")),
                (
                    "resolution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paragraphs",
                        to="resolutions.resolution",
                    ),
                ),
            ],
            options={
                "verbose_name": "абзац констатирующей части",
                "verbose_name_plural": "абзацы констатирующей части",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("resolution", "number"), name="paragraph_number_once"),
                    models.UniqueConstraint(fields=("resolution", "key"), name="paragraph_key_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="paragraph_number_from_one"),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="paragraph_has_key"),
                ],
            },
        ),
        migrations.AddField(
            model_name="mailing",
            name="resolution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mailings", to="resolutions.resolution"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="resolution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="resolutions.resolution"
            ),
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
                (
                    "number",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=30,
                        validators=[russian.text.plain_text],
                        verbose_name="исходящий номер",
                    ),
                ),
                ("sequence", models.PositiveIntegerField(editable=False, null=True, verbose_name="порядковый номер")),
                ("date", models.DateField(editable=False, null=True, verbose_name="дата письма")),
                ("year", models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="год регистрации")),
                (
                    "kind",
                    models.CharField(choices=resolutions.kinds.letter_kind_choices, max_length=20, verbose_name="вид"),
                ),
                (
                    "new_asks",
                    models.TextField(
                        blank=True,
                        help_text="Каждая просьба с новой строки: ответ учитывается по каждой. Номера присваивает регистрация",
                        max_length=10000,
                        validators=[russian.text.plain_text],
                        verbose_name="новые просьбы",
                    ),
                ),
                (
                    "reply_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=30,
                        help_text="Срок считается со дня отправки. Оставьте пустым, если срока нет",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="ждать ответа, календарных дней",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Проект"),
                            ("registered", "Зарегистрировано"),
                            ("sent", "Отправлено"),
                            ("delivered", "Вручено"),
                            ("annulled", "Аннулировано"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                ("due_on", models.DateField(editable=False, null=True, verbose_name="срок ответа")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="создано")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="resolutions.correspondent",
                        verbose_name="кто должен ответить",
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
                    "issued_document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.issueddocument",
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
                    "repeats",
                    models.ForeignKey(
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
                (
                    "mailing",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="resolutions.mailing",
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
                            ("loaded", "Внесено как решение прошлых лет"),
                            ("reopened", "Отметка о принятии отменена"),
                            ("signed", "Решение подписано"),
                            ("scan_added", "Приложен скан подписанного документа"),
                            ("signature_added", "Приложена электронная подпись"),
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
                "constraints": [
                    models.UniqueConstraint(fields=("resolution", "number"), name="version_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "action__in",
                                [
                                    "created",
                                    "revised",
                                    "adopted",
                                    "loaded",
                                    "reopened",
                                    "signed",
                                    "scan_added",
                                    "signature_added",
                                ],
                            )
                        ),
                        name="version_action_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=resolutions.text.new_key, editable=False, max_length=8, verbose_name="ключ"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="номер")),
                ("text", models.TextField(validators=[russian.text.plain_text], verbose_name="текст")),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subpoints",
                        to="resolutions.decisionpoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "подпункт решения",
                "verbose_name_plural": "подпункты решения",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("point", "number"), name="subpoint_number_once"),
                    models.UniqueConstraint(fields=("point", "key"), name="subpoint_key_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="subpoint_number_from_one"),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="subpoint_has_key"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("forwarded_to__isnull", True),
                        ("outcome__in", ("satisfied", "partly", "refused", "not_considered")),
                        ("until__isnull", True),
                    ),
                    models.Q(("forwarded_to__isnull", True), ("outcome", "interim")),
                    models.Q(("forwarded_to__isnull", False), ("outcome", "forwarded")),
                    _connector="OR",
                ),
                name="outcome_says_what_belongs_to_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("action__in", ("report", "close", "result")),
                        ("result__in", ("achieved", "partly", "refused", "no_answer", "lapsed", "no_evidence")),
                    ),
                    models.Q(("action", "cancel"), ("result", "lapsed")),
                    models.Q(("action", "return_for_rework"), ("result", "unnamed")),
                    models.Q(("action", "reopen"), ("result", "unnamed")),
                    models.Q(
                        models.Q(
                            ("action__in", ["report", "close", "result", "cancel", "return_for_rework", "reopen"]),
                            _negated=True,
                        ),
                        ("result", ""),
                    ),
                    _connector="OR",
                ),
                name="progress_says_a_result_exactly_where_one_is_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result_reason", ""), ("action__in", ("report", "close", "result")), _connector="OR"
                ),
                name="progress_reason_is_of_a_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "annulled"),
                    models.Q(("number", ""), ("state", "draft")),
                    models.Q(
                        models.Q(("number", ""), _negated=True), ("state__in", ("registered", "sent", "delivered"))
                    ),
                    _connector="OR",
                ),
                name="letter_numbered_exactly_when_registered",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__isnull", True), ("state__in", ("sent", "delivered")), _connector="OR"),
                name="letter_answer_is_due_after_sending",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "unnamed"), ("result_on__isnull", True), ("result_reason", "")),
                    models.Q(
                        ("result__in", ("achieved", "partly", "refused", "no_answer", "lapsed", "no_evidence")),
                        ("result_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="point_result_comes_with_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.UniqueConstraint(fields=("resolution", "number"), name="point_number_once"),
        ),
        migrations.AddConstraint(
            model_name="decisionpoint",
            constraint=models.UniqueConstraint(fields=("resolution", "key"), name="point_key_once"),
        ),
        migrations.CreateModel(
            name="PastImport",
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
                ("errors", models.PositiveIntegerField(default=0, editable=False, verbose_name="ошибок")),
                ("plan", models.JSONField(default=dict, editable=False, verbose_name="что найдено")),
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
                "verbose_name": "загрузка решений прошлых лет",
                "verbose_name_plural": "загрузки решений прошлых лет",
                "ordering": ["-uploaded_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["reading", "preview", "refused", "applying", "applied", "discarded"])
                        ),
                        name="pastimport_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("uploaded_by_name", ""), _negated=True), name="pastimport_has_author"
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
                        name="pastimport_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "applied"), _negated=True), ("errors", 0), _connector="OR"
                        ),
                        name="pastimport_applied_without_errors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="pastimport_sha256_hex"
                    ),
                ],
            },
        ),
    ]
