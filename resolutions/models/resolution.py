"""A decision of the General Assembly, and the one method that moves it."""

from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.access import Visitor, has_permission
from accounts.models import User
from accounts.roles import Permission
from documents.models import IssuedDocument, Signature, SignatureKind
from municipalities.surveys.models import SurveyRound
from resolutions.checklist import adoption_refusal
from resolutions.models.decision_way import (
    ATTACHED,
    REFUSALS,
    REFUSALS_WHEN_LOADED,
    REFUSALS_WHEN_WITHDRAWN,
    TRANSITIONS,
    ResolutionStatus,
)
from resolutions.models.paragraph import replace_rows
from resolutions.models.steps import StepRefused
from resolutions.models.version import VersionAction
from resolutions.text import PointText, ResolutionText, day_and_number
from revisions.models import VersionedModel
from russian.slugs import first_free, slug_of
from russian.text import plain_text

RESERVED = {"add", "past"}  # addresses of other pages


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Decisions as different people see them."""

    def visible_to(self, user: Visitor) -> Self:
        """Drafts are seen by the Union's staff alone; what was adopted, by everybody."""
        return self if has_permission(user, Permission.READ_INTERNAL) else self.exclude(status=ResolutionStatus.DRAFT)

    def to_sign(self) -> Self:
        """Those that wait for a signature in the portal: adopted there, or signed with a paper that was withdrawn."""
        loaded = self.model.objects.filter(versions__action=VersionAction.LOADED)
        adopted = Q(status=ResolutionStatus.ADOPTED) & ~Q(pk__in=loaded.values("pk"))
        return self.filter(adopted | Q(issued_document__withdrawal__isnull=False))

    def newest_first(self) -> Self:
        """By date of the decision; drafts without a date come first."""
        return self.order_by(models.F("adopted_on").desc(nulls_first=True), "-pk")


class Resolution(VersionedModel):
    """A decision: draft, adopted, signed. Its text changes through `revise` alone, its status through the steps."""

    slug = models.SlugField("адрес", max_length=80, unique=True, editable=False)
    status = models.CharField(
        "состояние", max_length=20, choices=ResolutionStatus, default=ResolutionStatus.DRAFT, editable=False
    )
    union_name = models.CharField("название Союза", max_length=250, validators=[plain_text])
    body_name = models.CharField("орган", max_length=250, validators=[plain_text])
    adopted_on = models.DateField("дата решения", null=True, blank=True)
    number = models.CharField("регистрационный номер", max_length=50, blank=True, validators=[plain_text])
    place = models.CharField("место", max_length=150, blank=True, validators=[plain_text])
    title = models.CharField("заголовок", max_length=400, validators=[plain_text])
    hearing = models.TextField("вводная фраза", blank=True, validators=[plain_text])
    noting = models.CharField("формула «отмечает»", max_length=500, blank=True, validators=[plain_text])
    deciding = models.CharField("формула «решило»", max_length=500, validators=[plain_text])
    signatory_position = models.CharField("должность подписывающего", max_length=250, validators=[plain_text])
    signatory_name = models.CharField("подписывающий", max_length=150, blank=True, validators=[plain_text])
    issued_document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, null=True, editable=False, related_name="resolution"
    )

    survey_round = models.ForeignKey(
        SurveyRound,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="resolutions",
        verbose_name="информационный обмен, подготовивший решение",
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "решение"
        verbose_name_plural = "решения"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ResolutionStatus.values), name="resolution_status_known"),
            models.CheckConstraint(
                condition=Q(status=ResolutionStatus.DRAFT) | Q(adopted_on__isnull=False),
                name="resolution_adopted_has_date",
            ),
            models.CheckConstraint(
                condition=Q(status=ResolutionStatus.SIGNED, issued_document__isnull=False)
                | Q(~Q(status=ResolutionStatus.SIGNED), issued_document__isnull=True),
                name="resolution_signed_exactly_when_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def badge(self) -> ResolutionStatus:
        """Its status, which says how it looks."""
        return ResolutionStatus(self.status)

    @property
    def day_and_number(self) -> str:
        """«27 июня 2024 г. № 5»; empty for a draft without a day."""
        return day_and_number(self.adopted_on, self.number)

    def get_absolute_url(self) -> str:
        """The decision as a page."""
        return reverse("resolution", args=[self.slug])

    @property
    def text(self) -> ResolutionText:
        """The text as it stands now; prefetch `paragraphs` and `points__subpoints` when there are many decisions."""
        points = list(self.points.all())
        models.prefetch_related_objects(points, "subpoints")
        return ResolutionText(
            union_name=self.union_name,
            body_name=self.body_name,
            adopted_on=self.adopted_on,
            place=self.place,
            title=self.title,
            hearing=self.hearing,
            noting=self.noting,
            preamble=tuple(row.as_text() for row in self.paragraphs.all()),
            deciding=self.deciding,
            points=tuple(point.as_text() for point in points),
            signatory_position=self.signatory_position,
            signatory_name=self.signatory_name,
            number=self.number,
        )

    @cached_property
    def is_loaded(self) -> bool:
        """Whether it was loaded as one of earlier years, which was signed on paper long ago."""
        return self.versions.filter(action=VersionAction.LOADED).exists()

    @classmethod
    @transaction.atomic
    def start(cls, text: ResolutionText, *, by: User | None, by_name: str = "", slug: str = "") -> Self:
        """Store a new draft with its first version.

        Args:
            text: the draft's text.
            by: who starts it; None when the portal itself does (the seed).
            by_name: the name to remember when there is no user.
            slug: the address; made of the heading and the year when absent.

        Returns:
            The stored draft.
        """
        resolution = cls(slug=slug or cls._free_slug(text))
        resolution._take_text(text)
        resolution.remember(VersionAction.CREATED, by=by, by_name=by_name)
        return resolution

    @classmethod
    def _free_slug(cls, text: ResolutionText) -> str:
        year = f"-{text.adopted_on.year}" if text.adopted_on else ""
        stem = (slug_of(text.title, max_length=50) or "reshenie") + year
        taken = set(cls.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
        return first_free(stem, taken)

    def refusal(self, action: VersionAction) -> str | None:
        """Why an action is impossible in the present status, in Russian; None when it is possible."""
        document = self.issued_document
        if document and document.withdrawn:
            # A new document may be issued; the withdrawn one gets nothing attached any more.
            return None if action == VersionAction.SIGNED else REFUSALS_WHEN_WITHDRAWN.get(action)
        if self.status == ResolutionStatus.ADOPTED and action in REFUSALS_WHEN_LOADED and self.is_loaded:
            return REFUSALS_WHEN_LOADED[action]
        return REFUSALS.get((action, ResolutionStatus(self.status)))

    def attaching_refusal(self, kind: SignatureKind) -> str | None:
        """Why no signature of this kind can be attached to the issued paper, in Russian; None when one can."""
        return self.refusal(ATTACHED[kind])

    def remember_attached(self, signature: Signature, *, by: User) -> None:
        """Leave a line in the history that a signature was attached."""
        kind = SignatureKind(signature.kind)
        reason = f"Владелец сертификата: {signature.signer_name}" if kind == SignatureKind.CMS else ""
        self.remember(ATTACHED[kind], by=by, reason=reason)

    @transaction.atomic
    def revise(self, text: ResolutionText, *, version: int, by: User, reason: str = "") -> None:
        """Replace the draft's text and keep the new version.

        Args:
            text: the whole new text; a paragraph or point with a known key continues the stored one.
            version: the version the editor was opened with.
            by: who revises.
            reason: what was corrected and why; may be empty.

        Raises:
            EditConflict: somebody saved a later version meanwhile.
            StepRefused: the decision is no draft any more, or a removed point has letters.
        """
        current = self.lock_for(VersionAction.REVISED, version)
        if current.text == text:
            return
        current._take_text(text)
        current.remember(VersionAction.REVISED, by=by, reason=reason)

    @transaction.atomic
    def adopt(self, *, version: int, by: User) -> None:
        """Record that the Assembly adopted the decision: the text is fixed, execution starts, the public sees it.

        Args:
            version: the version that was shown to whoever records it.
            by: who records it.

        Raises:
            EditConflict: the text changed meanwhile.
            StepRefused: already adopted, or something on the checklist would stop its paper: no date, no points, a
                character that cannot be printed. What is fixed now is signed later.
            FontMissing: there is no font to ask.
        """
        current = self.lock_for(VersionAction.ADOPTED, version)
        if refusal := adoption_refusal(current.text):
            raise StepRefused(refusal)
        current.move(VersionAction.ADOPTED, by=by)

    @transaction.atomic
    def reopen(self, *, version: int, by: User, reason: str) -> None:
        """Take back a mark of adoption that was set by mistake, while nothing is signed.

        Args:
            version: the version that was shown.
            by: who takes it back.
            reason: why; it stays in the history.

        Raises:
            EditConflict: the decision changed meanwhile.
            StepRefused: it is a draft or signed.
        """
        self.lock_for(VersionAction.REOPENED, version).move(VersionAction.REOPENED, by=by, reason=reason)

    def lock_for(self, action: VersionAction, version: int) -> Self:
        """The stored decision, locked at its next version, if the action is possible in its status."""
        current = type(self).locked(self.pk, version)
        refusal = current.refusal(action)
        if refusal:
            raise StepRefused(refusal)
        return current

    def move(self, action: VersionAction, *, by: User, reason: str = "") -> None:
        """The one place where a status changes; the history is written with it."""
        before, after = TRANSITIONS[action]
        if self.status != before:
            raise StepRefused(self.refusal(action) or "Сейчас это действие невозможно.")
        self.status = after
        self.save()
        self.remember(action, by=by, reason=reason)

    def _take_text(self, text: ResolutionText) -> None:
        """Make the stored text this one."""
        for name, value in vars(text).items():
            if name not in ("preamble", "points"):
                setattr(self, name, value)
        self.save()
        replace_rows(self.paragraphs, text.preamble)
        self._take_points(text.points)

    def _take_points(self, points: tuple[PointText, ...]) -> None:
        """Make the stored points those of the text: continue known ones, add new ones, remove the rest."""
        keys = {point.key for point in points}
        stored = {point.key: point for point in self.points.all()}
        for key, point in stored.items():
            if key not in keys:
                point.remove()
        # First out of the way: numbers are unique at every moment.
        self.points.update(number=models.F("number") + 10_000)
        for new in points:
            point = stored.get(new.key) or self.points.model(resolution=self, key=new.key)
            point.become(new)
            replace_rows(point.subpoints, new.subpoints)

    def remember(self, action: VersionAction, *, by: User | None, by_name: str = "", reason: str = "") -> None:
        """Keep the text as it is now as the next version.

        Args:
            action: what was done.
            by: who did it; None when the portal itself did (the seed).
            by_name: the name to keep when there is no user.
            reason: why.
        """
        self.versions.create(
            number=(self.versions.aggregate(last=models.Max("number"))["last"] or 0) + 1,
            action=action,
            text=type(self).objects.get(pk=self.pk).text.as_json(),
            reason=reason,
            actor=by,
            actor_name=str(by) if by else by_name,
        )
