"""What the portal knows of a municipality, column by column: the one table that all of it is shown and changed by.

The registry, its workbook, the import, the city's page, the secretariat's form and the history read `COLUMNS`, through
the functions below and whenever they need it. A new column is one entry; its model field labels it, where it has one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst

from listings.columns import Column
from municipalities.models import FederalDistrict, IndexGroup, Municipality, Participation
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.models.participation import is_stale
from municipalities.values import NOTHING, Choice, Day, Number, Oktmo, Text, ValueType, WholeNumber
from russian.collation import sort_key

IDENTITY = "oktmo"  # the column by which a row of a workbook finds its municipality; no workbook changes it


@dataclass(frozen=True)
class InRegistry:
    """How a column stands in the registry.

    Attributes:
        heading: where the table is too narrow for the column's own.
        sort: what the registry's address calls it; its key without it.
        place: columns stand in the order of the table, save that a lower place is further to the left.
        heads: whether it names the row.
        cell: the template of a cell with markup; it finds `row`, the municipality, and `listing`, the registry.
    """

    heading: str = ""
    sort: str = ""
    place: int = 0
    heads: bool = False
    cell: str = ""


@dataclass(frozen=True)
class InWorkbook:
    """How a column stands in the workbook.

    Attributes:
        width: in characters.
        needed: whether a workbook without it cannot be imported, or its cells be empty.
    """

    width: int
    needed: bool = False


@dataclass(frozen=True)
class OnPage:
    """How a column stands among the facts of a municipality's page.

    Attributes:
        label: where it is called otherwise than in the workbook.
        empty: what is said where nothing is known.
        cell: the template of a value with markup; it finds `municipality`.
    """

    label: str = ""
    empty: str = NOTHING
    cell: str = ""


@dataclass(frozen=True)
class InForm:
    """How the secretariat's form asks for a column, beyond what the model's field says.

    Attributes:
        attrs: of its widget.
        choose: what the empty choice says.
    """

    attrs: Mapping[str, str] = field(default_factory=dict)
    choose: str = ""


@dataclass(frozen=True)
class Clears:
    """What no longer holds when a workbook changes a column.

    Attributes:
        field: of `Municipality`; it becomes empty.
        warning: what the preview says of it.
    """

    field: str
    warning: str


@dataclass(frozen=True)
class MunicipalityColumn:
    """One thing that the portal knows of a municipality.

    Attributes:
        key: the field of `Municipality`, or the annotation of `with_participation()` or of this column.
        value: what kind of value it is: how it is read, shown and sorted.
        heading: by which the import finds it again; the name of the model's field without it.
        dated: the annotation of `named_on()` that tells and sorts it in lists; read without it, the field is told.
        is_computed: whether it follows from others, so that nobody writes it.
        annotation: the expression that computes it in the database.
        derived: what computes it from the rest of a workbook's row, where the database cannot.
        states: the field of `ParticipationRecord` that it is, where it is part of a dated statement: status, day and
            basis are written down together.
        asked_for: what a row is asked for that makes a statement without it: «укажите дату».
        clears: what becomes empty with a new value.
        registry, workbook, page, form: how it stands there; without it, it does not.
    """

    key: str
    value: ValueType
    heading: str = ""
    dated: str = ""
    is_computed: bool = False
    annotation: Any = None
    derived: Callable[[Mapping[str, Any]], Any] | None = None
    states: str = ""
    asked_for: str = ""
    clears: Clears | None = None
    registry: InRegistry | None = None
    workbook: InWorkbook | None = None
    page: OnPage | None = None
    form: InForm | None = None

    @property
    def title(self) -> str:
        """What it is called where there is room."""
        model: Any = Municipality  # whose fields have names, which mypy cannot know of this one
        return self.heading or str(capfirst(model._meta.get_field(self.key).verbose_name))

    @property
    def is_stored(self) -> bool:
        """Whether it is a fact that the municipality's own row holds."""
        return not (self.is_computed or self.states)

    @property
    def is_read_back(self) -> bool:
        """Whether an import reads it."""
        return self.workbook is not None and not self.is_computed

    def of(self, row: Mapping[str, Any]) -> Any:
        """Its value, from the values of a row by key."""
        return self.derived(row) if self.derived else row[self.dated if self.dated in row else self.key]

    def of_municipality(self, municipality: Municipality) -> Any:
        """Its value, from a municipality that was read with what the columns need."""
        return self.of(vars(municipality))


def _freshness(row: Mapping[str, Any]) -> str:
    """Whether a status may be relied on as of the day of its row; nothing to say where nothing is known."""
    status, since = row["participation"], row["participation_since"]
    if is_stale(status, since, row["participation_day"]):
        return "stale"
    return "fresh" if since and status != Participation.UNKNOWN else ""


_POPULATION_SOURCE = Clears(
    "population_source",
    "Источник сведений о численности будет очищен: укажите новый на странице муниципального образования.",
)

COLUMNS: tuple[MunicipalityColumn, ...] = (
    MunicipalityColumn(
        "name",
        Text(),
        "Муниципальное образование",
        dated="name_on_day",
        registry=InRegistry("Название", place=-3, heads=True, cell="municipalities/columns/_name.html"),
        workbook=InWorkbook(28),
        form=InForm(),
    ),
    MunicipalityColumn(
        "region",
        Text(),
        registry=InRegistry("Субъект РФ"),
        workbook=InWorkbook(28),
        page=OnPage(),
        form=InForm(attrs={"list": "regions", "autocomplete": "off"}),
    ),
    MunicipalityColumn(
        "federal_district",
        Choice(
            {one.value: str(one.label) for one in FederalDistrict},
            order=sorted(FederalDistrict.values, key=lambda code: sort_key(str(FederalDistrict(code).label))),
        ),
        registry=InRegistry("Округ", sort="district"),
        workbook=InWorkbook(18),
        page=OnPage(),
        form=InForm(choose="Выберите округ"),
    ),
    MunicipalityColumn(
        IDENTITY,
        Oktmo(),
        dated="oktmo_on_day",
        registry=InRegistry(place=1),
        workbook=InWorkbook(14, needed=True),
        page=OnPage(),
        form=InForm(),
    ),
    MunicipalityColumn(
        "population",
        WholeNumber(),
        "Население, человек",
        clears=_POPULATION_SOURCE,
        registry=InRegistry("Население"),
        workbook=InWorkbook(13),
        page=OnPage("Население", cell="municipalities/columns/_population.html"),
        form=InForm(),
    ),
    MunicipalityColumn("population_source", Text(), form=InForm()),
    MunicipalityColumn(
        "index_group",
        Choice(
            {one.value: str(one.label) for one in IndexGroup},
            order=tuple(reversed(IndexGroup.values)),
            brief_labels={one.value: str(one.label).partition(" (")[0] for one in IndexGroup},
        ),
        is_computed=True,
        registry=InRegistry("Группа индекса", sort="group"),
        workbook=InWorkbook(27),
        page=OnPage(empty="не определена: нет сведений о населении"),
    ),
    MunicipalityColumn(
        "participation",
        Choice({one.value: str(one.label) for one in Participation}),
        "Статус участия",
        states="status",
        asked_for="статус",
        registry=InRegistry(sort="status", place=-2, cell="municipalities/columns/_participation.html"),
        workbook=InWorkbook(24, needed=True),
    ),
    MunicipalityColumn(
        "participation_since",
        Day(),
        "По состоянию на",
        states="happened_on",
        asked_for="дату",
        registry=InRegistry("На дату", sort="since", place=-1),
        workbook=InWorkbook(14, needed=True),
    ),
    MunicipalityColumn(
        "participation_basis",
        Text(),
        "Основание",
        states="basis",
        asked_for="основание",
        workbook=InWorkbook(60, needed=True),
    ),
    MunicipalityColumn(
        "freshness",
        Choice({"stale": "Устарел", "fresh": "Актуален"}),
        "Актуальность статуса",
        is_computed=True,
        derived=_freshness,
        workbook=InWorkbook(16),
    ),
    MunicipalityColumn("latitude", Number(), form=InForm()),
    MunicipalityColumn("longitude", Number(), form=InForm()),
    MunicipalityColumn("is_listed", Choice({True: "да", False: "нет"})),
)


# --- which columns stand where ---


def in_registry() -> list[Column]:
    """The columns of the registry, from left to right, as a list declares them."""
    standing = [(column, column.registry) for column in COLUMNS if column.registry]
    return [
        Column(
            key=place.sort or column.key,
            label=place.heading or column.title,
            value=column.of_municipality,
            shown=column.value.brief,
            cell=place.cell,
            ordering=column.value.ordering(column.dated or column.key),
            numeric=column.value.numeric,
            heads=place.heads,
        )
        for column, place in sorted(standing, key=lambda one: one[1].place)
    ]


def in_workbook() -> list[tuple[MunicipalityColumn, InWorkbook]]:
    """The columns of the workbook, from left to right, and how they stand there."""
    return [(column, column.workbook) for column in COLUMNS if column.workbook]


def read_back() -> list[MunicipalityColumn]:
    """The columns of a workbook that an import reads; the others are for its reader alone."""
    return [column for column in COLUMNS if column.is_read_back]


def imported_facts() -> list[MunicipalityColumn]:
    """The facts that a workbook may change."""
    return [column for column in read_back() if column.is_stored and column.key != IDENTITY]


def written_by_import() -> list[str]:
    """The fields of `Municipality` that an import writes: the facts that it changes, and what those clear."""
    return [name for one in imported_facts() for name in (one.key, *([one.clears.field] if one.clears else []))]


def in_form() -> list[tuple[MunicipalityColumn, InForm]]:
    """The columns that the secretariat keeps, and how the form asks for them."""
    return [(column, column.form) for column in COLUMNS if column.form]


def in_history() -> list[str]:
    """The fields whose changes the history of a municipality tells."""
    return [column.key for column in COLUMNS if column.is_stored]


def statement() -> dict[str, MunicipalityColumn]:
    """The columns that make up a statement of participation, by the fields of `ParticipationRecord`."""
    return {column.states: column for column in COLUMNS if column.states}


@dataclass(frozen=True)
class Fact:
    """What a municipality's page says in a column; `cell` is the template of a value with markup."""

    label: str
    text: str
    cell: str


def facts_of(municipality: Municipality) -> list[Fact]:
    """What a municipality's page says, column by column.

    Args:
        municipality: of `annotated` rows.
    """
    shown = []
    for column, place in ((column, column.page) for column in COLUMNS if column.page):
        value = column.of_municipality(municipality)
        text = place.empty if value in (None, "") else column.value.shown(value)
        shown.append(Fact(place.label or column.title, text, place.cell))
    return shown


def annotated(rows: MunicipalityQuerySet) -> MunicipalityQuerySet:
    """The rows with what columns compute in the database."""
    return rows.annotate(**{one.key: one.annotation for one in COLUMNS if one.annotation is not None})
