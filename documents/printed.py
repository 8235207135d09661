"""Forms whose texts stand on a paper: beside each field stands what the paper cannot print of it."""

from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from documents.checklist import not_printable
from documents.fonts import PaperError
from russian.forms import TypedField


def printable(value: str) -> None:
    """Validate that the paper can print a text that nobody can change any more once it was taken, such as a number.

    Args:
        value: what was typed.

    Raises:
        ValidationError: it cannot; the characters are named.
    """
    try:
        told = not_printable(value)
    except PaperError:  # there is no font to ask: whoever prints is told so
        return
    if told:
        raise ValidationError(told, code="unprintable")


class PrintedField(TypedField):
    """A field of such a form; `forms/_field.html` shows its hint."""

    @property
    def paper_hint(self) -> str:
        """Which characters the paper cannot print, in Russian; empty when it can print all. It forbids nothing."""
        text = self.value()
        if not isinstance(text, str) or self.is_hidden or self.name in getattr(self.form, "not_printed", ()):
            return ""
        try:
            return not_printable(text)
        except PaperError:  # there is no font to ask: whoever prints is told so
            return ""

    @property
    def aria_describedby(self) -> str | None:
        """The hint belongs to what describes the field, for those who do not see it."""
        described: str | None = super().aria_describedby
        if described is None or not (self.auto_id and self.paper_hint):
            return described
        return f"{described} {self.auto_id}_paper".strip()


class Printed:
    """What a form inherits whose texts stand on a paper, before the kind of form that it is.

    Attributes:
        not_printed: names of the fields that stand in the portal alone.
    """

    bound_field_class: type[BoundField] | None = PrintedField
    not_printed: frozenset[str] = frozenset()
