"""The seed enters the decision of 27 June 2024 to the letter."""

from pathlib import Path

from accounts.models import User
from municipalities.seed import seed_municipalities
from municipalities.surveys.seed import seed_round
from resolutions.models import Letter, Resolution, ResolutionStatus
from resolutions.seed import seed_resolution
from russian.templatetags.russian import long_date
from tests.conftest import ClientFor

SOURCE = Path(__file__).parent.parent / "documents" / "source" / "resolution-2024-06-27.txt"


def words(text: str) -> list[str]:
    return text.replace("\u00a0", " ").split()


def test_every_word_of_the_source_stands_in_its_place(seeded: Resolution) -> None:
    text = seeded.text
    printed = [text.union_name, text.body_name, "Проект Решение", long_date(text.adopted_on), text.place, text.title]
    printed += [text.hearing, text.noting, *(one.text for one in text.preamble), text.deciding]
    printed += [f"{point.number}. {point.text}" for point in text.points]
    printed += [text.signatory_position, text.signatory_name]
    assert words(" ".join(printed)) == words(SOURCE.read_text(encoding="utf-8"))


def test_the_seed_is_a_draft_with_its_first_version(seeded: Resolution) -> None:
    assert seeded.status == ResolutionStatus.DRAFT
    assert [version.actor_name for version in seeded.versions.all()] == ["Загрузка исходных данных"]


def test_the_decision_names_the_round_that_prepared_it(client_for: ClientFor, chair: User) -> None:
    seed_municipalities()
    prepared_by, _ = seed_round()
    resolution, _ = seed_resolution()
    stored = Resolution.objects.get(pk=resolution.pk)
    page = client_for(chair).get(stored.get_absolute_url()).content.decode()
    assert stored.survey_round == prepared_by
    assert f'<a href="{prepared_by.get_absolute_url()}">{prepared_by.title}</a>' in page


def test_the_appeal_is_drafted_from_the_decision(appeal: Letter) -> None:
    assert appeal.addressee == "Правительство Российской Федерации"
    assert appeal.heading.startswith("О поднятии статуса ведомственного проекта Минстроя «Умный город»")
    assert "Просим рассмотреть вопрос о поднятии статуса" in appeal.body
    assert appeal.resolution.text.preamble[1].text in appeal.body
    assert not appeal.is_registered


def test_the_seed_runs_twice_and_keeps_what_people_edited(seeded: Resolution, secretariat: User) -> None:
    seeded.revise(
        seeded.text.__class__.from_json(seeded.text.as_json() | {"place": "г. Кострома"}),
        version=seeded.version,
        by=secretariat,
    )
    again, entered = seed_resolution()
    assert (again.place, entered, Resolution.objects.count()) == ("г. Кострома", False, 1)
