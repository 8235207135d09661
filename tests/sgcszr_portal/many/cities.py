"""Municipalities with all that is written down about them, and the practices that they tell of."""

import datetime as dt

from accounts.models import OfficeTerm, OutgoingMail, UnionProfileRecord, User
from municipalities.models import (
    HeadRecord,
    Membership,
    Municipality,
    ParticipationRecord,
    Renaming,
    Succession,
    WorkbookImport,
)
from municipalities.models.imports import ImportedFile
from municipalities.practices.models import (
    Commitment,
    Practice,
    PracticeAdoption,
    PracticeAdoptionRecord,
    PracticeRequest,
    PracticeRequestStep,
    Solution,
)
from revisions.days import EARLIEST
from tests.municipalities.factory import city, left, statement
from tests.municipalities.practices.factory import mark, promise, step
from tests.sgcszr_portal.many.copying import Copies, World, serial

DAY = dt.date(2025, 7, 1)


def begin_cities(world: World, secretariat: User) -> None:
    """What Кострома lacks of the things that are going to be many."""
    kostroma = Municipality.objects.get(slug="kostroma")
    world["own_city"] = kostroma.pk
    by = {"happened_on": DAY, "actor_name": "Кто-то"}
    left(kostroma, "2020-01-01")
    gone = kostroma.memberships.get(action="leave")
    Membership.voiding_of(gone, reason="Ошибка.", by=secretariat, municipality=kostroma).save()
    old = {"new_name": "Кострома-град", "new_oktmo": kostroma.oktmo, "basis": "Б", "happened_on": EARLIEST}
    Renaming.objects.create(municipality=kostroma, **by | old)
    Renaming.objects.create(municipality=kostroma, new_name="Кострома", basis="Закон", **by)
    for one in (kostroma, Municipality.objects.get(slug="renamed")):
        HeadRecord.objects.create(municipality=one, person="И.И. Иванов", **by)
    statement(kostroma, "", "2025-02-01", basis="")
    Succession.objects.create(successor=kostroma, predecessor=city("Слобода", 77), basis="Закон", **by)
    told, arkhangelsk = Practice.objects.get(pk=world["practice"]), Municipality.objects.get(slug="arkhangelsk")
    mark(told, arkhangelsk)
    promise(arkhangelsk, told)
    step(Commitment.objects.get(pk=world["commitment"]), "milestone", "2024-09-01")


def more_members(times: int) -> None:
    """Further members of the Union with the records of Кострома."""
    kostroma = Municipality.objects.get(slug="kostroma")
    copied = Copies(times).take([kostroma])
    for model in (Membership, ParticipationRecord, Renaming, HeadRecord):
        copied.take(model.objects.filter(municipality=kostroma).order_by("pk")[:3])
    copied.take(kostroma.index_scores.all()[:2])
    copied.take(kostroma.contacts.all()[:1])
    speaks = kostroma.representatives.order_by("pk")[:1]
    copied.take(User.objects.filter(pk=speaks[0].user_id)).take(speaks)
    copied.take(Practice.objects.filter(municipality=kostroma)[:2])
    copied.take(Solution.objects.filter(municipality=kostroma)[:1])


def more_records(times: int) -> None:
    """Let what is written down about Кострома, and about the renamed city, become more."""
    for one in Municipality.objects.filter(slug__in=("kostroma", "renamed")):
        for model in (Membership, ParticipationRecord, Renaming, HeadRecord):
            Copies(times).take(model.objects.filter(municipality=one).order_by("pk")[:3])
        merged = Succession.objects.filter(successor=one).order_by("pk")[:1]
        Copies(times).take([row.predecessor for row in merged]).take(merged)
    kostroma = Municipality.objects.get(slug="kostroma")
    score = kostroma.index_scores.earliest("pk")
    free = [year for year in range(2018, 2026) if not kostroma.index_scores.filter(year=year).exists()]
    for year in free[: times if times < 5 else None]:
        Copies(1).take([score], year=year)
    Copies(times).take(kostroma.contacts.all()[:1])
    speaks = kostroma.representatives.order_by("pk")[:1]
    Copies(times).take(User.objects.filter(pk=speaks[0].user_id)).take(speaks)
    Copies(times).take(kostroma.solutions.all()[:1])


def more_practices(world: World, times: int) -> None:
    """Practices of Кострома, marks and questions about the one that is visited, and marks that were set before."""
    told = Practice.objects.get(pk=world["practice"])
    copied = Copies(times).take([told])
    adoptions = PracticeAdoption.objects.filter(practice=told).order_by("pk")[:2]
    copied.take(adoptions)
    copied.take(PracticeAdoptionRecord.objects.filter(adoption__in=[one.pk for one in adoptions]).order_by("pk")[:2])
    others = Municipality.objects.listed().exclude(pk=told.municipality_id).exclude(adoptions__practice=told)
    first = adoptions[0]
    for one in others[:times]:
        takers = Copies(1).take([first], municipality_id=one.pk)
        takers.take(first.records.order_by("pk")[:1])
    Copies(times).take(first.records.order_by("pk")[:1])
    for key in ("commitment", "promised_by_link"):
        promised = Commitment.objects.filter(pk=world[key])
        Copies(times).take(promised, measure=lambda: f"Мера {serial()}").take(promised[0].steps.order_by("pk")[:1])
        Copies(times).take(promised[0].steps.filter(action="milestone")[:1])
    first_promise = Commitment.objects.filter(practice=told).order_by("pk")[:1]
    for one in others[:times]:
        makers = Copies(1).take(first_promise, municipality_id=one.pk, maker_id=one.pk)
        makers.take(first_promise[0].steps.order_by("pk")[:1], municipality_id=one.pk)
    mails = OutgoingMail.objects.filter(pk=world["failed_mail"])
    for key in ("question", "question_of_others"):
        asked = PracticeRequest.objects.get(pk=world[key])
        steps = asked.steps.filter(kind="asked")
        Copies(times).take([asked], question=lambda: f"Вопрос {serial()}").take(steps)
        Copies(times).take(mails).take(steps, kind="asked")
        letters = [mail.pk for mail in OutgoingMail.objects.filter(request_step=None).order_by("-pk")[:times]]
        PracticeRequestStep.objects.bulk_create(
            PracticeRequestStep(request=asked, kind="question_letter", detail="К", mail_id=one) for one in letters
        )


def more_of_the_rest(world: World, times: int) -> None:
    """People, mail, uploads, records of the Union."""
    Copies(times).take(User.objects.filter(pk=world["chair"]), role="municipal")
    Copies(times).take(OutgoingMail.objects.filter(pk=world["failed_mail"]))
    Copies(times).take(WorkbookImport.objects.filter(pk=world["batch"])).take(
        ImportedFile.objects.filter(batch=world["batch"])[:1]
    )
    Copies(times).take(OfficeTerm.objects.filter(pk=world["term"]), number=lambda: 100 + serial())
    Copies(times).take(UnionProfileRecord.objects.filter(pk=world["union_record"]), number=lambda: 100 + serial())
