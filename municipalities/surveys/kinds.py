"""The kinds of questions: what the portal knows of each stands in its entry here, and nowhere else.

Nothing else asks for a kind by its name (`tests/test_kinds.py` looks): it asks the entry what it wants to know.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from municipalities.surveys import tallies
from municipalities.surveys.fields import DayField, NumberField, OptionField, WordsField, YesNoField
from municipalities.surveys.words import NOTHING, in_words


@dataclass(frozen=True)
class QuestionKind:
    """What the portal knows of a kind of questions.

    Attributes:
        code: as the database keeps it.
        label: what kind of answer it takes, for the secretariat.
        column: the column of `SurveyAnswer` that keeps the answer.
        answered_in: the field of the form; one of a kind with options takes them.
        tally: how many answers are taken together for the summary.
        width: of its column in the workbook, in characters.
        number_format: of its cells there.
        shown: an answer, or a figure of the tally, as people read it on pages and paper.
        has_options: whether the answer is one of some that the question names.
    """

    code: str
    label: str
    column: str
    answered_in: Callable[..., forms.Field]
    tally: Callable[[Sequence[str], Sequence[Any]], tallies.Tally]
    width: int
    number_format: str = "General"
    shown: Callable[[Any], str] = in_words
    has_options: bool = False

    def said(self, answer: Any) -> str:
        """An answer in words; a dash where nothing was said."""
        return NOTHING if answer is None else self.shown(answer)

    def field(self, label: str, *, required: bool, options: Sequence[str]) -> forms.Field:
        """The form field of a question.

        Args:
            label: the question.
            required: whether it has to be answered.
            options: what it can be answered with, for a kind that has them.
        """
        choice = {"options": options} if self.has_options else {}
        return self.answered_in(label=label, required=required, **choice)


_QUESTION_KINDS: Iterable[QuestionKind] = (
    QuestionKind("choice", "Выбор из вариантов", "text", OptionField, tallies.by_option, width=28, has_options=True),
    QuestionKind("number", "Число", "number", NumberField, tallies.in_figures, width=16, number_format="#,##0.####"),
    QuestionKind("text", "Текст", "text", WordsField, tallies.one_by_one, width=50),
    QuestionKind("date", "Дата", "day", DayField, tallies.in_days, width=14, number_format="DD.MM.YYYY"),
    QuestionKind("yes_no", "Да или нет", "is_yes", YesNoField, tallies.by_yes_and_no, width=12),
)

# By their codes, in the order in which people choose among them.
QUESTION_KINDS: dict[str, QuestionKind] = {kind.code: kind for kind in _QUESTION_KINDS}


def question_kind_choices() -> list[tuple[str, str]]:
    """The kinds of questions for fields and forms."""
    return [(kind.code, kind.label) for kind in QUESTION_KINDS.values()]


def with_options() -> list[QuestionKind]:
    """The kinds whose questions name the possible answers."""
    return [kind for kind in QUESTION_KINDS.values() if kind.has_options]
