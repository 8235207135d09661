"""What was sent and is refused is given back, label by label."""

from django import forms
from django.http import QueryDict

from revisions.refusing import typed_in


class _Form(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label="Текст")
    note = forms.CharField(label="Примечание")
    side = forms.ChoiceField(label="Сторона", choices=[("chair", "Председатель")])
    counts = forms.MultipleChoiceField(
        label="Что считать", choices=[("a", "Участие"), ("b", "Опыт")], widget=forms.CheckboxSelectMultiple
    )
    is_sure = forms.BooleanField(label="Уверен")
    file = forms.FileField(label="Файл")


def test_texts_and_the_labels_of_what_was_chosen_are_given_back() -> None:
    sent = QueryDict("version=7&text=Сделали&note=&side=chair&counts=a&counts=b&is_sure=on")
    assert typed_in(_Form(sent)) == [
        ("Текст", "Сделали"),
        ("Сторона", "Председатель"),
        ("Что считать", "Участие, Опыт"),
        ("Уверен", "да"),
    ]


def test_a_choice_that_nobody_offers_is_given_back_as_it_came() -> None:
    assert typed_in(_Form(QueryDict("side=king"))) == [("Сторона", "king")]


def test_of_a_form_that_is_only_opened_nothing_is() -> None:
    assert typed_in(_Form()) == []
