"""Two at once: a decision, a letter or the numbering changes between somebody's look and their click."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import Signature, TrustedAuthority
from documents.withdrawing import withdraw
from resolutions.models import NumberSeries, Resolution, StepRefused, VersionAction
from resolutions.views import attaching
from tests.conftest import ClientFor
from tests.documents.cms.containers import Signing, container
from tests.documents.cms.forge import authority, person
from tests.meanwhile import meanwhile
from tests.resolutions.factory import letter
from tests.resolutions.test_resolution_edit import posted


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def attach(client: Client, name: str, resolution: Resolution, **data: Any) -> Any:
    return client.post(reverse(name, args=[resolution.slug]), data, follow=True)


def test_the_second_who_changes_the_numbering_sees_both_patterns(client: Client) -> None:
    url = reverse("letter_numbering")
    for pattern, status in (("А-{номер}", 302), ("Б-{номер}", 409)):
        answer = client.post(url, {"pattern": pattern, "first": "1", "version": "1"})
        assert answer.status_code == status
    page = answer.content.decode()
    assert "А-{номер}" in page
    assert "Б-{номер}" in page
    assert NumberSeries.objects.get().pattern == "А-{номер}"


def test_a_point_that_has_letters_does_not_leave_the_text(client: Client, draft: Resolution) -> None:
    letter(draft, point=draft.points.get(number=3))
    answer = client.post(reverse("resolution_edit", args=[draft.slug]), posted(draft, **{"points-TOTAL_FORMS": 2}))
    assert answer.status_code == 422
    assert "К пункту 3 относится письмо" in answer.content.decode()
    assert draft.points.count() == 3


def test_a_draft_without_a_day_is_not_adopted(client: Client, draft: Resolution) -> None:
    Resolution.objects.filter(pk=draft.pk).update(adopted_on=None)
    answer = attach(client, "resolution_adopt", draft, version=draft.version)
    assert "Нет даты решения." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_who_takes_adoption_back_second_is_told_that_it_changed(client: Client, adopted: Resolution) -> None:
    data = {"version": adopted.version - 1, "reason": "Отмечено по ошибке"}
    answer = attach(client, "resolution_reopen", adopted, **data)
    assert "Решение изменилось, пока страница была открыта." in answer.content.decode()
    adopted.refresh_from_db()
    assert adopted.status == "adopted"


def test_no_status_is_skipped(draft: Resolution, secretariat: User) -> None:
    with pytest.raises(StepRefused):
        draft.move(VersionAction.SIGNED, by=secretariat)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_scan_of_what_is_withdrawn_in_this_moment_is_not_attached(
    client: Client, signed: Resolution, secretariat: User
) -> None:
    document = signed.issued_document
    assert document is not None
    scan = SimpleUploadedFile("скан.pdf", b"%PDF-1.4 scan")
    with meanwhile(attaching, "add_scan", lambda: withdraw(document, reason="Опечатка.", by=secretariat)):
        answer = attach(client, "resolution_scan", signed, scan=scan, signed_on="2024-06-28")
    assert answer.status_code == 422
    assert "отозван" in answer.content.decode()
    assert not Signature.objects.exists()


def test_of_two_signatures_in_a_file_the_bad_one_is_named(
    client: Client, signed: Resolution, secretariat: User
) -> None:
    root = authority("Центр")
    TrustedAuthority.of(root.der, by=secretariat).save()
    assert signed.issued_document is not None
    signers = (person(root), person(authority("Чужой")))
    content = signed.issued_document.read()
    both = container(*(Signing(one, document=content, claimed=None) for one in signers))
    answer = attach(client, "resolution_signature", signed, file=SimpleUploadedFile("two.sig", both))
    assert "Не приложена подпись из того же файла. " in answer.content.decode()
    assert Signature.objects.count() == 1
