"""The portal with one of everything: what the table of access is asked about, and tests that go through all pages."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files import File

from accounts.models import User
from accounts.models.union import FROM_THE_SOURCE
from accounts.roles import Office
from documents.models import IssuedDocument
from documents.models.prepared import prepared_storage
from municipalities.importing.batches import start
from municipalities.models import Contact, HeadRecord, IndexScore, Municipality, Renaming, Succession
from municipalities.personal_links import token_of
from municipalities.practices.models import PracticeRequest
from resolutions.correspondence.appeal import draft_appeal
from resolutions.correspondence.signing import sign_letter
from resolutions.editor import blank_text
from resolutions.execution.prepared import arguments_of
from resolutions.models import Attachment, Channel, Correspondent, Letter, LetterAction, Resolution, void_incoming
from resolutions.signing import sign
from resolutions.text import PointText
from revisions.days import EARLIEST
from tests.accounts.mail.factory import letter as mail_letter
from tests.accounts.roles import had_role
from tests.accounts.terms import appointed
from tests.accounts.unions import changed
from tests.documents.prepared import a_file
from tests.documents.signed import by_hand, electronic
from tests.municipalities.factory import city, left, statement
from tests.municipalities.imports.books import exported, with_cells
from tests.municipalities.imports.books import upload as book
from tests.municipalities.practices.factory import mark, practice, promise, solution
from tests.municipalities.surveys.factory import a_round, link_of, response_of, say
from tests.municipalities.surveys.factory import question as survey_question
from tests.resolutions.factory import (
    DAY,
    GOVERNMENT,
    answer,
    mailing,
    point_step,
    register,
    release,
    send,
    step,
    upload,
)
from tests.resolutions.past.books import book_of
from tests.resolutions.past.folder import example_a
from tests.resolutions.past.logged import past_upload
from tests.resolutions.steps import whose_work


@pytest.fixture
def world(secretariat: User, chair: User, kostroma_official: User, arkhangelsk_official: User) -> dict[object, object]:
    """A decision in each state, letters, a municipality off the list; names in the table stand for their keys."""
    decisions_in_each_state(secretariat, chair)
    signed = Resolution.objects.get(slug="signed")
    Municipality.objects.create(
        name="Unlisted", region="Область", federal_district="central", oktmo="99999999", is_listed=False
    )
    return {
        **experience(secretariat, arkhangelsk_official),
        **information_exchange(secretariat),
        **internals(),
        **whose_work(secretariat, Municipality.objects.get(slug="kostroma")),
        **signing(signed, secretariat, chair),
        **letters(signed, secretariat),
        **workbook(secretariat),
        "past_upload": past_upload(book_of(example_a().rows), by=secretariat).pk,
        "entry": point_step(signed.points.get(), "note", by=secretariat).pk,
        "attachment": Attachment.objects.get(step__isnull=False).pk,
        "mailing": mailing(signed, by=secretariat).pk,
        "chair": chair.pk,
        "failed_mail": mail_letter(state="failed", last_error="Адрес не принят.").pk,
        "archive": an_archive(secretariat),
        "prepared": a_file(kind="execution-pdf", arguments=arguments_of(signed, chair, DAY, None)).key,
        "role_row": had_role(chair, since=dt.date(2020, 1, 1), by=secretariat).pk,
        "term": appointed(board_member(), Office.BOARD, last=None, by=secretariat).pk,
        "union_record": changed(secretariat, phone="111").pk,
        "calendar": User.objects.create_user("feed@example.org", name="К", role="chair").new_calendar_key(),
        "own_official": kostroma_official,
        "other_official": arkhangelsk_official,
    }


def board_member() -> User:
    """Somebody who can be appointed; none of the personas."""
    return User.objects.create_user("board@example.org", name="П.П. Правленцева", role="municipal")


def letters(signed: Resolution, secretariat: User) -> dict[object, object]:
    """Letters on their way, one that is drafted, one that the public may read, and what came."""
    unregistered = draft_appeal(Resolution.objects.get(slug="adopted").points.get())
    unregistered.save()
    government = Correspondent.objects.named(GOVERNMENT)
    registered, sent, released = (
        Letter.objects.create(kind="circular", resolution=signed, addressee="Всем", correspondent=government)
        for _ in "123"
    )
    register(registered, by=secretariat)
    register(sent, by=secretariat)
    step(sent, LetterAction.SEND, by=secretariat, channel=Channel.POST, files=[upload()])
    send(released, by=secretariat)
    return {
        **what_came(sent, secretariat),
        "government": government.pk,
        "registration": sent.steps.get(action="register").pk,
        "sending": sent.steps.get(action="send").pk,
        "unregistered": unregistered.pk,
        "registered": registered.pk,
        "released": released.pk,
        "release": release(released, by=secretariat).pk,
        "sent": sent.pk,
    }


def what_came(sent: Letter, secretariat: User) -> dict[object, object]:
    """An answer that leaves the letter to wait, and another that was written down by mistake."""
    kept, wrong = (answer(sent, by=secretariat, outcome="interim") for _ in "12")
    void_incoming(wrong, reason="Не то письмо.", version=wrong.letter.version, by=secretariat)
    return {
        "incoming": kept.letter.pk,
        "incoming_entry": kept.pk,
        "voided_incoming": wrong.letter.pk,
        "voided_entry": wrong.pk,
    }


def decisions_in_each_state(secretariat: User, chair: User) -> None:
    """Each is found by its state."""
    text = replace(
        blank_text("О деле", dt.date(2024, 6, 27), "г. Архангельск", union=FROM_THE_SOURCE),
        points=(PointText(1, "appeal", "Обратиться в Правительство с предложением помочь."),),
        signatory_name="Н.В. Корягина",
    )
    for slug in ("draft", "adopted", "signed"):
        resolution = Resolution.start(text, by=secretariat, slug=slug)
        if slug != "draft":
            resolution.adopt(version=1, by=secretariat)
        if slug == "signed":
            sign(resolution, version=2, by=chair)


def an_archive(secretariat: User) -> str:
    """The key of an archive that the secretariat asked for."""
    file = prepared_storage().save("archive/asked", File(BytesIO(b"content")))
    return a_file(kind="archive", arguments={"by": secretariat.pk, "nonce": ""}, digest="0" * 64, file=file).key


def internals() -> dict[object, object]:
    """A statement, a result of the index and a contact of Кострома."""
    kostroma = Municipality.objects.get(slug="kostroma")
    IndexScore.objects.create(municipality=kostroma, year=2023, group="large", rank_at_most=10, source="Решение")
    return {
        "statement": statement(kostroma, "unknown").pk,
        "membership": kostroma.memberships.get().pk,
        "representative": kostroma.representatives.get().pk,
        **dated(),
        "contact": Contact.objects.create(municipality=kostroma, name="С.Ю. Суханов", phone="314440").pk,
    }


def dated() -> dict[object, object]:
    """A city that was called otherwise, has a head on record, and came of another one."""
    whole, part = city("Renamed", 11), city("Part", 12)
    day = {"happened_on": dt.date(2025, 7, 1), "actor_name": "Кто-то"}
    of_old = Renaming(new_name="Прежде", new_oktmo=whole.oktmo, happened_on=EARLIEST, basis="Б", actor_name="Кто-то")
    of_old.municipality = whole
    of_old.save()
    row = Renaming.objects.create(municipality=whole, new_name="Renamed", basis="Закон", **day)
    left(part, "2025-07-01")
    Municipality.objects.filter(pk=whole.pk).update(former_names="Прежде")
    return {
        "renaming": row.pk,
        "head_record": HeadRecord.objects.create(municipality=whole, person="И.И. Иванов", **day).pk,
        "succession": Succession.objects.create(successor=whole, predecessor=part, basis="Закон", **day).pk,
    }


def signing(resolution: Resolution, secretariat: User, chair: User) -> dict[object, object]:
    """The papers of a signed decision, a signed letter, and a mailing that waits for the chair."""
    document = IssuedDocument.objects.get()
    signatory = {"signatory_position": "Председатель", "signatory_name": "Н.В. Корягина"}
    letter = Letter.objects.create(
        kind="circular", resolution=resolution, addressee="Всем", body="Прошу.", reply_days=None, **signatory
    )
    ready = mailing(resolution, by=secretariat)
    for one in (letter, *ready.letters.all()):
        register(one, by=secretariat)
    sign_letter(letter, version=letter.version, is_public=False, by=chair)
    return {
        "issued": document.verification_code,
        "scan": by_hand(document, chair).pk,
        "signature": electronic(document, chair).pk,
        "signed_letter": letter.pk,
        "registered_mailing": ready.pk,
    }


def workbook(secretariat: User) -> dict[object, object]:
    """An upload that waits for a decision."""
    batch = start([book(with_cells(exported(), E5=123456))], by=secretariat)
    return {"batch": batch.pk, "batch_file": batch.files.get().pk}


def experience(secretariat: User, arkhangelsk_official: User) -> dict[object, object]:
    """A solution, a practice and a withdrawn one of Кострома; questions of Архангельск and of somebody else."""
    kostroma, arkhangelsk = (Municipality.objects.get(slug=slug) for slug in ("kostroma", "arkhangelsk"))
    shown, withdrawn = practice(kostroma), practice(kostroma, title="Снятая")
    withdrawn.set_published(False, by=secretariat, reason="Устарела.")
    others, third = city("Псков", 58701000), city("Шуя", 24711000)
    asked = PracticeRequest.ask(shown, arkhangelsk, question="Как?", by=arkhangelsk_official)
    between = PracticeRequest.ask(practice(third), others, question="Зачем?", by=secretariat)
    promised = promise(kostroma)
    return {
        "solution": solution(kostroma).pk,
        "mark": mark(shown, others).records.get().pk,
        "practice": shown.pk,
        "commitment": promised.pk,
        "commitment_step": promised.steps.get().pk,
        "promised_by_link": promise(kostroma, by_link=True).pk,
        "withdrawn": withdrawn.pk,
        "question": asked.pk,
        "question_of_others": between.pk,
    }


def information_exchange(secretariat: User) -> dict[object, object]:
    """Open rounds whose form is not opened, is opened, is sent, and one in preparation: all for Кострома alone."""
    kostroma = Municipality.objects.get(slug="kostroma")
    survey, begun, answered = (a_round(kostroma, opened_by=secretariat) for _ in "123")
    link, opened = (link_of(response_of(one, kostroma)) for one in (survey, begun))
    response_of(begun, kostroma).open(by=None)
    say(response_of(answered, kostroma))
    return {
        "open_round": survey.pk,
        "draft_round": a_round(kostroma).pk,
        "answered_round": answered.pk,
        "survey_question": survey_question(survey).pk,
        "survey_token": token_of(link),
        "opened_round": begun.pk,
        "opened_token": token_of(opened),
        "link": link.pk,
    }
