"""The door of all forms."""

import pytest
from allauth.account.forms import LoginForm
from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from documents.printed import PrintedField
from russian.forms import PlainField, TypedField


class Typed(forms.Form):
    """One field of each sort."""

    line = forms.CharField(max_length=11, required=False)
    lines = forms.CharField(widget=forms.Textarea, required=False)
    day = forms.DateField(required=False)
    number = forms.IntegerField(required=False)
    email = forms.EmailField(required=False)
    password = forms.CharField(widget=forms.PasswordInput, strip=False, required=False)
    choice = forms.ChoiceField(choices=[("а\u00a0б", "а б")], required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    ("name", "sent", "meant"),
    [
        ("line", "\ufeffУмный\u2009город\u200b", "Умный город"),
        ("line", "Умный\x0bгород", "Умный город"),
        ("line", "Вини\x1fл\x1eТ\x00", "Винил-Т"),
        ("lines", "Умный\x0bгород\r\nи\x0cсело", "Умный\nгород\nи\nсело"),
        ("day", "\u200e27.06.2024\u202f", "2024-06-27"),
        ("number", "\u200b15\ufeff", "15"),
        ("email", "\u200bivanov@vologda\u2011area.example\u00a0", "ivanov@vologda-area.example"),
        ("password", " па\u200bроль\t", " па\u200bроль\t"),
        ("choice", "а\u00a0б", "а\u00a0б"),
        ("hidden", "раз\r\nдва", "раз\nдва"),
    ],
)
def test_what_is_typed_becomes_plain(name: str, sent: str, meant: str) -> None:
    form = Typed({name: sent})
    assert form.is_valid(), form.errors
    assert str(form.cleaned_data[name]) == meant


def test_a_length_is_that_of_what_is_stored() -> None:
    assert Typed({"line": "и\u0306" * 10 + "\u200b" * 5}).is_valid()
    grows = "\u0958"  # composed, it is two signs
    assert Typed({"line": grows * 5}).is_valid()
    assert not Typed({"line": grows * 6}).is_valid()


def test_so_do_the_names_of_files() -> None:
    class Sent(forms.Form):
        scan = forms.FileField()

    sent = SimpleUploadedFile("Ре\u00adшение\u202efdp\u2009№ 5.pdf", b"x")
    form = Sent({}, MultiValueDict({"scan": [sent]}))
    assert form.is_valid()
    assert form.cleaned_data["scan"].name == "Решениеfdp № 5.pdf"


class TestLettersOfAnotherAlphabet:
    WORD = "Kотлас"

    def test_are_told_and_the_right_word_is_offered(self) -> None:
        form = Typed({"line": self.WORD})
        assert form.errors["line"] == ["В слове «Kотлас» буква «K» – латинская; одним алфавитом: «Котлас»."]
        html = form["line"].as_field_group()
        assert 'name="line-letters" value="right" checked>Исправить: «Котлас»' in html
        assert 'value="kept">Оставить как напечатано' in html

    def test_become_right(self) -> None:
        form = Typed({"line": self.WORD, "line-letters": "right"})
        assert form.is_valid()
        assert form.cleaned_data["line"] == "Котлас"

    def test_stay_where_they_are_meant(self) -> None:
        form = Typed({"line": self.WORD, "line-letters": "kept", "number": "x"})
        assert not form.is_valid()
        assert list(form.errors) == ["number"]
        assert form.cleaned_data["line"] == self.WORD
        assert 'value="kept" checked' in form["line"].as_field_group()  # so does what is sent next

    def test_of_a_row_are_asked_about_in_that_row(self) -> None:
        form = Typed({"row-1-line": self.WORD, "row-1-line-letters": "right"}, prefix="row-1")
        assert form.is_valid()

    def test_of_many_words_are_counted(self) -> None:
        form = Typed({"lines": " ".join(f"{self.WORD}{letter}" for letter in "абвгдж")})
        assert len(form.errors["lines"]) == 4
        assert form.errors["lines"][-1] == "И ещё в этом тексте 3\u00a0таких слова."
        assert "Исправить: «Котласа», «Котласб», «Котласв» и ещё 3" in form["lines"].as_field_group()

    def test_in_a_password_are_nobodys_business(self) -> None:
        assert Typed({"password": self.WORD, "hidden": self.WORD}).is_valid()

    def test_nobody_is_asked_before_anything_is_sent(self) -> None:
        assert "letters" not in Typed(initial={"line": self.WORD})["line"].as_field_group()


def test_every_form_of_the_portal_goes_through_this_door() -> None:
    """No form and no field brings a class of its own that would let things in as they came."""

    def all_of(kind: type) -> set[type]:
        return {kind}.union(*(all_of(one) for one in kind.__subclasses__()))

    assert apps.ready
    own = {one.bound_field_class for kind in (forms.BaseForm, forms.Field) for one in all_of(kind)}  # type: ignore[attr-defined]
    assert own == {None, PlainField, PrintedField}
    form = LoginForm(QueryDict("login=a"))
    assert isinstance(form["login"], TypedField)
