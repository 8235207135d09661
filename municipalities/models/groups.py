"""How municipalities are grouped: by federal district, and by population."""

from django.db import models
from django.db.models import Case, Value, When


class FederalDistrict(models.TextChoices):
    """The federal districts, the two of the Union first.

    Source: Указ Президента РФ от 13.05.2000 № 849 with its later changes.
    """

    CENTRAL = "central", "Центральный"
    NORTHWESTERN = "northwestern", "Северо-Западный"
    VOLGA = "volga", "Приволжский"
    SOUTHERN = "southern", "Южный"
    NORTH_CAUCASIAN = "north-caucasian", "Северо-Кавказский"
    URAL = "ural", "Уральский"
    SIBERIAN = "siberian", "Сибирский"
    FAR_EASTERN = "far-eastern", "Дальневосточный"


class IndexGroup(models.TextChoices):
    """The groups of cities that the index «IQ городов» compares, by population."""

    LARGEST = "largest", "Крупнейшие (свыше 1 млн)"
    LARGE = "large", "Крупные (250 тыс. – 1 млн)"
    BIG = "big", "Большие (100–250 тыс.)"
    SMALLER = "smaller", "Административные центры, средние и малые (до 100 тыс.)"


# An expression for rows of municipalities; empty while the population is not known.
GROUP_BY_POPULATION = Case(
    When(population__gt=1_000_000, then=Value(IndexGroup.LARGEST.value)),
    When(population__gte=250_000, then=Value(IndexGroup.LARGE.value)),
    When(population__gte=100_000, then=Value(IndexGroup.BIG.value)),
    When(population__lt=100_000, then=Value(IndexGroup.SMALLER.value)),
    default=Value(""),
)
