"""What stands where in a workbook of the past: the one table that template, export, reading and errors come from.

A new column is an entry here and a field of the row's value in `rows`.
"""

from collections.abc import Mapping
from dataclasses import fields

from municipalities.practices.models import Commitment, CommitmentStep
from municipalities.values import Paragraphs, Text
from resolutions.kinds import LETTER_KINDS, POINT_KINDS
from resolutions.models import (
    Ask,
    AskOutcome,
    Channel,
    Correspondent,
    DecisionPoint,
    IncomingEntry,
    IncomingLetter,
    Letter,
    Party,
    ProgressEntry,
    Resolution,
)
from resolutions.models.paragraph import PreambleParagraph, SubPoint
from resolutions.models.results import NAMED
from resolutions.past import rows
from resolutions.past.columns import PastColumn, PastSheet
from resolutions.past.rows import STEPS_OF_THE_PAST, PastRows, Sheet
from resolutions.past.values import Chosen, DayCount, Deadline, DecisionName, Lines, Mark, Ordinal, OwnNumber, PastDay


def _decision(*, needed: bool = True) -> PastColumn:
    asks = "Как на листе «Решения»"
    return PastColumn("decision", "Обозначение решения", DecisionName(), 16, asks, needed)


def _point(field: str = "point", *, needed: bool = True) -> PastColumn:
    return PastColumn(field, "Пункт", Ordinal(), 9, "Номер в решении", needed)


def _day(field: str, heading: str, asks: str = "", *, needed: bool = False) -> PastColumn:
    return PastColumn(field, heading, PastDay(), 15, asks, needed)


def _until(field: str, heading: str, asks: str = "", *, needed: bool = False) -> PastColumn:
    return PastColumn(field, heading, Deadline(), 15, asks, needed)


def _body(field: str, heading: str, asks: str = "", *, needed: bool = False) -> PastColumn:
    return PastColumn(field, heading, Text(), 30, asks, needed, (Correspondent, "name"))


def _party(field: str, heading: str, asks: str) -> PastColumn:
    return PastColumn(field, heading, Text(), 24, asks, kept=(Party, "name"))


def _letter(asks: str) -> tuple[PastColumn, PastColumn]:
    number = PastColumn("letter", "Исходящий номер", OwnNumber(), 16, asks, True, (Letter, "number"))
    return number, _day("date", "Дата письма", needed=True)


def _signatory(asks: str) -> tuple[PastColumn, PastColumn]:
    return (
        PastColumn(
            "signatory_position", "Должность подписавшего", Text(), 26, asks, kept=(Letter, "signatory_position")
        ),
        PastColumn("signatory_name", "Подписал", Text(), 20, asks, kept=(Letter, "signatory_name")),
    )


_ASK = PastColumn("number", "Номер просьбы", Ordinal(), 11, "Среди просьб этого пункта", True)

SHEETS: Mapping[Sheet, PastSheet] = {
    Sheet.DECISIONS: PastSheet(
        rows.PastDecision,
        "Принятые решения, по одному в строке.",
        (
            PastColumn(
                "decision",
                "Обозначение решения",
                DecisionName(),
                16,
                "Ваше короткое имя: «Р-2019/1»",
                True,
            ),
            _day("adopted_on", "Дата решения", "День, когда оно принято", needed=True),
            PastColumn(
                "number", "Регистрационный номер", OwnNumber(), 17, "Без знака «№»", kept=(Resolution, "number")
            ),
            PastColumn("title", "Заголовок", Text(), 44, "«О …», «Об …»", True, (Resolution, "title")),
            PastColumn("place", "Место", Text(), 20, "Где заседали", kept=(Resolution, "place")),
            PastColumn("body", "Орган", Text(), 20, "Пусто – Общее Собрание", kept=(Resolution, "body_name")),
            PastColumn("hearing", "Вводная фраза", Text(), 34, "«Заслушав …»", kept=(Resolution, "hearing")),
            PastColumn(
                "preamble",
                "Констатирующая часть",
                Lines(),
                54,
                "Каждый абзац с новой строки (Alt+Enter)",
                kept=(PreambleParagraph, "text"),
            ),
            PastColumn(
                "signatory_position",
                "Должность подписавшего",
                Text(),
                26,
                "Пусто – председатель Союза",
                kept=(Resolution, "signatory_position"),
            ),
            PastColumn("signatory_name", "Подписал", Text(), 20, "И.О. Фамилия", True, (Resolution, "signatory_name")),
        ),
        once=("decision",),
        already="Решение с таким обозначением (прописные буквы и знаки препинания его не меняют)",
    ),
    Sheet.POINTS: PastSheet(
        rows.PastPoint,
        "Пункты решений: все, по порядку, с подпунктами.",
        (
            _decision(),
            _point("number"),
            PastColumn(
                "kind",
                "Вид пункта",
                Chosen({one.code: one.label for one in POINT_KINDS.values()}),
                17,
                "Из списка",
                True,
            ),
            PastColumn("text", "Текст пункта", Text(), 76, "Без номера", True, (DecisionPoint, "text")),
            PastColumn(
                "subpoints",
                "Подпункты",
                Lines(),
                60,
                "Каждый с новой строки (Alt+Enter), без номеров",
                kept=(SubPoint, "text"),
            ),
        ),
        names="Строка называет своё решение.",
        once=("decision", "number"),
        already="Такой пункт",
    ),
    Sheet.LETTERS: PastSheet(
        rows.PastLetter,
        "Исходящие письма по решениям под теми номерами, которые у них были.",
        (
            PastColumn("number", "Исходящий номер", OwnNumber(), 16, "Каким был, без «№»", True, (Letter, "number")),
            _day("date", "Дата письма", needed=True),
            PastColumn(
                "kind",
                "Вид письма",
                Chosen({one.code: one.label for one in LETTER_KINDS.values()}),
                16,
                "Из списка",
                True,
            ),
            _decision(),
            _point(needed=False),
            _body("correspondent", "Корреспондент", "Орган или муниципальное образование, которому писали"),
            PastColumn(
                "addressee",
                "Адресат на письме",
                Paragraphs(),
                32,
                "Как на бумаге; пусто – корреспондент",
                kept=(Letter, "addressee"),
            ),
            PastColumn("heading", "Заголовок письма", Text(), 30, "«О …», «Об …»", kept=(Letter, "heading")),
            PastColumn("salutation", "Обращение к адресату", Text(), 26, "«Уважаемый …!»", kept=(Letter, "salutation")),
            PastColumn("body", "Текст письма", Paragraphs(), 54, "Можно не приводить", kept=(Letter, "body")),
            *_signatory("Пусто – как у решения"),
            PastColumn("executor", "Исполнитель", Text(), 20, "Имя и телефон", kept=(Letter, "executor")),
            PastColumn(
                "reply_days", "Ждали ответа, дней", DayCount(), 11, "Пусто – без срока", kept=(Letter, "reply_days")
            ),
            _day("sent_on", "Отправлено"),
            PastColumn("channel", "Способ отправки", Chosen({one: one.label for one in Channel}), 28, "Из списка"),
            _day("delivered_on", "Вручено"),
            _day("annulled_on", "Аннулировано", "Если не отправляли"),
        ),
        names="Строка называет решение и, если письмо о нём, пункт.",
        once=("date", "number"),
        already="Письмо с таким номером в том же году",
    ),
    Sheet.ASKS: PastSheet(
        rows.PastAsk,
        "О чём просили письма: просьба с текстом – новая, без текста – из прежнего письма по тому же пункту.",
        (
            *_letter("Письма, которое несёт просьбу"),
            _ASK,
            PastColumn("text", "О чём просили", Text(), 80, "Пусто – просьба прежнего письма", kept=(Ask, "text")),
            PastColumn("renews", "Заново", Mark(), 14, "«да», если ответ на неё уже был"),
        ),
        names="Строка называет письмо его номером и датой.",
        once=("letter", "date", "number"),
        already="Эта просьба этого письма",
    ),
    Sheet.INCOMING: PastSheet(
        rows.PastIncoming,
        "Входящие письма под теми номерами, которые у них были.",
        (
            PastColumn("number", "Входящий номер", OwnNumber(), 16, "Каким был", True, (IncomingLetter, "number")),
            _day("received_on", "Поступило", needed=True),
            _body("correspondent", "От кого", "Орган или муниципальное образование", needed=True),
            PastColumn(
                "their_number",
                "Исходящий номер отправителя",
                OwnNumber(),
                18,
                "Без «№»",
                kept=(IncomingEntry, "their_number"),
            ),
            _day("their_date", "Дата письма отправителя"),
            PastColumn("text", "Содержание", Paragraphs(), 70, "Коротко, своими словами", kept=(IncomingEntry, "text")),
        ),
        once=("received_on", "number"),
        already="Входящее с таким номером в том же году",
    ),
    Sheet.OUTCOMES: PastSheet(
        rows.PastOutcome,
        "Что входящие письма сказали о просьбах: одна просьба – одна строка.",
        (
            PastColumn(
                "incoming", "Входящий номер", OwnNumber(), 16, "Письма с ответом", True, (IncomingLetter, "number")
            ),
            _day("received_on", "Поступило", needed=True),
            *_letter("Письма, которое несло просьбу"),
            _ASK,
            PastColumn("outcome", "Исход", Chosen({one: one.label for one in AskOutcome}), 28, "Из списка", True),
            _until("until", "Ждать до", "Для промежуточного ответа и перенаправления"),
            _body("forwarded_to", "Кому перенаправлена", "Только для перенаправления"),
        ),
        names="Строка называет входящее, письмо с просьбой и номер просьбы.",
        once=("received_on", "incoming", "date", "letter", "number"),
        already="Исход этой просьбы по этому входящему",
    ),
    Sheet.STEPS: PastSheet(
        rows.PastStep,
        "Что делалось по пунктам и чем кончилось; шаги одного дня – в том порядке, в каком они были.",
        (
            _decision(),
            _point(),
            _day("happened_on", "Дата шага", needed=True),
            PastColumn("action", "Шаг", Chosen({one: one.label for one in STEPS_OF_THE_PAST}), 25, "Из списка", True),
            PastColumn("text", "Что сделано", Paragraphs(), 54, "Или почему", kept=(ProgressEntry, "text")),
            _party("responsible", "Ответственный", "Для поручения; пусто – прежний"),
            _party("controller", "Контролирует", "Для поручения; пусто – прежний"),
            _until("due_on", "Срок", "Для поручения и нового срока"),
            PastColumn(
                "result",
                "Результат",
                Chosen({one: one.label for one in NAMED}),
                24,
                "Для доклада, снятия с контроля и названного результата",
            ),
            PastColumn(
                "result_reason",
                "Почему такой результат",
                Paragraphs(),
                34,
                "Если ответы говорят иное",
                kept=(ProgressEntry, "result_reason"),
            ),
            _until("asked_due_on", "Запрошенный срок", "Для просьбы о другом сроке"),
            PastColumn("obstacles", "Что мешает", Paragraphs(), 30, "Для доклада", kept=(ProgressEntry, "obstacles")),
            PastColumn(
                "next_step", "Следующий шаг", Paragraphs(), 30, "Для доклада", kept=(ProgressEntry, "next_step")
            ),
        ),
        names="Строка называет решение и пункт.",
    ),
    Sheet.PROMISES: PastSheet(
        rows.PastPromise,
        "Что обещали члены Союза и что из этого вышло.",
        (
            _decision(needed=False),
            _point(needed=False),
            PastColumn("municipality", "Муниципальное образование", Text(), 30, "Любое из его названий", True),
            PastColumn("what", "Мероприятие", Text(), 50, "Что обещано", True, (Commitment, "measure")),
            _day("made_on", "Взято", needed=True),
            _until("due_on", "Срок", needed=True),
            PastColumn("who", "Кто отвечает", Text(), 30, "Должность, И.О. Фамилия", True, (CommitmentStep, "who")),
            _day("kept_on", "Исполнено"),
            _day("dropped_on", "Снято", "Если обещание снято"),
            PastColumn("reason", "Почему снято", Paragraphs(), 34, kept=(CommitmentStep, "text")),
        ),
        names="Решение и пункт называют, только если обязательство о них.",
    ),
}

# Where the rows of each sheet are in a whole workbook.
FIELDS: Mapping[Sheet, str] = {sheet: one.name for sheet, one in zip(Sheet, fields(PastRows), strict=True)}
