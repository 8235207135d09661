"""A portal with something of everything, and its state as the database itself tells it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings
from django.utils import timezone

from accounts.acting import Behalf
from accounts.mail.storing import store
from accounts.mail_kinds import INVITATION
from accounts.models import User
from documents.models import IssuedDocument, PreparedFile, Signature, TrustedAuthority
from documents.storage import IssuedStorage, WholeFiles
from documents.withdrawing import withdraw
from municipalities.heads import change_head
from municipalities.importing.applying import apply
from municipalities.importing.batches import start
from municipalities.importing.plan import digest
from municipalities.mergers import Merger, merge
from municipalities.models import Contact, HeadRecord, Municipality, StandardEdition
from municipalities.practices.models import Commitment, NewCommitment
from municipalities.renaming import rename
from municipalities.surveys.letters import record
from municipalities.surveys.models import LetterPurpose, SurveyResponse
from municipalities.surveys.models.delivery import DeliveryChannel
from resolutions.attaching import add_scan, add_signatures
from resolutions.correspondence.batches import step_all
from resolutions.correspondence.mailings import suggested_recipients
from resolutions.correspondence.signing import sign_letter
from resolutions.models import (
    AskOutcome,
    Channel,
    DecisionPoint,
    Letter,
    LetterAction,
    MemberReport,
    NewEntry,
    NewIncoming,
    NewMemberReport,
    NewOutcome,
    Party,
    PointAction,
    ReportReminder,
    Resolution,
    register_incoming,
    void_incoming,
)
from resolutions.reminding import REPORT_LETTER
from resolutions.signing import sign
from resolutions.text import Paragraph
from sgcszr_portal.archive.tables import SECRETS, archived_models
from sgcszr_portal.models import ReminderDelivery
from sgcszr_portal.reminders import DIGEST
from tests.accounts.roles import had_role
from tests.accounts.terms import appointed
from tests.accounts.unions import changed
from tests.documents.cms.kit import Identity
from tests.documents.cms.kit import sign as sign_cms
from tests.municipalities.factory import city
from tests.municipalities.imports.books import exported, with_cells
from tests.municipalities.imports.books import upload as book
from tests.municipalities.practices.factory import edition
from tests.resolutions.factory import DAY, answer, letter, mailing, point_step, register, release, send, step, upload
from tests.resolutions.past.books import book_of
from tests.resolutions.past.folder import example_a
from tests.resolutions.past.logged import past_upload
from tests.resolutions.steps import assign

SLUG = "umny-gorod-2024"
SECRET_TEXT = "Ссылка, которой в архиве быть не должно"
State = dict[str, list[tuple[Any, ...]]]


@contextmanager
def files_in(folder: Path) -> Iterator[None]:
    """Uploads and issued documents lie in a folder of their own, which is there afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch, override_settings(MEDIA_ROOT=folder):
        patch.setattr(IssuedDocument._meta.get_field("file"), "storage", IssuedStorage(location=folder / "issued"))
        patch.setattr(PreparedFile._meta.get_field("file"), "storage", WholeFiles(location=folder / "prepared"))
        yield


def build_portal(authority: Identity, person: Identity) -> None:
    """The demonstration, and what it does not have: a signed decision, letters on their way, files, uploads."""
    call_command("seed", "--demo", "--force", verbosity=0)
    secretariat, chair = (User.objects.get(email=f"{key}@sgcszr.example") for key in ("secretariat", "chair"))
    admin = User.objects.create_superuser("admin@sgcszr.example", "tekhnicheskiy-1584", name="Т.А. Админов")
    TrustedAuthority.of(authority.der, by=admin).save()
    _keep_secrets(secretariat, chair)
    _sign_the_decision(person, chair)
    _divide_a_point(secretariat)
    _write_letters(secretariat)
    _withdraw_a_letter(secretariat, chair)
    _upload_a_workbook(secretariat)
    store(INVITATION, chair, subject="Приглашение", text=SECRET_TEXT, by=secretariat)
    digest = store(DIGEST, chair, subject="Срок скоро: 1", text=SECRET_TEXT)
    ReminderDelivery.objects.create(user=chair, day=DAY, mail=digest, fingerprint="f" * 64)
    kostroma = Municipality.objects.get(slug="kostroma")
    Contact.objects.create(municipality=kostroma, name="О.О. Оставшийся", phone="314440")
    Contact.objects.create(municipality=kostroma, name="У.У. Уволенный", phone="314441").delete()
    asked = SurveyResponse.objects.filter(round__status="open").earliest("pk")
    record(asked, LetterPurpose.INVITATION, DeliveryChannel.MANUAL, by=secretariat, recipient="a@example.org")
    changed(secretariat, DAY, phone="314442")
    appointed(User.objects.get(email="kostroma@sgcszr.example"), by=secretariat)
    had_role(User.objects.get(email="arkhangelsk@sgcszr.example"), since=DAY, by=secretariat)
    city("Ёлкино", 99999999, is_listed=False)
    _merge_cities(secretariat)
    _report_and_promise(secretariat)
    latest = edition(2026, "Связь", by=secretariat)
    StandardEdition.objects.filter(pk=latest.pk).update(indicators=29, maximum=260)
    kostroma.index_scores.create(year=2025, group="large", edition=latest, score=130, maximum=260, source="Отчёт")


def _report_and_promise(secretariat: User) -> None:
    """A point for all members: one has reported, is reminded, and promises something for it."""
    point, kostroma = (
        DecisionPoint.objects.get(resolution__slug=SLUG, number=1),
        Municipality.objects.get(slug="kostroma"),
    )
    assign(point, Party.objects.all_members(), by=secretariat, on=dt.date(2024, 7, 1))
    report = MemberReport.objects.create(point=point, municipality=kostroma)
    said = NewMemberReport(DAY, "Изучили опыт.", files=[upload("Отчёт.pdf")])
    report.report(said, version=1, by=secretariat)
    mail = store(REPORT_LETTER, "kostroma@sgcszr.example", subject="Доклад", text=SECRET_TEXT, by=secretariat)
    ReportReminder.objects.create(report=report, mail=mail, sent_by=secretariat, sent_by_name="С.С.")
    promised = NewCommitment(kostroma, dt.date(2027, 6, 1), "Отдел связи", DAY, measure="Датчики")
    behalf = Behalf("Кострома", "письмо № 7")
    Commitment.make(replace(promised, point=str(point.pk), behalf=behalf), by=secretariat)


def _keep_secrets(secretariat: User, chair: User) -> None:
    secretariat.new_calendar_key()
    TOTP.activate(chair, generate_totp_secret())
    chair.last_login = timezone.now()
    chair.save(update_fields=["last_login"])


def _sign_the_decision(person: Identity, chair: User) -> None:
    resolution = Resolution.objects.get(slug=SLUG)
    sign(resolution, version=resolution.version, by=chair)
    resolution.refresh_from_db()
    assert resolution.issued_document is not None
    add_signatures(resolution, sign_cms(person, resolution.issued_document.read()), by=chair)
    add_scan(resolution, Signature(scan=upload("Скан.pdf").file, signed_on=dt.date(2024, 7, 1)), by=chair)


def _divide_a_point(secretariat: User) -> None:
    draft = Resolution.objects.get(status="draft")
    point = replace(draft.text.points[0], subpoints=(Paragraph("Секретариату."),))
    draft.revise(replace(draft.text, points=(point,)), version=draft.version, by=secretariat)


def _write_letters(secretariat: User) -> None:
    resolution = Resolution.objects.get(slug=SLUG)
    thanked = resolution.points.get(number=3)
    thanks = mailing(resolution, *suggested_recipients(thanked, "gratitude"), by=secretariat, kind="gratitude")
    step_all(thanks, LetterAction.REGISTER, happened_on=DAY, by=secretariat)
    first, second = thanks.letters.order_by("pk")[:2]
    proof = [upload("Скан.pdf"), upload("Скан.pdf", b"%PDF-1.7 another"), upload('Опись "№ 5" <1>.pdf')]
    step(first, "send", by=secretariat, channel=Channel.POST, files=proof)
    step(first, "deliver", by=secretariat)
    step(second, "annul", by=secretariat, text="Отправлено в другой форме.")
    appeal = Letter.objects.get(kind="appeal", resolution=resolution)
    government = appeal.correspondent
    assert government
    said = [NewOutcome(one, AskOutcome.SATISFIED) for one in appeal.asks.all()]
    came = NewIncoming(dt.date(2024, 8, 1), government, "П9-5", text="Поддержано.", outcomes=said)
    register_incoming(replace(came, files=[upload("Ответ.pdf")]), by=secretariat, number="77/5")
    wrong = answer(appeal, by=secretariat, on=dt.date(2024, 8, 2), outcome=AskOutcome.REFUSED)
    void_incoming(wrong, reason="Не то письмо.", version=wrong.letter.version, by=secretariat)
    sent = Letter.objects.create(
        kind="circular", resolution=resolution, addressee="Всем", body="Текст", correspondent=government
    )
    send(sent, by=secretariat)
    release(sent, by=secretariat)
    point_step(thanked, "start", by=secretariat, on=dt.date(2024, 7, 8), files=[upload("Отчёт.txt", b"text")])
    mistaken, right = point_step(thanked, "note", by=secretariat), NewEntry(PointAction.NOTE, DAY, "Верно.")
    thanked.void(mistaken, reason="Другой пункт.", version=thanked.version, by=secretariat, replacement=right)


def _withdraw_a_letter(secretariat: User, chair: User) -> None:
    """A letter that was signed, and whose document was withdrawn."""
    mistaken = letter(
        Resolution.objects.get(slug=SLUG), signatory_position="Председатель", signatory_name="Н.В. Корягина"
    )
    register(mistaken, by=secretariat)
    document = sign_letter(mistaken, version=mistaken.version, by=chair, is_public=False)
    withdraw(document, reason="Опечатка.", by=secretariat)


def _upload_a_workbook(secretariat: User) -> None:
    batch = start([book(with_cells(exported(), E5=123456))], by=secretariat)
    apply(batch, seen=digest(batch.plan), by=secretariat)
    start([book(with_cells(exported(), G5="Нет такого"), "ошибки.xlsx")], by=secretariat)
    past_upload(book_of(example_a().rows), by=secretariat)


def state_of(database: BaseDatabaseWrapper = connection) -> State:
    """Every archived table as the database tells it, without the portal's own reading and without secrets."""
    state = {}
    with database.cursor() as cursor:
        for model in archived_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"')  # noqa: S608
            names = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
            shown = [place for place, name in enumerate(names) if f"{model._meta.label}.{name}" not in SECRETS]
            state[model._meta.label] = [tuple(_bytes(row[place]) for place in shown) for row in cursor.fetchall()]
    return state


def _bytes(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _merge_cities(secretariat: User) -> None:
    """Two cities, one of which was called otherwise, become a third one, whose head is known."""
    renamed, other = city("Прежний", 90000001), city("Другой", 90000002)
    rename(renamed, DAY, name="Новый", oktmo="", basis="Закон", by=secretariat, version=renamed.version)
    renamed.refresh_from_db()
    whole = Municipality(name="Целый", oktmo="90000003", region="Область", federal_district="central")
    merge(Merger([renamed, other], whole, DAY, "Закон", "Решение"), by=secretariat)
    row = HeadRecord(municipality=whole, happened_on=DAY, person="И.И. Иванов", actor_name="С.С. Секретарёва")
    change_head(row, version=whole.version)
