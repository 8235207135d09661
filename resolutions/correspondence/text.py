"""The text of a letter as one value: what is printed, and what an issued letter keeps."""

import datetime as dt
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from resolutions.models import Letter

ANNEX_MARK = "Приложение:"


@dataclass(frozen=True)
class LetterText:
    """Everything that stands on the paper.

    Attributes:
        title: how the letter is called in lists and inside the PDF.
        number: outgoing number; empty for a draft.
        addressee: line by line.
        paragraphs: the text, without the note on annexes.
        annexes: what is enclosed, an entry for each: «решение Общего Собрания на 2 л. в 1 экз.»
    """

    title: str
    union_name: str
    number: str
    date: dt.date | None
    addressee: str
    heading: str
    salutation: str
    paragraphs: tuple[str, ...]
    annexes: tuple[str, ...]
    signatory_position: str
    signatory_name: str
    executor: str

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """The text of a letter as it stands now. Paragraphs from «Приложение:» to the end are the annexes."""
        paragraphs = letter.paragraphs
        cut = next((n for n, one in enumerate(paragraphs) if one.startswith(ANNEX_MARK)), len(paragraphs))
        entries = (one.removeprefix(ANNEX_MARK).strip() for one in paragraphs[cut:])
        return cls(
            title=str(letter),
            union_name=letter.union_name,
            number=letter.number,
            date=letter.date,
            addressee=letter.addressee,
            heading=letter.heading,
            salutation=letter.salutation,
            paragraphs=paragraphs[:cut],
            annexes=tuple(entry for entry in entries if entry),
            signatory_position=letter.signatory_position,
            signatory_name=letter.signatory_name,
            executor=letter.executor,
        )

    @property
    def is_draft(self) -> bool:
        """Whether the letter has no outgoing number yet."""
        return not self.number

    def as_json(self) -> dict[str, Any]:
        """The text as plain JSON values; `from_json` reads it back."""
        return asdict(self) | {
            "date": self.date.isoformat() if self.date else None,
            "paragraphs": list(self.paragraphs),
            "annexes": list(self.annexes),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read what `as_json` wrote.

        Args:
            data: the stored object.

        Returns:
            The text.

        Raises:
            KeyError: a part of the text is missing.
        """
        plain = {field.name: data[field.name] for field in fields(cls)}
        return cls(
            **plain
            | {
                "date": dt.date.fromisoformat(data["date"]) if data["date"] else None,
                "paragraphs": tuple(data["paragraphs"]),
                "annexes": tuple(data["annexes"]),
            }
        )
