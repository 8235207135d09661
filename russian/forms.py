"""The door of all forms: what people type and paste becomes plain text, and a letter of another alphabet is told."""

from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from russian.alphabets import MixedWord, in_one_alphabet, mixed_words
from russian.quotes import quoted
from russian.templatetags.russian import counted
from russian.text import paragraphs, plain, tidy

NAMED = 3  # words that are named one by one
_OF_LINES = (forms.Textarea, forms.HiddenInput)
_AS_SENT = (forms.PasswordInput, forms.FileInput)


class PlainField(BoundField):
    """A field of a form with what was typed into it, as plain text; so are the names of files.

    Passwords and choices stay as they came.
    """

    @property
    def data(self) -> Any:
        """What was sent; in a field of one line, a break is a space."""
        sent, widget = super().data, self.field.widget
        for file in sent if isinstance(sent, list) else [sent]:
            if isinstance(file, UploadedFile):
                file.name = tidy(file.name or "")
        if not isinstance(sent, str) or isinstance(self.field, forms.ChoiceField) or isinstance(widget, _AS_SENT):
            return sent
        return plain(sent) if isinstance(widget, _OF_LINES) else plain(sent).replace("\n", " ")

    @property
    def mixed_words(self) -> list[MixedWord]:
        """Words with letters of another alphabet, which are asked about; here nobody asks."""
        return []

    @property
    def right_words(self) -> str:
        """What they should be, as far as they are named: «Котлас», «Псков» и ещё 2."""
        words = self.mixed_words
        more = f" и ещё {len(words) - NAMED}" if len(words) > NAMED else ""
        return ", ".join(quoted(word.right) for word in words[:NAMED]) + more


class Letters(StrEnum):
    """What somebody wants done with letters of another alphabet."""

    RIGHT = "right"
    KEPT = "kept"


class TypedField(PlainField):
    """A field in which texts are typed that others will read and search: words of two alphabets are asked about.

    The answer is sent beside the field (`letters_name`): the right letters, or the letters as they are.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.letters_name = f"{self.html_name}-letters"
        is_typed = isinstance(field, forms.CharField) and not field.widget.is_hidden
        self.is_asked = form.is_bound and is_typed and not isinstance(field.widget, _AS_SENT)
        self.letters = form.data.get(self.letters_name) if self.is_asked else None
        if self.is_asked and self.letters != Letters.KEPT:
            field.validators.append(one_alphabet)  # the form's own copy of the field

    @property
    def data(self) -> Any:
        """What was sent, with the right letters where they were chosen."""
        sent = super().data
        return in_one_alphabet(sent) if self.letters == Letters.RIGHT and isinstance(sent, str) else sent

    @property
    def mixed_words(self) -> list[MixedWord]:
        """The words with letters of another alphabet, where the form was sent with some."""
        return mixed_words(self.data) if self.is_asked and isinstance(self.data, str) else []


class TidyCharField(forms.CharField):
    """One paragraph: line breaks and double spaces become single spaces."""

    def to_python(self, value: Any) -> str:
        """The paragraph as it is stored, which is what validators judge."""
        return tidy(super().to_python(value) or "")


class ParagraphsField(forms.CharField):
    """A text of some lines, each of which is a paragraph."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """The paragraphs as they are stored, one on a line, which is what validators judge."""
        return "\n".join(paragraphs(super().to_python(value) or ""))


def one_alphabet(value: Any) -> None:
    """Validate that no word has letters of another alphabet that look like its own.

    Args:
        value: what was typed.

    Raises:
        ValidationError: some have; the first are named, with the word as it should be.
    """
    mixed = mixed_words(value) if isinstance(value, str) else []
    told = [one.sentence for one in mixed[:NAMED]]
    if len(mixed) > NAMED:
        told.append(f"И ещё в этом тексте {counted(len(mixed) - NAMED, 'такое слово,таких слова,таких слов')}.")
    if told:
        raise ValidationError([ValidationError(sentence, code="letters") for sentence in told])
