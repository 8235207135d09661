"""A portal in which everything that can wait waits for somebody, or for nobody."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from accounts.roles import Office, Role
from municipalities.models import Municipality
from municipalities.practices.models import PracticeRequest
from resolutions.models import Party, Resolution, UnionBody
from tests.accounts.terms import appointed
from tests.municipalities.factory import city, left
from tests.municipalities.practices.factory import practice, promise
from tests.municipalities.surveys.factory import a_round, response_of, say
from tests.resolutions.factory import (
    answer,
    decision,
    instruct,
    letter,
    mailing,
    point_step,
    register,
    repetition,
    send,
)
from tests.resolutions.steps import assign

KINDS = ("recommendation", "appeal", "gratitude", *["assignment"] * 5, "appeal")


def days(number: int) -> dt.date:
    """A day so many days after today."""
    return timezone.localdate() + dt.timedelta(days=number)


class World:
    """What waits.

    Attributes:
        by, member: of the secretariat, and of the board.
        spoken_for, alone: a municipality that somebody speaks for, and one that nobody does.
    """

    def __init__(self, by: User, spoken_for: Municipality, alone: Municipality) -> None:
        self.by, self.spoken_for, self.alone = by, spoken_for, alone
        self.member = User.objects.create_user("board@example.org", name="П.П. Правленцев", role=Role.MUNICIPAL)
        appointed(self.member, Office.BOARD, last=None, by=by)
        second = User.objects.create_user("second@example.org", name="В.В. Вторая", role=Role.SECRETARIAT)
        appointed(second, Office.BOARD, 5, None, by=by)  # not yet
        User.objects.create_user("off@example.org", name="О.О. Отключён", role=Role.CHAIR, is_active=False)
        User.objects.create_superuser("admin@example.org", name="Т.А. Админов")
        self._points(decision(*KINDS, by=by))
        decision("gratitude", by=by, slug="draft", adopt=False)
        self._letters(decision(*["appeal"] * 4, by=by, slug="letters"))
        self._rounds()
        self._practices()
        left(city("Ушедшее", 77), "2025-01-01")

    def _points(self, resolution: Resolution) -> None:
        """A point for each kind of party; of the municipality that nobody speaks for one with a request."""
        points, parties = list(resolution.points.order_by("number")), Party.objects
        alone = parties.of_municipality(self.alone.pk)
        for point, party in zip(
            points,
            (
                parties.all_members(),
                parties.of_municipality(self.spoken_for.pk),
                parties.of_body(UnionBody.BOARD),
                parties.of_user(self.member.pk),
                parties.outside("Сторонний орган"),
                alone,
                alone,
            ),
            strict=False,
        ):
            assign(point, party, by=self.by, due_on=days(20 if point.number > 1 else -2))
        for action in ("start", "report"):
            point_step(points[4], action, by=self.by)
        point_step(points[5], "request", by=self.by)
        instruct(points[7], by=self.by, due_on=days(3))

    def _letters(self, resolution: Resolution) -> None:
        """Letters in every state; asks: late (one of two), late with a letter or a report, half answered, in time."""
        late, repeated, reported, undated = resolution.points.order_by("number")
        for point in (late, repeated, reported, undated):
            days_to_reply = None if point == undated else 30
            asked = "рассмотреть\nподдержать"
            found = letter(resolution, "appeal", point=point, new_asks=asked, reply_days=days_to_reply)
            send(found, by=self.by)
            if point == late:
                answer(found, by=self.by, outcome="interim", until=days(40), asks=[1])
            if point == undated:
                answer(found, by=self.by, outcome="refused", asks=[1])
            if point == repeated:
                repetition(found).save()
        point_step(reported, "report", by=self.by, result="no_answer", reason="Ответа нет.")
        letter(resolution)
        register(letter(resolution), by=self.by)
        send(letter(resolution, heading="В срок"), by=self.by, on=days(-1))
        mailing(resolution, by=self.by)

    def _rounds(self) -> None:
        a_round(self.spoken_for, title="Осенний обмен")
        survey = a_round(self.spoken_for, self.alone, opened_by=self.by)
        say(response_of(survey, self.alone))
        further = city("Ёлкино", 78, joins="2020-01-01")
        a_round(self.spoken_for, further, title="Летний обмен", opened_by=self.by)

    def _practices(self) -> None:
        """Promises of both municipalities, one by a link, and questions to both."""
        own, others = practice(self.spoken_for), practice(self.alone, "Свет")
        PracticeRequest.ask(own, self.alone, question="Как это устроено?", by=self.by)
        PracticeRequest.ask(others, self.spoken_for, question="Сколько стоит?", by=self.by)
        promise(self.spoken_for, others)
        promise(self.alone, own)
        promise(self.alone, "Ещё датчики", by_link=True)
