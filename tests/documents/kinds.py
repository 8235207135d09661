"""Every kind of document that the portal prints, as papers."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

from accounts.tasks import Urgency
from documents.engine import Paper
from documents.protocol import CHECKED_FILE, Protocol, SignatureLine
from documents.stamps import Stamp
from sgcszr_portal.handing_over.content import Group, HandingOver, Row, Section
from sgcszr_portal.handing_over.papers import handing_over_paper
from tests.documents.conftest import CREATED, VERIFICATION, decision_paper, letter_paper
from tests.documents.signed import EVIDENCE
from tests.documents.texts import DECISION, LETTER

STAMP = Stamp("03A1B2C3D4E5F607", "Корягина Наталья", dt.date(2024, 1, 1), dt.date(2025, 4, 1))


def summary_paper(*, cities: int = 60) -> Paper:
    """The summary of a round, with its two annexes."""
    lines = [
        SimpleNamespace(name=f"Город {number}", participation="Участвует", basis="Постановление № 5")
        for number in range(cities)
    ]
    question = SimpleNamespace(
        heading="1. Сколько решений внедрено?",
        totals=(("Всего", "120"),),
        answers=tuple((line.name, "2") for line in lines),
    )
    context = {
        "summary": SimpleNamespace(
            total=cities,
            accepted=cities,
            made_at=CREATED,
            participation=[SimpleNamespace(label="Участвует", count=cities)],
            rows=[],
        ),
        "survey": SimpleNamespace(
            title="Обмен", assembly="", assembly_on=dt.date(2024, 6, 27), held_elsewhere=False, note=""
        ),
        "lines": lines,
        "questions": [question],
        "missing": "",
        "period": "с 1 по 3 июня",
    }
    return Paper("documents/survey_summary.html", context, "Сводка", DECISION.union_name, CREATED)


def protocol_paper(signer: str = "Корягина Наталья") -> Paper:
    """A protocol of verification with one signature."""
    line = SignatureLine(
        number=1,
        kind="Электронная подпись",
        verdict="Подпись подтверждена",
        signer=signer,
        facts=(("Сертификат", STAMP.certificate),),
        checked=tuple(EVIDENCE["checked"]),
        not_checked=("отзыв сертификата",),
    )
    protocol = Protocol(
        title="Решение от 27 июня 2024 г.",
        kind="Решение",
        code=VERIFICATION.code,
        url=VERIFICATION.url,
        sha256="0" * 64,
        size=12345,
        issued_at=CREATED,
        state="Действует",
        state_note="",
        made_at=CREATED,
        checked=CHECKED_FILE,
        not_checked=(),
        signatures=(line,),
    )
    return Paper(
        "documents/protocol.html",
        {"protocol": protocol},
        "Протокол",
        DECISION.union_name,
        CREATED,
        data=protocol.as_json().encode(),
    )


def handing_over(*, rows: int = 40) -> Paper:
    """What is open: of the secretariat much, of others by whom it waits for, and nothing of the chair."""
    late = Row("point-1", "Пункт 1 решения", "/points/1/", "Доложите", CREATED.date(), Urgency.OVERDUE)
    shared = Row("letter-1", "Письмо № 1", "/letters/1/", "Отправьте", None, Urgency.NONE, ("Председатель: «Ждёт»",))
    content = HandingOver(
        day=CREATED.date(),
        union=DECISION.union_name,
        portal="https://portal.example.org",
        posts=(("Секретариат", ("С.С. Секретарёва",)), ("Председатель", ())),
        spoken_for=("Кострома: К.К. Костромин",),
        alone=tuple(f"Город {n}" for n in range(25)),
        sections=(
            Section("secretariat", "Секретариат", "Сейчас: С.С. Секретарёва.", (Group("", (late,) * rows),)),
            Section("chair", "Председатель", "Сейчас: в портале никого нет.", ()),
            Section("owed", "Кто должен ответить", "Просьбы.", tuple(Group(f"Город {n}", (shared,)) for n in range(9))),
        ),
    )
    return handing_over_paper(content)


PAPERS: dict[str, Paper] = {
    "draft": decision_paper(is_draft=True),
    "paper for the pen": decision_paper(),
    "issued decision": decision_paper(verification=VERIFICATION),
    "copy": decision_paper(verification=VERIFICATION, stamps=(STAMP, STAMP)),
    "draft of a letter": letter_paper(is_draft=True),
    "issued letter": letter_paper(letter=replace(LETTER, number="1"), verification=VERIFICATION),
    "copy of a letter": letter_paper(verification=VERIFICATION, stamps=(STAMP,)),
    "summary": summary_paper(),
    "protocol": protocol_paper(),
    "handing over": handing_over(),
}  # fmt: skip
