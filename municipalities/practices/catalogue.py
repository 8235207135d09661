"""The lists of the practices: the catalogue, who takes them up, and what is asked about them."""

from functools import cached_property
from typing import Any

from django.core.validators import slug_re
from django.db.models import Prefetch, Q
from django.http import QueryDict

from accounts.access import Visitor, has_permission
from accounts.roles import Permission
from listings.columns import LINK, Column
from listings.filters import Choice, Choices, Day, Search, untouched
from listings.listing import Listing
from listings.words import Words
from municipalities.access import own_keys
from municipalities.models import Municipality
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.practices.access import requests_refusal, visible_practices, visible_requests
from municipalities.practices.editions import direction_choices, edition_choices
from municipalities.practices.models import Practice
from municipalities.practices.models.practice import PracticeQuerySet
from municipalities.practices.models.request import PracticeRequestQuerySet
from municipalities.practices.uptake import UptakeState, adopters, public_adoptions
from russian.collation import in_russian_order


def owners(listing: Any) -> Choices:
    """The municipalities that offer practices, by their slugs."""
    found = Municipality.objects.listed().filter(pk__in=Practice.objects.public().values("municipality"))
    return found.order_by(in_russian_order("name")).values_list("slug", "name")


class Catalogue(Listing[PracticeQuerySet]):
    """The practices that the cities tell about; those who work in the portal may also look for what was withdrawn."""

    def withdrawn(self) -> Choices | None:
        """The choice of what was withdrawn, for those who work in the portal."""
        return None if requests_refusal(self.user) else [("withdrawn", "Снятые с публикации")]

    address = "practices"
    words = Words(
        table="Практики",
        filters="Отбор практик",
        pages="Страницы каталога",
        empty="Здесь пока ничего нет: практики вносят представители городов и секретариат.",
        show_all="Показать все практики",
        refused="покажите все практики",
    )
    filters = (
        Search(
            placeholder="Слова из описания или город",
            columns=("search_text", "direction__search_text", "municipality__search_text"),
        ),
        Choice("edition", "Редакция Стандарта", "Любая", edition_choices, column="direction__edition__year"),
        Choice("direction", "Направление", "Любое", direction_choices),
        Choice("municipality", "Чья практика", "Любого города", owners, column="municipality__slug"),
        Choice("state", "Публикация", "Опубликованные", withdrawn, by=untouched),
    )
    order = ("-direction__edition__year", in_russian_order("title"), "pk")
    page_size = 20
    target = "catalogue"
    template = "municipalities/practices/_catalogue.html"
    body = "municipalities/practices/_practices.html"

    @property
    def has_editions(self) -> bool:
        """Whether there are several editions of the Standard, by which the practices are grouped then."""
        return "edition" in self.form.fields

    def everything(self) -> PracticeQuerySet:
        """Everything published, or what this visitor may see of the rest; with those who took it up."""
        found = Practice.objects.public()
        if "state" in self.asked:
            found = visible_practices(self.user).filter(is_published=False)
        taken_up = public_adoptions().select_related("municipality").order_by(in_russian_order("municipality__name"))
        return found.select_related("municipality", "direction__edition").prefetch_related(
            Prefetch("adoptions", taken_up, to_attr="taken_up")
        )


def _of_experience(listing: Any) -> Choices:
    """The municipalities whose experience somebody may have taken up by some day: also what is withdrawn by now.

    And whoever is asked about: a decision may recommend the experience of a city that has told of none yet.
    """
    with_practices = Q(pk__in=Practice.objects.values("municipality"))
    found = Municipality.objects.listed().filter(with_practices | Q(slug=listing.of_whom))
    return found.order_by(in_russian_order("name")).values_list("slug", "name")


class Adopters(Listing[MunicipalityQuerySet]):
    """Which members have taken up whose practices; the numbers of a decision's card lead here."""

    address = "practices_uptake"
    words = Words(
        table="Кто перенимает опыт",
        filters="Отбор городов",
        empty="Таких городов пока нет.",
        nothing="Таких городов пока нет.",
        show_all="Показать всех",
        refused="покажите всех",
    )
    filters = (
        Choice("municipality", "Чей опыт", "Любого города", _of_experience, by=untouched),
        Choice("state", "Отметка", "Любая", UptakeState.choices, by=untouched),
        Day("as_of", "Состояние на дату"),
        Day("known_on", "По данным, внесённым не позднее"),
    )
    cells = "municipalities/practices/uptake"
    columns = (
        Column("name", "Кто перенимает", "name_then", cell=LINK, heads=True),
        Column("taken_up", "Практики и отметки", cell="_marks"),
    )
    order = (in_russian_order("name_on_day"), "pk")

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        asked = data.get("municipality", "")
        self.of_whom = asked if slug_re.match(asked) else ""
        super().__init__(data, user)

    @cached_property
    def owner(self) -> Municipality | None:
        """Whose practices are asked about; None for anybody's."""
        slug = self.asked.get("municipality")
        return Municipality.objects.get(slug=slug) if slug else None

    def everything(self) -> MunicipalityQuerySet:
        """Those in the state asked about, with their marks."""
        marks = public_adoptions(self.owner, self.as_of, known_on=self.known_on)
        named = Municipality.objects.named_on(self.as_of, known_on=self.known_on)
        marks = marks.select_related("practice").order_by(in_russian_order("practice__title"), "pk")
        marks = marks.prefetch_related(Prefetch("practice__municipality", named))
        found = adopters(self.owner, self.asked.get("state", ""), self.as_of, known_on=self.known_on)
        found = found.named_on(self.as_of, known_on=self.known_on)
        return found.prefetch_related(Prefetch("adoptions", marks, to_attr="taken_up"))


class Questions(Listing[PracticeRequestQuerySet]):
    """What one's municipality asks and is asked; the Union's people see all questions."""

    def boxes(self) -> Choices:
        """What there is to choose from: the Union's people neither ask nor are asked."""
        waiting = ("waiting", "Ждут ответа")
        return (
            [waiting]
            if has_permission(self.user, Permission.READ_INTERNAL)
            else [("in", "Входящие"), ("out", "Исходящие"), waiting]
        )

    def in_box(self, questions: PracticeRequestQuerySet, box: str) -> PracticeRequestQuerySet:
        """The questions of a box."""
        if box == "waiting":
            return questions.waiting()
        own = own_keys(self.user)
        return questions.filter(**{"practice__municipality__in" if box == "in" else "municipality__in": own})

    address = "practice_requests"
    words = Words(
        table="Вопросы о практиках",
        lead="Что города спрашивают друг у друга. Каждый вопрос видят оба города и сотрудники Союза.",
        filters="Какие вопросы показать",
        pages="Страницы вопросов",
        refused="покажите все вопросы",
    )
    filters = (Choice("box", "Вопросы", "Все", boxes, by=in_box),)
    as_tabs = "box"
    trail = "municipalities/practices/_trail.html"
    cells = "municipalities/practices/requests"
    columns = (
        Column("question", "Вопрос", cell="_question", heads=True),
        Column("practice", "Практика", "practice.title"),
        Column("asks", "Кто спрашивает", "municipality.name"),
        Column("answers", "Кто отвечает", "practice.municipality.name"),
        Column("asked_at", "Задан"),
        Column("is_answered", "Состояние", cell="_state"),
    )
    page_size = 20
    empty = "municipalities/practices/requests/_empty.html"

    def everything(self) -> PracticeRequestQuerySet:
        """What this visitor may read, in its own order."""
        return visible_requests(self.user).select_related("practice__municipality", "municipality")
