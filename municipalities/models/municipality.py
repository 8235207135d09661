"""A municipality: its facts, and the one method that changes its participation."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import resolve, reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import User
from municipalities.models.belonging import BelongingToUnion
from municipalities.models.groups import GROUP_BY_POPULATION, FederalDistrict, IndexGroup
from municipalities.models.head import Headed
from municipalities.models.membership import Membership, MembershipAction
from municipalities.models.named import Named
from municipalities.models.naming import NAME_LENGTH, named_on, oktmo_digits
from municipalities.models.participation import Participation, ParticipationRecord, Standing, Statement, stale_before
from municipalities.models.succession import Succeeding
from municipalities.models.taking_part import TakingPart, judge
from revisions.history import SignedHistory, sign
from revisions.ledger import recorded_now
from revisions.models import EditConflict
from russian.slugs import first_free, slug_of
from russian.text import plain_text, search_form, tidy

SLUG_LENGTH = 120
IS_SUCCESSOR = "Это правопреемник других муниципальных образований: сначала отмените запись об объединении."


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Municipalities, and where they stand."""

    def listed(self) -> "MunicipalityQuerySet":
        """Those that the portal shows to everybody, members of the Union or not."""
        return self.filter(is_listed=True)

    def members_on(self, day: dt.date, *, known_on: dt.date | None = None) -> "MunicipalityQuerySet":
        """Of those that are shown, the members of the Union at the end of a day.

        Filter these, or read their keys; do not nest them in the condition of another query. Each row asks for its own
        last change, and PostgreSQL, where its statistics are old, asks it anew for each row of the query around.

        Args:
            day: a calendar day in Moscow.
            known_on: only what was written down by the end of this day counts.
        """
        return self._with_last_change(day, known_on).filter(Q(last_change=MembershipAction.JOIN))

    def others_on(self, day: dt.date, *, known_on: dt.date | None = None) -> "MunicipalityQuerySet":
        """Of those that are shown, those that are no members at the end of a day. Arguments as of `members_on`."""
        return self._with_last_change(day, known_on).exclude(Q(last_change=MembershipAction.JOIN))

    def _with_last_change(self, day: dt.date, known_on: dt.date | None) -> "MunicipalityQuerySet":
        """Those that are shown with `last_change`, what their membership did last; empty where nothing is known."""
        rows = Membership.objects.held_on(day, known_on=known_on).filter(municipality=OuterRef("pk"))
        return self.listed().alias(last_change=Coalesce(Subquery(rows.values("action")[:1]), Value("")))

    def members(self) -> "MunicipalityQuerySet":
        """The members of the Union today: whom points, circulars and counts are about."""
        return self.members_on(timezone.localdate())

    def unlisted(self) -> "MunicipalityQuerySet":
        """Those that were typed by mistake and withdrawn from the portal; on no day do they count."""
        return self.filter(is_listed=False)

    def with_participation(
        self, as_of: dt.date | None = None, *, known_on: dt.date | None = None
    ) -> "MunicipalityQuerySet":
        """Annotate `participation` (a code of `Participation`), `participation_since` (a date or None),
        `participation_basis` (text, empty without a record) and `participation_day` (the day that is meant).

        Args:
            as_of: the day whose end is meant, in Moscow; today without it. Who said nothing by then is "unknown".
            known_on: count only what was recorded by the end of this day.
        """
        day = as_of or timezone.localdate()
        records = ParticipationRecord.objects.held_on(day, known_on=known_on).filter(municipality=OuterRef("pk"))
        stated = records.of_status()
        return self.annotate(
            participation=Coalesce(
                Subquery(stated.values("status")[:1]),
                Value(Participation.UNKNOWN.value),
                output_field=models.CharField(choices=Participation.choices),
            ),
            participation_since=Subquery(records.values("happened_on")[:1]),
            participation_basis=Coalesce(Subquery(stated.values("basis")[:1]), Value("")),
            participation_day=Value(day, output_field=models.DateField()),
        )

    def named_on(self, day: dt.date | None = None, *, known_on: dt.date | None = None) -> "MunicipalityQuerySet":
        """Annotate `name_on_day` and `oktmo_on_day`. Arguments as of `municipalities.models.naming.named_on`."""
        return self.annotate(**named_on(day, known_on=known_on))

    def stale(self, as_of: dt.date | None = None) -> "MunicipalityQuerySet":
        """Of `with_participation(as_of)`, those whose status is too old to rely on (`is_stale`)."""
        return self.filter(Q(participation_since__lt=stale_before(as_of)), ~Q(participation=Participation.UNKNOWN))

    def fresh(self, as_of: dt.date | None = None) -> "MunicipalityQuerySet":
        """Of `with_participation(as_of)`, those whose status is known and recent."""
        return self.filter(Q(participation_since__gte=stale_before(as_of)), ~Q(participation=Participation.UNKNOWN))

    @transaction.atomic
    def record_participations(self, statements: Sequence[Statement], *, by: User) -> list[ParticipationRecord]:
        """Write down where municipalities stand, all or none. Nothing else changes a status.

        Args:
            statements: at most one for a municipality.
            by: who says so; the name is kept as it is now.

        Returns:
            The stored records, in the order of the statements.

        Raises:
            EditConflict: somebody changed one of the municipalities meanwhile.
            Municipality.DoesNotExist: one of them is not there.
            ValidationError: a date lies ahead, or a field does not hold what it should.
        """
        keys = [statement.municipality_id for statement in statements]
        locked = {one.pk: one for one in self.select_for_update().filter(pk__in=keys).order_by("pk")}
        for statement in statements:
            if statement.municipality_id not in locked:
                raise self.model.DoesNotExist(f"no municipality {statement.municipality_id}")
            if locked[statement.municipality_id].version != statement.version:
                raise EditConflict(locked[statement.municipality_id])
        records = self.records_of(statements, by=by)
        self.store_records(records)
        return records

    def records_of(self, statements: Sequence[Statement], *, by: User) -> list[ParticipationRecord]:
        """What `record_participations` would store, judged and in the order of the statements; it stays unstored.

        Args:
            statements: at most one for a municipality.
            by: who says so; the name is kept as it is now.

        Raises:
            ValidationError: a date lies ahead, or a field does not hold what it should.
        """
        records = [statement.as_record(by=by) for statement in statements]
        judge(records)
        return records

    def store_records(self, records: Sequence[ParticipationRecord]) -> None:
        """Store what `records_of` returned, and raise the versions.

        The caller has locked the municipalities, and they are at the versions at which the records were judged.
        """
        moment = recorded_now()
        for record in records:
            record.recorded_at = moment  # judging many takes a while, and may end on the next day
        ParticipationRecord.objects.bulk_create(records)
        # Past save(): the facts did not change, so their history gets no entry.
        keys = [record.municipality_id for record in records]
        self.model.objects.filter(pk__in=keys).update(version=F("version") + 1)


class Municipality(TakingPart, BelongingToUnion, Named, Headed, Succeeding):
    """A municipality, known by its ОКТМО. What was typed by mistake is withdrawn, never deleted: history names it.

    `name` and `oktmo` are those of today; the ledger of `renamings`, where there is one, tells those of any day.
    """

    oktmo = models.CharField(
        "ОКТМО",
        max_length=11,
        unique=True,
        validators=[oktmo_digits],
        help_text="8 цифр муниципального образования или 11 цифр населённого пункта.",
        error_messages={"unique": "Муниципальное образование с таким ОКТМО уже есть в портале."},
    )
    name = models.CharField(
        "название", max_length=NAME_LENGTH, validators=[plain_text], help_text="Например: «Кострома»."
    )
    slug = models.SlugField("адрес страницы", max_length=SLUG_LENGTH + 10, unique=True, editable=False)
    region = models.CharField("субъект Российской Федерации", max_length=150, validators=[plain_text])
    federal_district = models.CharField("федеральный округ", max_length=20, choices=FederalDistrict)
    population = models.PositiveIntegerField(
        "численность населения, человек",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(1, message="Численность – число больше нуля."),
            MaxValueValidator(30_000_000, message="Столько жителей нет ни в одном городе: проверьте число."),
        ],
        help_text="По ней определяется группа индекса «IQ городов».",
    )
    population_source = models.CharField(
        "источник сведений о численности",
        max_length=250,
        blank=True,
        validators=[plain_text],
        help_text="Откуда число и на какую дату, например: «Росстат, на 1 января 2024 г.». Публикуется.",
    )
    index_group = models.GeneratedField(
        expression=GROUP_BY_POPULATION,
        output_field=models.CharField("группа индекса «IQ городов»", max_length=20, choices=IndexGroup),
        db_persist=True,
        verbose_name="группа индекса «IQ городов»",
    )
    latitude = models.DecimalField(
        "широта",
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(-90, message="Широта – от −90 до 90 градусов."),
            MaxValueValidator(90, message="Широта – от −90 до 90 градусов."),
        ],
        help_text="В градусах, например 57,768.",
    )
    longitude = models.DecimalField(
        "долгота",
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(-180, message="Долгота – от −180 до 180 градусов."),
            MaxValueValidator(180, message="Долгота – от −180 до 180 градусов."),
        ],
        help_text="В градусах, например 40,927.",
    )
    is_listed = models.BooleanField("есть в портале", default=True, editable=False)
    search_text = models.TextField(editable=False)

    history = HistoricalRecords(
        bases=[SignedHistory], excluded_fields=["former_names", "index_group", "search_text", "slug", "version"]
    )
    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "муниципальное образование"
        verbose_name_plural = "муниципальные образования"
        constraints = [
            models.CheckConstraint(
                condition=Q(oktmo__regex=r"^[0-9]{8}([0-9]{3})?$"), name="municipality_oktmo_8_or_11_digits"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(region=""), name="municipality_named"),
            models.CheckConstraint(
                condition=Q(federal_district__in=FederalDistrict.values), name="municipality_district_known"
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__gte=1), name="municipality_population_positive"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,  # a missing one would make the comparison NULL, which a check lets pass
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="municipality_coordinates_on_earth",
                violation_error_message="Укажите обе координаты или ни одной.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The municipality's page."""
        return reverse("municipality", args=[self.slug])

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Store the municipality; its address is made once, what people search by each time."""
        self.derive()
        if not self.slug:
            self.slug = free_slug(self.name)
        if update_fields is not None:
            update_fields = {*update_fields, "search_text"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def derive(self) -> None:
        """Bring into line what follows from the facts; `save()` does it, and whoever stores many at once."""
        self.name, self.region = tidy(self.name), tidy(self.region)
        self.search_text = search_form(f"{self.name} {self.region} {self.oktmo} {self.former_names}")

    @property
    def standing(self) -> Standing:
        """Where the municipality stands, for a row of `with_participation()`."""
        row: Any = self  # the query set annotates it, mypy does not know
        status = Participation(row.participation)
        return Standing(status, row.participation_since, row.participation_basis, row.participation_day)

    @transaction.atomic
    def set_listed(self, listed: bool, *, by: User, reason: str) -> None:
        """Withdraw a municipality that was typed by mistake, or put it back; its page, records and history stay.

        No version is asked for: nobody's text is overwritten, and doing it twice does nothing the second time.

        Args:
            listed: whether the portal shows it to everybody from now on.
            by: who says so.
            reason: why; both go into the history.

        Raises:
            ValidationError: others have become part of it: then nobody would stand for them.
        """
        current = type(self)._default_manager.select_for_update().get(pk=self.pk)
        if not listed and current.came_of.exists():
            raise ValidationError(IS_SUCCESSOR)
        if current.is_listed != listed:
            current.is_listed = listed
            current.version += 1
            sign(current, by=by, reason=tidy(reason))
            current.save()
        self.is_listed, self.version = current.is_listed, current.version


def free_slug(name: str) -> str:
    """An address that nothing has yet: the transliterated name, with a number where a municipality or a page has it."""
    base = slug_of(name, max_length=SLUG_LENGTH) or "municipality"
    taken = set(Municipality.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if resolve(reverse("municipality", args=[base])).url_name != "municipality":
        taken.add(base)
    return first_free(base, taken)
