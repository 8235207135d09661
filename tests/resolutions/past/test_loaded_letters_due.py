"""What waits about letters of earlier years: what the workbook said is what is known, and nobody is asked for more."""

import datetime as dt

import pytest

from accounts.models import User
from resolutions.due import tasks_for
from resolutions.models import Letter, LetterAction
from resolutions.past.plan import PastPlan
from resolutions.past.uploads import apply
from tests.resolutions.factory import step
from tests.resolutions.past.books import book_of
from tests.resolutions.past.conftest import Preview
from tests.resolutions.past.folder import SLUG, Folder

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 2)
SENT, REGISTERED, HERE = "1/19", "2/19", "3/19"
LOADED = "Загружено без отправки: отметьте, когда отправили, или аннулируйте"


@pytest.fixture
def letters(preview: Preview, secretariat: User) -> dict[str, Letter]:
    """Thanks of 2019 under a point that is still under control: one sent, and two of which no sending is known."""
    folder = Folder().decision(SLUG, "20.06.2019", "gratitude")
    thanks = {"kind": "gratitude", "point": 1, "correspondent": "", "addressee": "И.О. Фамилии", "reply_days": None}
    folder.letter(SENT, "05.07.2019", sent_on="08.07.2019", **thanks)
    for number in (REGISTERED, HERE):
        folder.letter(number, "05.07.2019", **thanks)
    one = preview(book_of(folder.rows))
    apply(one, seen=PastPlan.from_json(one.plan).seen, by=secretariat)
    return {letter.number: letter for letter in Letter.objects.all()}


def waits(user: User) -> dict[str, str]:
    """Why letters wait for somebody, by their addresses."""
    return {task.url: task.why for task in tasks_for(user, TODAY) if task.key.startswith("letter-")}


def test_nobody_is_asked_whether_a_letter_of_the_past_arrived(letters: dict[str, Letter], secretariat: User) -> None:
    assert letters[SENT].get_absolute_url() not in waits(secretariat)


def test_one_that_was_not_sent_is_no_paper_for_the_chair(
    letters: dict[str, Letter], secretariat: User, chair: User
) -> None:
    assert waits(chair) == {}
    assert waits(secretariat)[letters[REGISTERED].get_absolute_url()] == LOADED


def test_what_the_portal_itself_sent_is_followed(letters: dict[str, Letter], secretariat: User) -> None:
    step(letters[HERE], LetterAction.SEND, by=secretariat, on=dt.date(2026, 1, 12), channel="post")
    assert waits(secretariat)[letters[HERE].get_absolute_url()] == "Отправлено давно: отметьте вручение"
