"""What was done about a point: the dated ledger from which the card can be read as of any day."""

from collections.abc import Sequence

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from resolutions.models.control import PointAction
from resolutions.models.measures import counted_in_words, measured_by
from resolutions.models.party import Party
from resolutions.models.results import IMPLIED, NAMED, NAMING, PointResult
from resolutions.uploads import Upload
from revisions.ledger import LedgerQuerySet, LedgerRow
from russian.templatetags.russian import long_date
from russian.text import plain_text


def _says(action: PointAction, result: PointResult) -> Q:
    return Q(action=action, result=result)


class ProgressQuerySet(LedgerQuerySet["ProgressEntry"]):
    """Entries of progress."""


class ProgressEntry(LedgerRow):
    """One step: what was done, on which day, by whose record, and what it changes about the card."""

    point = models.ForeignKey("resolutions.DecisionPoint", on_delete=models.PROTECT, related_name="progress")
    action = models.CharField("шаг", max_length=20, choices=PointAction, blank=True)
    happened_on = models.DateField("когда сделано")
    text = models.TextField("что сделано", validators=[plain_text])
    due_on = models.DateField("новый срок", null=True)
    term = models.CharField("как определён срок", max_length=100, blank=True)
    lifts_due = models.BooleanField("срок снят", default=False)
    asked_due_on = models.DateField("какой срок запрошен", null=True)
    responsible = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ответственный"
    )
    responsible_name = models.CharField("ответственный (название на тот момент)", max_length=250, blank=True)
    controller = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="контролирует"
    )
    controller_name = models.CharField("контролирует (название на тот момент)", max_length=250, blank=True)
    warn_days = models.PositiveSmallIntegerField(
        "предупреждать за дней", null=True, validators=[MaxValueValidator(365)]
    )

    incoming = models.ForeignKey(
        "resolutions.IncomingLetter",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="notes",
        verbose_name="входящее, о котором запись",
    )
    result = models.CharField("результат", max_length=20, choices=PointResult, blank=True)
    result_reason = models.TextField("почему назван этот результат", blank=True, validators=[plain_text])
    obstacles = models.TextField("что мешает", blank=True, validators=[plain_text])
    next_step = models.TextField("следующий шаг", blank=True, validators=[plain_text])
    measures = models.CharField("чем измеряется исполнение", max_length=60, blank=True)
    measured_owner = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="чей опыт считается",
    )
    measured_question = models.ForeignKey(
        "surveys.Question",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="ответы на какой вопрос считаются",
    )

    objects = ProgressQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись об исполнении"
        verbose_name_plural = "ход исполнения"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(voids__isnull=True, action__in=PointAction.values)
                | Q(
                    voids__isnull=False,
                    action="",
                    due_on__isnull=True,
                    lifts_due=False,
                    responsible__isnull=True,
                    controller__isnull=True,
                    warn_days__isnull=True,
                    result="",
                    result_reason="",
                ),
                name="progress_is_a_step_or_a_voiding",
            ),
            models.CheckConstraint(
                condition=Q(action__in=NAMING, result__in=NAMED)
                | Q(*(_says(action, result) for action, result in IMPLIED.items()), _connector=Q.OR)
                | (~Q(action__in=[*NAMING, *IMPLIED]) & Q(result="")),
                name="progress_says_a_result_exactly_where_one_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(result_reason="") | Q(action__in=NAMING), name="progress_reason_is_of_a_result"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="progress_says_something"),
            models.CheckConstraint(condition=Q(term="") | Q(due_on__isnull=False), name="progress_term_comes_with_day"),
            models.CheckConstraint(
                condition=Q(lifts_due=False) | Q(due_on__isnull=True), name="progress_sets_or_lifts_deadline"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{side}__isnull": True, f"{side}_name": ""})
                    | Q(Q(**{f"{side}__isnull": False}), ~Q(**{f"{side}_name": ""})),
                    name=f"progress_{side}_by_name",
                )
                for side in ("responsible", "controller")
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("happened_on")),
                name="progress_deadline_not_before_its_step",
            ),
            models.CheckConstraint(
                condition=Q(action=PointAction.REQUEST, asked_due_on__gte=F("happened_on"))
                | Q(~Q(action=PointAction.REQUEST), asked_due_on__isnull=True),
                name="progress_asks_for_a_day_to_come",
            ),
            models.CheckConstraint(
                condition=Q(obstacles="", next_step="") | Q(action=PointAction.REPORT),
                name="progress_obstacles_are_of_a_report",
            ),
            models.CheckConstraint(
                condition=Q(Q(action=PointAction.MEASURE), ~Q(measures=""))
                | Q(
                    ~Q(action=PointAction.MEASURE),
                    measures="",
                    measured_owner__isnull=True,
                    measured_question__isnull=True,
                ),
                name="progress_measures_where_that_is_chosen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.text[:60]}"

    @property
    def name(self) -> str:
        """«Доложено об исполнении»."""
        return str(self.get_action_display())

    @property
    def own_words(self) -> str:
        """What it says by itself: an instruction whom it names and by when, a choice what is counted; else nothing."""
        if self.measures:
            return self.measure_told
        if self.action != PointAction.INSTRUCT:
            return ""
        parts = [f"ответственный: {self.responsible_name}"] if self.responsible_name else []
        parts += [f"контролирует: {self.controller_name}"] if self.controller_name else []
        parts += [f"срок: {long_date(self.due_on)}"] if self.due_on else []
        parts += ["срок снят"] if self.lifts_due else []
        words = "; ".join(parts)
        words = f"{words[:1].upper()}{words[1:]}"
        return words if words.endswith(".") else f"{words}."

    @property
    def measure_told(self) -> str:
        """«Считается: участие в проекте, использование опыта (Кострома).»"""
        measure = measured_by(self.measures, self.measured_owner_id, self.measured_question_id)
        counted = counted_in_words(measure, self.measured_owner, self.measured_question)
        return f"Считается: {counted}." if counted else "Исполнение этого пункта не считается."

    @property
    def more_told(self) -> list[str]:
        """What it says beside its text: for whom and on what ground, what is in the way and what comes next."""
        told = [("Что мешает", self.obstacles), ("Следующий шаг", self.next_step)]
        lines = [f"{label}: {said}" for label, said in told if said]
        lines += [f"Запрошен срок: {long_date(self.asked_due_on)}"] if self.asked_due_on else []
        own = [self.own_words] if self.own_words not in ("", self.text) else []
        return [*own, *lines]

    @property
    def result_told(self) -> str:
        """«Результат: отказано. Причина»; empty where the entry names none."""
        if self.result in ("", PointResult.UNNAMED):
            return ""
        return f"Результат: {self.get_result_display().lower()}. {self.result_reason}".strip()

    def keep_parties(self) -> None:
        """Store the parties that it names and nobody named before, in the transaction that writes it."""
        for side in ("responsible", "controller"):
            if party := getattr(self, side):
                setattr(self, side, Party.objects.kept(party))

    def attach(self, files: Sequence[Upload], *, by: User) -> None:
        """Keep what proves it."""
        for upload in files:
            self.files.create(**upload.facts(), added_by_name=str(by))
