"""The forms of what members report on a point that is addressed to all."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from municipalities.access import representation_refusal
from resolutions.acting import Actor
from resolutions.forms.fields import FilesField, date_input, paragraphs_field
from resolutions.models import MemberReport, MemberReportRow, NewMemberReport
from russian.forms import ParagraphsField, TidyCharField

GROUND_HELP = "Докладывает муниципальное образование; секретариат вносит доклад за него: «письмо от 12.03.2025 № 7»"


def long_text(label: str, help_text: str = "") -> ParagraphsField:
    """A text that has to be there."""
    widget = forms.Textarea({"rows": 4})
    return ParagraphsField(label=label, max_length=5000, widget=widget, help_text=help_text)


class MemberReportForm(forms.Form):
    """What a member did, what came of it, what is in the way, and what comes next.

    Args:
        data, files, prefix: as of every form.
        report: of the member on the point.
        actor: who reports, if anybody has logged in.
        for_member: whether the secretariat writes it down for the member, on some ground.
        by_link: whether it comes by a personal link: then without files.
        wrong: the row that the form is to correct; it opens with what that says.
    """

    text = long_text("Что сделано")
    result = paragraphs_field("Что получилось", "Можно оставить пустым")
    obstacles = paragraphs_field("Что мешает", "Можно оставить пустым")
    next_step = paragraphs_field("Следующий шаг", "Можно оставить пустым")
    happened_on = forms.DateField(label="По состоянию на", widget=date_input())
    respondent = TidyCharField(label="Кто докладывает", max_length=100, help_text="Фамилия, инициалы и должность")
    behalf_ground = TidyCharField(label="На каком основании", max_length=250, help_text=GROUND_HELP)
    attachments = FilesField()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        report: MemberReport,
        actor: Actor | None = None,
        for_member: bool = False,
        by_link: bool = False,
        wrong: MemberReportRow | None = None,
        prefix: str | None = None,
    ) -> None:
        self.report, self.by_link, self.actor = report, by_link, actor
        first: dict[str, Any] = {"happened_on": timezone.localdate(), "version": report.version}
        if wrong:
            names = ("text", "result", "obstacles", "next_step", "happened_on", "behalf_ground")
            first |= {name: getattr(wrong, name) for name in names}
        super().__init__(data, files, prefix=prefix, initial=first)
        asked = {"respondent": by_link, "behalf_ground": for_member, "attachments": not by_link}
        for name in [one for one, is_asked in asked.items() if not is_asked]:
            del self.fields[name]

    def clean_happened_on(self) -> dt.date:
        """A day on which whoever reports for their own municipality represented it."""
        day: dt.date = self.cleaned_data["happened_on"]
        town = self.report.municipality
        if self.actor and (refusal := representation_refusal(self.actor.user, town, day)):
            raise ValidationError(refusal)
        return day

    def new(self) -> NewMemberReport:
        """What `MemberReport.report` takes, of a valid form."""
        data = self.cleaned_data
        ground = data.get("behalf_ground", "")
        return NewMemberReport(
            data["happened_on"],
            data["text"],
            data["result"],
            data["obstacles"],
            data["next_step"],
            files=data.get("attachments", ()),
            by_link=self.by_link,
            on_behalf_of=self.report.municipality.name if ground else "",
            behalf_ground=ground,
        )


class ReturnForm(forms.Form):
    """Why a report is returned, and when."""

    text = long_text("Что доработать", "Увидят представители муниципального образования и сотрудники Союза")
    happened_on = forms.DateField(label="Когда", widget=date_input(), initial=timezone.localdate)
    version = forms.IntegerField(widget=forms.HiddenInput)
