"""The way of a decision: each step, and each forbidden one."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction

from accounts.models import User
from resolutions.models import NewEntry, PointAction, Resolution, ResolutionStatus, StepRefused, VersionAction
from resolutions.signing import sign
from resolutions.text import ResolutionText
from revisions.models import EditConflict

pytestmark = pytest.mark.slow


def actions(resolution: Resolution) -> list[str]:
    return list(resolution.versions.order_by("number").values_list("action", flat=True))


def test_adopting_fixes_the_text_and_is_remembered(adopted: Resolution, secretariat: User) -> None:
    assert adopted.status == ResolutionStatus.ADOPTED
    assert actions(adopted) == [VersionAction.CREATED, VersionAction.ADOPTED]
    assert adopted.versions.latest("number").actor_name == secretariat.name


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"adopted_on": None}, "Нет даты решения"),
        ({"adopted_on": dt.date(2090, 1, 1)}, "ещё не наступила"),
        ({"points": ()}, "ни одного пункта"),
        ({"signatory_name": ""}, "Подписант не указан"),
    ],
)
def test_an_unfinished_draft_is_not_adopted(
    text: ResolutionText, secretariat: User, change: dict[str, object], reason: str
) -> None:
    draft = Resolution.start(replace(text, **change), by=secretariat)  # type: ignore[arg-type]
    with pytest.raises(StepRefused, match=reason):
        draft.adopt(version=draft.version, by=secretariat)
    assert actions(draft) == [VersionAction.CREATED]


def test_an_adopted_decision_is_not_revised(adopted: Resolution, secretariat: User) -> None:
    text = replace(adopted.text, title="О другом")
    with pytest.raises(StepRefused, match="больше не меняется"):
        adopted.revise(text, version=adopted.version, by=secretariat)
    assert Resolution.objects.get(pk=adopted.pk).title == "О благоустройстве"


def test_a_mark_of_adoption_can_be_taken_back_with_a_reason(adopted: Resolution, secretariat: User) -> None:
    adopted.reopen(version=adopted.version, by=secretariat, reason="Отмечено по ошибке")
    stored = Resolution.objects.get(pk=adopted.pk)
    assert (stored.status, stored.versions.latest("number").reason) == ("draft", "Отмечено по ошибке")


def test_only_an_adopted_decision_is_signed(draft: Resolution, chair: User) -> None:
    with pytest.raises(StepRefused, match="а это проект"):
        sign(draft, version=draft.version, by=chair)
    assert actions(draft) == [VersionAction.CREATED]


def test_signing_issues_the_document_once(signed: Resolution, chair: User) -> None:
    document = signed.issued_document
    assert document is not None
    assert (document.issued_by, document.is_public) == (chair, True)
    with pytest.raises(StepRefused, match="уже подписано"):
        sign(signed, version=signed.version, by=chair)


def test_a_signed_decision_stays_signed(signed: Resolution, secretariat: User) -> None:
    with pytest.raises(StepRefused, match="вернуть его в проект нельзя"):
        signed.reopen(version=signed.version, by=secretariat, reason="Передумали")
    assert Resolution.objects.get(pk=signed.pk).status == ResolutionStatus.SIGNED


def test_a_step_over_a_newer_version_is_a_conflict(draft: Resolution, secretariat: User) -> None:
    draft.revise(
        replace(draft.text, place="г. Псков"),
        version=1,
        by=secretariat,
    )
    with pytest.raises(EditConflict):
        draft.adopt(version=1, by=secretariat)


def test_a_failure_in_the_middle_leaves_no_trace(
    adopted: Resolution, chair: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Resolution, "remember", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        sign(adopted, version=adopted.version, by=chair)
    stored = Resolution.objects.get(pk=adopted.pk)
    assert (stored.status, stored.issued_document, actions(stored)) == ("adopted", None, ["created", "adopted"])


def test_revising_continues_known_points_and_renumbers(draft: Resolution, secretariat: User) -> None:
    first, second, third = draft.points.all()
    text = draft.text
    moved = replace(text, points=tuple(replace(text.points[n], number=i) for i, n in enumerate((2, 0), start=1)))
    draft.revise(moved, version=draft.version, by=secretariat)
    assert list(draft.points.values_list("pk", "number")) == [(third.pk, 1), (first.pk, 2)]
    assert not draft.points.filter(pk=second.pk).exists()


def test_a_point_with_a_letter_is_not_removed(seeded: Resolution, secretariat: User) -> None:
    text = seeded.text
    points = (text.points[0], replace(text.points[2], number=2))
    with pytest.raises(StepRefused, match="К пункту 2 относится письмо"):
        seeded.revise(replace(text, points=points), version=seeded.version, by=secretariat)
    assert Resolution.objects.get(pk=seeded.pk).text == text


def test_a_point_with_progress_is_not_removed(adopted: Resolution, secretariat: User) -> None:
    point = adopted.points.get(number=1)
    point.take_step(NewEntry(PointAction.START, dt.date(2024, 7, 1), "Начато."), version=1, by=secretariat)
    adopted.reopen(version=adopted.version, by=secretariat, reason="Ошибка")
    stored = Resolution.objects.get(pk=adopted.pk)
    with pytest.raises(StepRefused, match="уже записан ход исполнения"):
        stored.revise(replace(stored.text, points=()), version=stored.version, by=secretariat)


def test_saving_without_changes_makes_no_version(draft: Resolution, secretariat: User) -> None:
    draft.revise(draft.text, version=draft.version, by=secretariat)
    assert actions(draft) == [VersionAction.CREATED]
