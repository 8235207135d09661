"""A decision of earlier years was signed on paper: nobody signs it in the portal, and it was never a draft there."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from resolutions.due import tasks_for
from resolutions.execution.printed import sections_of
from resolutions.execution.report import report_on
from resolutions.execution.sheet import decided_by
from resolutions.models import Resolution, StepRefused, VersionAction
from resolutions.past.loading import load
from resolutions.signing import sign
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.papers import paper
from tests.resolutions.factory import decision
from tests.resolutions.past.folder import SLUG, Folder
from tests.resolutions.pdf import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ON_PAPER = "Решение прошлых лет подписано на бумаге: в портале его не подписывают."
NO_DRAFT = "Решение внесено как решение прошлых лет: вернуть его в проект нельзя."


@pytest.fixture
def loaded(secretariat: User) -> Resolution:
    with at("2025-05-05 12:00"):
        load(Folder().decision().point().rows, by=secretariat, file_name="Папка.xlsx")
    return Resolution.objects.get(slug=SLUG)


def test_the_chair_is_asked_to_sign_what_was_adopted_here_alone(
    loaded: Resolution, secretariat: User, chair: User
) -> None:
    decision("appeal", by=secretariat, slug="adopted-here")
    keys = [one.url for one in tasks_for(chair, dt.date(2025, 6, 1)) if one.key.startswith("sign-")]
    assert keys == [reverse("resolution_sign", args=["adopted-here"])]


def test_it_is_known_from_its_loading_on(loaded: Resolution) -> None:
    day = dt.date(2025, 5, 5)
    assert list(decided_by(day, known_on=day)) == [loaded]
    assert not decided_by(day, known_on=dt.date(2025, 5, 4)).exists()


def test_signing_and_reopening_are_refused(loaded: Resolution, secretariat: User, chair: User) -> None:
    with pytest.raises(StepRefused, match=ON_PAPER):
        sign(loaded, version=loaded.version, by=chair)
    with pytest.raises(StepRefused, match=NO_DRAFT):
        loaded.reopen(version=loaded.version, by=secretariat, reason="Ошибка")
    assert {loaded.refusal(one) for one in (VersionAction.SCAN_ADDED, VersionAction.SIGNATURE_ADDED)} == {ON_PAPER}
    assert loaded.refusal(VersionAction.REVISED) == "Решение принято: его текст больше не меняется."


def test_its_page_says_so(loaded: Resolution, chair: User, secretariat: User, client_for: ClientFor) -> None:
    for user, refusal in ((chair, ON_PAPER), (secretariat, NO_DRAFT)):
        text = client_for(user).get(loaded.get_absolute_url()).content.decode()
        assert "оно подписано на бумаге" in text
        assert refusal in text
        assert "ждёт вашей подписи" not in text
        assert "PDF для подписи" not in text


def test_of_others_only_the_chair_is_told_that_they_wait(
    adopted: Resolution, chair: User, secretariat: User, client_for: ClientFor
) -> None:
    told = {
        user.pk: "ждёт вашей подписи" in client_for(user).get(adopted.get_absolute_url()).content.decode()
        for user in (chair, secretariat)
    }
    assert told == {chair.pk: True, secretariat.pk: False}


def test_points_keep_their_numbers_with_gaps(secretariat: User, client: Client, client_for: ClientFor) -> None:
    folder = Folder().decision()
    for number in (7, 1, 3):
        folder.point(SLUG, number)
    load(folder.rows, by=secretariat, file_name="Папка.xlsx")
    found, said = Resolution.objects.get(slug=SLUG), ["1", "3", "7"]
    page, sheet = (client.get(address).content.decode() for address in (found.get_absolute_url(), reverse("points")))
    assert re.findall(r"Исполнение пункта (\d+)", page) == said
    assert re.findall(r">Пункт (\d+)\.", sheet) == said
    assert [str(one["number"]) for one in found.versions.get().text["points"]] == said
    pdf = paper(client_for(secretariat), reverse("decision_pdf", args=[SLUG])).content
    assert re.findall(r"(\d)\. Сделать дело \1\.", " ".join(words_of(pdf))) == said
    report = sections_of(report_on(found, timezone.localdate(), with_letters=False))
    assert [one.heading for one in report[1:]] == [f"Пункт {number}. Поручение" for number in said]


def test_its_history_has_one_line(loaded: Resolution, secretariat: User, client_for: ClientFor) -> None:
    text = client_for(secretariat).get(reverse("resolution_history", args=[SLUG])).content.decode()
    assert "Внесено как решение прошлых лет" in text
    assert "<p>Загрузка из файла «Папка.xlsx»</p>" in text
    assert "Создан проект" not in text
    assert "Причина" not in text


def test_strangers_read_it(loaded: Resolution, client: Client) -> None:
    assert "Внесено" not in client.get(loaded.get_absolute_url()).content.decode()
