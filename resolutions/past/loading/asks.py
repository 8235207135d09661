"""What letters ask for: asks that they bear, under the numbers that these had, and asks of others that they carry."""

from collections import defaultdict

from resolutions.kinds import Asks
from resolutions.models import Ask, CarriedAsk, Letter, LetterAction, LetterState, LetterStep
from resolutions.models.asking_letter import NOBODY_ASKED
from resolutions.past.loading.desk import NUMBER_AND_TEXT, Desk, LetterName, Matter, Row
from resolutions.past.loading.held import day_of, name_of
from resolutions.past.rows import PastAsk, PastLetter, PastOutcome, PastRows, Sheet
from russian.templatetags.russian import long_date

ASKS_NOTHING = "Письма этого вида ни о чём не просят."
NOT_RENEWED = "Новую просьбу не повторяют: отметка «заново» – для просьбы более раннего письма."
FIXED = "Письмо уже есть в портале и такой просьбы не несёт: просьбы письма определяет регистрация."
WITHOUT_ASKS = f"На листе «{Sheet.ASKS.value}» нет ни одной просьбы этого письма."
FROM_ONE = "Просьбы нумеруют с единицы."


class LetterAsks:
    """Goes through asks."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._bears: dict[int, list[Ask]] = defaultdict(list)  # by `id` of the letter
        self._sent = {id(one.letter): one for one in desk.new[LetterStep] if one.action == LetterAction.SEND}

    def go_through(self, rows: PastRows) -> None:
        """Go through the sheet, and see that each new letter asks for what letters of its kind have to ask for."""
        borne = [one for one in rows.asks if one.text]
        self.desk.go_through(Sheet.ASKS, borne, self._bear, self._matter)
        named = {_letter_of(one) for one in rows.asks}
        for said in rows.letters:
            name = (said.date.year, said.number)
            letter = self.desk.letters[name]
            if letter and not letter.pk and name not in named:
                self._without(said, name, letter)
        carried = [one for one in rows.asks if not one.text]
        self.desk.go_through(Sheet.ASKS, carried, self._carry, self._matter)
        for letter in self.desk.new[Letter]:
            self._say_what(letter)

    def _matter(self, said: PastAsk) -> Matter | None:
        return self.desk.matters.get(_letter_of(said))

    def _letter(self, row: Row, said: PastAsk) -> Letter | None:
        """The new letter that a row is about; None where the portal holds it, or something is wrong."""
        key = (_letter_of(said), said.number)
        letter = letter_of(row, said)
        if not row.is_first(key, "number", f"Просьба {said.number} письма № {said.letter}"):
            return None
        if letter and letter.pk:
            self._compare(row, said, letter)
            return None
        self.desk.asks[key] = None
        if letter is None:
            return None
        if letter.of_kind.asks is Asks.NOTHING:
            row.refuse("number", ASKS_NOTHING)
        elif letter.correspondent is None:
            row.refuse("letter", NOBODY_ASKED)
        if said.number < 1:
            row.refuse("number", FROM_ONE)
        return letter

    def _compare(self, row: Row, said: PastAsk, letter: Letter) -> None:
        """See whether a letter that the portal holds carries the same ask."""
        ask = self.desk.asks.get((_letter_of(said), said.number))
        if ask is None:
            row.refuse("number", FIXED)
            return
        row.compare("этой просьбы", {"text": (said.text, ask.text)})
        planned = [one.renews for one in letter.carried.all() if one.ask_id == ask.pk]
        if said.renews and not any(planned):
            row.refuse("renews", f"В портале письмо № {letter.number} не повторяет просьбу {ask.number}.")

    def _bear(self, row: Row, said: PastAsk) -> bool:
        """Go through an ask that its letter bears; say whether it is new."""
        letter = self._letter(row, said)
        if letter is None:
            return False
        if said.renews:
            row.refuse("renews", NOT_RENEWED)
        name = _letter_of(said)
        others = self.desk.born[self.desk.matters[name], said.number] if letter.point else []
        if others:
            first = others[0].letter.number
            row.refuse("number", f"Просьба {said.number} по этому пункту уже есть: она из письма № {first}.")
        ask = Ask(letter=letter, number=said.number, text=said.text)
        row.validate(ask, NUMBER_AND_TEXT)
        row.keep(ask)
        if row.is_sound:
            self._borne(letter, ask)
            self.desk.asks[name, said.number] = ask
        return True

    def _borne(self, letter: Letter, ask: Ask) -> None:
        """Let a letter carry what it bears; what an annulled one bears falls, and nobody carries it again."""
        desk = self.desk
        if letter.state != LetterState.ANNULLED:
            desk.born[desk.matters[name_of(letter)], ask.number].append(ask)
        self._bears[id(letter)].append(ask)
        self._carries(letter, ask, renews=False)

    def _carry(self, row: Row, said: PastAsk) -> bool:
        """Go through an ask of an earlier letter; say whether it is new."""
        letter = self._letter(row, said)
        if letter is None:
            return False
        ask = self._earlier(row, said, letter)
        if ask and row.is_sound:
            self._carries(letter, ask, renews=said.renews)
            self.desk.asks[_letter_of(said), said.number] = ask
        return True

    def _earlier(self, row: Row, said: PastAsk, letter: Letter) -> Ask | None:
        """The ask of an earlier letter that a row means; of several, that of the same correspondent."""
        matter = self.desk.matters[_letter_of(said)]
        born = [one for one in self.desk.born[matter, said.number] if day_of(one.letter) <= day_of(letter)]
        same = [one for one in born if one.letter.correspondent == letter.correspondent]
        found = same if len(born) > 1 else born
        if len(found) == 1:
            return found[0]
        if matter in self.desk.doubtful:
            row.is_sound = False
        elif born:
            row.refuse("number", f"Просьб {said.number} несколько: напишите текст, если просьба новая.")
        else:
            missing = f"Просьбы {said.number} в более ранних письмах нет: напишите её текст, если она новая."
            row.refuse("text", missing)
        return None

    def _carries(self, letter: Letter, ask: Ask, *, renews: bool) -> None:
        """Let a letter carry an ask: as it was planned, and with its sending."""
        facts = {"letter": letter, "ask": ask, "renews": renews}
        self.desk.add(CarriedAsk(**facts))
        if sent := self._sent.get(id(letter)):
            self.desk.add(CarriedAsk(step=sent, **facts))
        self.desk.carriers[id(ask)].append(letter)

    def _without(self, said: PastLetter, name: LetterName, letter: Letter) -> None:
        """What a new letter asks of which no row speaks: an answer, where it says until when."""
        kind, desk = letter.of_kind, self.desk
        if kind.asks is Asks.NUMBERED:
            Row(desk, Sheet.LETTERS, said.row).refuse("number", WITHOUT_ASKS)
            desk.doubtful.add(desk.matters[name])
            desk.letters[name] = None
        elif kind.asks is Asks.AN_ANSWER and letter.reply_days:
            matter = desk.matters[name]
            numbers = [number for (whose, number), born in desk.born.items() if whose == matter and born]
            ask = Ask(letter=letter, number=max(numbers, default=0) + 1 if letter.point else 1, text=str(letter))
            desk.add(ask)
            self._borne(letter, ask)
            desk.asks[name, ask.number] = ask

    def _say_what(self, letter: Letter) -> None:
        """Keep with a new letter what its editor would have asked for."""
        if letter.of_kind.asks is Asks.NUMBERED:
            letter.new_asks = "\n".join(one.text for one in self._bears[id(letter)])


def repeated_by(desk: Desk) -> list[tuple[Letter, Letter]]:
    """New letters that bear nothing of their own, each with the one that it repeats: which carried its ask last."""
    found = []
    carried: dict[int, list[Ask]] = defaultdict(list)
    letters = {id(one): one for one in desk.new[Letter]}
    for one in desk.new[CarriedAsk]:
        carried[id(one.letter)].append(one.ask)
    for key, asks in carried.items():
        letter = letters[key]
        others = [one for ask in asks for one in desk.carriers[id(ask)] if one is not letter]
        before = [one for one in others if day_of(one) <= day_of(letter)]
        if before and not any(ask.letter is letter for ask in asks):
            found.append((letter, max(before, key=day_of)))
    return found


def _letter_of(said: PastAsk | PastOutcome) -> LetterName:
    return said.date.year, said.letter


def letter_of(row: Row, said: PastAsk | PastOutcome) -> Letter | None:
    """The letter that a row names by its number and the year of its day."""
    sentence = (
        f"Письма № {said.letter} от {long_date(said.date)} нет ни в портале, ни на листе «{Sheet.LETTERS.value}»."
    )
    return row.find(row.desk.letters, _letter_of(said), "letter", sentence)
