"""With whom the Union corresponds: bodies by their names, and municipalities."""

from collections import defaultdict

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from municipalities.models import Municipality
from municipalities.models.succession import merged_by_today
from russian.text import plain_text, search_form, tidy


class CorrespondentQuerySet(models.QuerySet["Correspondent"]):
    """Correspondents."""

    def of_municipality(self, municipality_id: int) -> "Correspondent":
        """A municipality as a correspondent; made when it is written to for the first time."""
        return self.get_or_create(municipality_id=municipality_id)[0]

    def called(self, name: str) -> "Correspondent | None":
        """The correspondent that people call so, whatever the letter case; None when nobody wrote to it or for it.

        Args:
            name: a municipality of the portal by any name it had, with its region where several share it; else a body.
        """
        cities, known = cities_called(name), self.select_related("municipality")
        city = known.filter(municipality=cities[0]).first() if len(cities) == 1 else None
        return city or known.filter(search_name=search_form(name)).exclude(search_name="").first()

    def named(self, name: str) -> "Correspondent":
        """As `called`; made when it is not known yet."""
        cities = cities_called(name)
        if len(cities) == 1:
            return self.of_municipality(cities[0].pk)
        return self.get_or_create(search_name=search_form(name), defaults={"name": tidy(name)})[0]

    def to_offer(self) -> "CorrespondentQuerySet":
        """All that are known, for whoever types a name."""
        return self.select_related("municipality").order_by("name", "municipality__name")


class CityNames:
    """What municipalities are called: those in the portal, and those that letters went to, although withdrawn since.

    Read once, in two queries at the most, however many names are looked up.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, list[Municipality]] = defaultdict(list)
        known = Municipality.objects.filter(Q(is_listed=True) | Q(correspondent__isnull=False))
        for one in known.order_by("pk"):
            for name in _calls(one):
                self._by_name[name].append(one)

    @cached_property
    def _merged(self) -> set[int]:
        """The keys of those that have become part of another."""
        return set(merged_by_today())

    def called(self, name: str) -> list[Municipality]:
        """The municipalities that people call so. Of several, those that are in the portal and no part of another."""
        called = self._by_name.get(search_form(name), [])
        if len(called) < 2:
            return called
        return [one for one in called if one.is_listed and one.pk not in self._merged]


def cities_called(name: str) -> list[Municipality]:
    """The municipalities that people call so, as `CityNames` knows them."""
    return CityNames().called(name)


def _calls(municipality: Municipality) -> set[str]:
    """What people call a municipality, and have called it."""
    names = [municipality.name, f"{municipality.name} ({municipality.region})"]
    return {search_form(name) for name in (*names, *municipality.former_names.split(", "))}


class Correspondent(models.Model):
    """A body that letters go to and come from, or a municipality; each is kept once."""

    name = models.CharField("название", max_length=250, blank=True, validators=[plain_text])
    search_name = models.CharField(max_length=300, blank=True, editable=False)
    municipality = models.OneToOneField(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="correspondent",
        verbose_name="муниципальное образование",
    )

    objects = CorrespondentQuerySet.as_manager()

    class Meta:
        verbose_name = "корреспондент"
        verbose_name_plural = "корреспонденты"
        constraints = [
            models.UniqueConstraint(fields=["search_name"], condition=~Q(search_name=""), name="correspondent_once"),
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) & ~Q(name="") & ~Q(search_name="")
                | Q(municipality__isnull=False, search_name="", name=""),
                name="correspondent_is_a_body_or_a_municipality",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality.name} ({self.municipality.region})" if self.municipality else self.name
