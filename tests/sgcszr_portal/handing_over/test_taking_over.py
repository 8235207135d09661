"""Whoever takes over with this paper alone finds what is open once, with its next step, and nothing that is over."""

import pytest
from django.db.models import QuerySet

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys.models import SurveyRound
from resolutions.models import DecisionPoint, Letter, Party, UnionBody
from sgcszr_portal.handing_over.content import OWED, Row, handing_over
from tests.accounts.terms import appointed
from tests.municipalities.surveys.factory import a_round, response_of, say
from tests.resolutions.factory import answer, decision, letter, point_step, register, send, step
from tests.resolutions.steps import assign
from tests.sgcszr_portal.handing_over.world import days

pytestmark = pytest.mark.slow
KINDS = (*["appeal"] * 8, "assignment", "assignment")


class Folder:
    """A decision of which each point stands otherwise, by number."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.points = {one.number: one for one in decision(*KINDS, by=by).points.all()}

    def ask(self, number: int, **said: object) -> Letter:
        return letter(self.points[number].resolution, "appeal", point=self.points[number], **said)

    def sent(self, number: int, outcome: str = "", **said: object) -> Letter:
        found = self.ask(number, **said)
        send(found, by=self.by)
        if outcome:
            answer(found, by=self.by, outcome=outcome, asks=[1])
        return found

    def off_control(self, number: int, result: str, reason: str = "") -> DecisionPoint:
        for action in ("report", "close"):
            point_step(self.points[number], action, by=self.by, result=result, reason=reason)
        return self.points[number]


@pytest.fixture
def folder(secretariat: User) -> Folder:
    return Folder(secretariat)


def told(*keys: str) -> dict[str, list[str]]:
    """What rows say, by section: of a thing by its key, and of all of a kind where that ends with a hyphen."""

    def is_asked(key: str) -> bool:
        return any(key == one or key.startswith(one if one.endswith("-") else f"{one}-") for one in keys)

    found = {one.code: [row.why for row in one.rows if is_asked(row.key)] for one in handing_over(days(0)).sections}
    return {code: said for code, said in found.items() if said}


def owed() -> dict[str, list[Row]]:
    """What is owed, by whom."""
    (section,) = (one for one in handing_over(days(0)).sections if one.code == OWED)
    return {group.whom: list(group.rows) for group in section.groups}


def test_what_is_off_control_is_over(folder: Folder) -> None:
    folder.sent(1, "refused")
    first = folder.off_control(1, "refused")
    folder.sent(2)
    folder.ask(2)
    register(folder.ask(2), by=folder.by)
    second = folder.off_control(2, "no_answer", reason="Ответа нет.")
    assert told(f"point-{first.pk}", f"point-{second.pk}", "letter-", "owed-") == {}


def test_a_refused_appeal_waits_for_its_report(folder: Folder) -> None:
    point = folder.points[1]
    folder.sent(1, "refused")
    expected = "Ответ получен, предлагается результат «отказано»: можно докладывать"
    assert told(f"point-{point.pk}") == {"secretariat": [expected]}
    assert owed() == {}


def test_a_point_that_was_reopened_is_open_with_its_asks(folder: Folder) -> None:
    found = folder.sent(1, "satisfied", new_asks="раз\nдва")
    point = folder.off_control(1, "partly", reason="Один раз.")
    assert owed() == {}
    point_step(point, "reopen", by=folder.by)
    assert [row.what[-12:] for row in owed()["Правительство Российской Федерации"]] == [" (просьба 2)"]
    assert told(f"letter-{found.pk}")["secretariat"][0].endswith("просьба 2): составьте повторное письмо")
    assert len(told(f"point-{point.pk}")["secretariat"]) == 1


def test_letters_that_did_not_leave_wait_and_annulled_ones_do_not(folder: Folder) -> None:
    annulled, draft, registered = (folder.ask(number) for number in (1, 2, 3))
    for one in (annulled, registered):
        register(one, by=folder.by)
    step(annulled, "annul", by=folder.by, text="Не нужно.")
    assert told(f"letter-{annulled.pk}") == {}
    assert told(f"point-{folder.points[1].pk}")["secretariat"] == ["Обращения нет: составьте его"]
    assert told(f"letter-{draft.pk}") == {"secretariat": ["Проект письма: проверьте и зарегистрируйте"]}
    sign = "Зарегистрировано: отправьте, когда подпишет председатель"
    assert told(f"letter-{registered.pk}") == {"secretariat": [sign]}


def test_a_forwarded_ask_is_owed_by_the_other_body(folder: Folder) -> None:
    found = folder.sent(1, new_asks="раз\nдва\nтри", reply_days=None)
    answer(found, by=folder.by, outcome="forwarded", asks=[1], to="Минстрой России")
    answer(found, by=folder.by, outcome="interim", asks=[2], until=days(30))
    rows = {whom: [(row.what[-10:], row.due_on) for row in of] for whom, of in owed().items()}
    assert rows == {
        "Минстрой России": [("просьба 1)", None)],
        "Правительство Российской Федерации": [("просьба 2)", days(30)), ("просьба 3)", None)],
    }


def test_who_is_substituted_and_who_is_outside(folder: Folder, chair: User, kostroma_official: User) -> None:
    User.objects.filter(pk=chair.pk).update(is_active=False)
    appointed(kostroma_official, last=10, by=folder.by)
    reported, outside = folder.points[9], folder.points[10]
    assign(reported, Party.objects.of_body(UnionBody.SECRETARIAT), by=folder.by)
    for action in ("start", "report"):
        point_step(reported, action, by=folder.by)
    assign(outside, Party.objects.outside("Минстрой России"), by=folder.by, due_on=days(-5))
    accept = "Доложено об исполнении: снимите с контроля или верните на доработку"
    assert told(f"point-{reported.pk}") == {"chair": [accept]}
    assert told(f"point-{outside.pk}") == {
        "secretariat": [
            "Не начато: доложите, когда будет исполнено (Минстрой России: в портале за эту сторону никто не действует)"
        ]
    }


def test_a_round_past_its_day_waits_for_whoever_leads_it(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    survey = a_round(kostroma, arkhangelsk, opened_by=secretariat)
    say(response_of(survey, arkhangelsk))
    assert told("response-") == {"nobody": ["Кострома: ответьте на вопросы"]}
    QuerySet(SurveyRound).filter(pk=survey.pk).update(opens_on=days(-20), closes_on=days(-2))
    close = "Приём ответов окончен, ответили 1 из 2: закройте обмен или перенесите срок"
    assert told("response-", "round-") == {"secretariat": [close, "Проверьте и примите: 1\u00a0ответ"]}
