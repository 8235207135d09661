"""The checklist of a decision: on the chair's page before signing, and in the way of signing itself."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.checklist import IssueRefused
from resolutions.checklist import decision_findings
from resolutions.models import Resolution
from resolutions.signing import sign
from resolutions.text import Paragraph, PointText, ResolutionText
from tests.conftest import ClientFor

pytestmark = pytest.mark.slow

FULL: dict[str, Any] = {"hearing": "Заслушав и обсудив информацию,", "noting": "Собрание отмечает:"}


@pytest.mark.parametrize(
    ("changes", "sentence", "blocks"),
    [
        ({"adopted_on": None}, "Нет даты решения.", True),
        ({"adopted_on": dt.date(2990, 1, 1)}, "Дата решения ещё не наступила", True),
        ({"title": ""}, "Нет заголовка.", True),
        ({"signatory_name": ""}, "Подписант не указан.", True),
        ({"signatory_position": ""}, "Не указана должность", True),
        ({"signatory_name": "Ж" * 60}, "Имя подписанта не помещается", True),
        ({"points": ()}, "нет ни одного пункта", True),
        ({"preamble": (Paragraph("Выделить 100 漢."),)}, "абзац 1: символ «漢» (U+6F22), 14-й знак", True),
        ({"points": (PointText(1, "appeal", "漢"),)}, "Пункт 1: символ «漢»", True),
        ({"place": ""}, "Не указано место", False),
        ({"place": "г. " + "Ы" * 80}, "Дата и место не помещается в одну строку.", False),
        ({"hearing": ""}, "Нет вводной фразы", False),
        ({"preamble": ()}, "Констатирующая часть пуста.", False),
        ({"noting": ""}, "нет формулы «отмечает»", False),
        ({"preamble": (Paragraph("ъ" * 100),)}, "Слово не помещается", False),
        ({"preamble": (Paragraph("Проект «Умный город."),)}, "Кавычки не парные", False),
        ({"points": (PointText(1, "appeal", "Одно."), PointText(2, "appeal", "одно."))}, "Пункт 2 дословно", False),
    ],
)
def test_each_gap_is_named(text: ResolutionText, changes: dict[str, Any], sentence: str, blocks: bool) -> None:
    found = [f for f in decision_findings(replace(text, **FULL | changes)) if sentence in f.sentence]
    assert [finding.blocks for finding in found] == [blocks]


def test_a_complete_decision_has_no_findings(text: ResolutionText, seeded: Resolution) -> None:
    assert decision_findings(replace(text, **FULL), signer="Корягина Наталья") == ()
    assert decision_findings(seeded.text) == ()


def test_what_blocks_comes_first(text: ResolutionText) -> None:
    found = decision_findings(replace(text, place="", signatory_name=""))
    assert [finding.blocks for finding in found] == sorted((finding.blocks for finding in found), reverse=True)


def test_the_chair_reads_the_checklist_before_signing(client_for: ClientFor, chair: User, adopted: Resolution) -> None:
    Resolution.objects.update(place="")
    User.objects.update(name="И.И. Иванов")
    page = client_for(chair).get(reverse("resolution_sign", args=[adopted.slug])).content.decode()
    assert "Не указано место принятия решения." in page
    assert "В документе подписывает Н.В. Корягина, а в портале – И.И. Иванов." in page
    assert "Мешает выпуску" not in page


def test_what_is_only_odd_does_not_block(client_for: ClientFor, chair: User, adopted: Resolution) -> None:
    Resolution.objects.update(place="")
    response = client_for(chair).post(reverse("resolution_sign", args=[adopted.slug]), {"version": adopted.version})
    assert response.status_code == 302
    assert Resolution.objects.get().status == "signed"


@pytest.mark.parametrize("changes", [{"signatory_name": ""}, {"adopted_on": dt.date(2990, 1, 1)}])
def test_what_blocks_stops_the_domain_and_the_page(
    client_for: ClientFor, chair: User, adopted: Resolution, changes: dict[str, Any]
) -> None:
    Resolution.objects.update(**changes)
    with pytest.raises(IssueRefused):
        sign(Resolution.objects.get(), version=adopted.version, by=chair)
    response = client_for(chair).post(reverse("resolution_sign", args=[adopted.slug]), {"version": adopted.version})
    assert response.status_code == 422
    assert "Документ выпустить нельзя" in response.content.decode()
    assert "Мешает выпуску" in response.content.decode()
    stored = Resolution.objects.get()
    assert (stored.status, stored.issued_document, stored.version) == ("adopted", None, adopted.version)


def test_today_is_no_future(text: ResolutionText) -> None:
    found = decision_findings(replace(text, **FULL, adopted_on=timezone.localdate()))
    assert not any(finding.blocks for finding in found)
