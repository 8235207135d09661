"""The card of a point: how it stands today, as its ledger tells."""

from dataclasses import fields
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from resolutions.deadlines import WARN_DAYS, Urgency
from resolutions.models.control import UNDER_CONTROL, PointState
from resolutions.models.party import Party, Side, party_at_first
from resolutions.models.point_standing import PointStanding
from resolutions.models.results import NAMED, PointResult
from revisions.models import VersionedModel


class ControlCard(VersionedModel):
    """What `PointStanding` says of today, kept in columns; written with the ledger, by nothing else."""

    state = models.CharField("состояние", max_length=20, choices=PointState, default=PointState.PLANNED, editable=False)
    responsible = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name="ответственный"
    )
    responsible_name = models.CharField("ответственный (название)", max_length=250, blank=True, editable=False)
    controller = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name="контролирует"
    )
    controller_name = models.CharField("контролирует (название)", max_length=250, blank=True, editable=False)
    due_on = models.DateField("срок", null=True, editable=False)
    term = models.CharField("как определён срок", max_length=100, blank=True, editable=False)
    warn_days = models.PositiveSmallIntegerField(
        "предупреждать за дней", default=WARN_DAYS, editable=False, validators=[MaxValueValidator(365)]
    )
    result = models.CharField(
        "результат", max_length=20, choices=PointResult, default=PointResult.UNNAMED, editable=False
    )
    result_on = models.DateField("результат назван", null=True, editable=False)
    result_reason = models.TextField("почему назван этот результат", blank=True, editable=False)
    begun_by_deed = models.BooleanField("начат письмом", default=False, editable=False)
    watched_anew_on = models.DateField("на контроле заново с", null=True, editable=False)
    reported_late_by = models.PositiveIntegerField("доложено с опозданием на дней", default=0, editable=False)
    asked_due_on = models.DateField("запрошенный срок", null=True, editable=False)
    asked_on = models.DateField("срок запрошен", null=True, editable=False)
    measures = models.CharField("чем измеряется исполнение", max_length=60, blank=True, editable=False)
    measured_owner = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="чей опыт считается",
    )
    measured_question = models.ForeignKey(
        "surveys.Question",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="ответы на какой вопрос считаются",
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=PointState.values), name="point_state_known"),
            models.CheckConstraint(condition=Q(warn_days__lte=365), name="point_warns_within_a_year"),
            models.CheckConstraint(condition=Q(term="") | Q(due_on__isnull=False), name="point_term_comes_with_day"),
            models.CheckConstraint(
                condition=Q(result=PointResult.UNNAMED, result_on__isnull=True, result_reason="")
                | Q(result__in=NAMED, result_on__isnull=False),
                name="point_result_comes_with_day",
            ),
        ]

    @property
    def badge(self) -> PointState:
        """Its state, which says how it looks."""
        return PointState(self.state)

    @property
    def is_under_control(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.state in UNDER_CONTROL

    def party(self, side: Side) -> Party:
        """Who stands on a side today."""
        return (self.responsible if side is Side.RESPONSIBLE else self.controller) or party_at_first(side)

    @property
    def responsible_told(self) -> str:
        """Who answers for it, for a page."""
        return self.kept().party_told(Side.RESPONSIBLE)

    @property
    def controller_told(self) -> str:
        """Who controls it, for a page."""
        return self.kept().party_told(Side.CONTROLLER)

    @property
    def urgency(self) -> Urgency:
        """How near the deadline is today, as `PointStanding.urgency_on` says."""
        return self.kept().urgency_on(timezone.localdate())

    @property
    def state_in_words(self) -> str:
        """Its state, and by how many days a report came too late."""
        return self.kept().state_in_words

    def kept(self) -> PointStanding:
        """The same as the columns of the point keep it. Asks nothing."""
        facts = {field.name: getattr(self, field.name) for field in fields(PointStanding)}
        return PointStanding(**facts | {"state": PointState(self.state), "result": PointResult(self.result)})
