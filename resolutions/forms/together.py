"""A step of a point and those that follow it at once: each has its form, and all are written as one."""

import datetime as dt
from typing import Any

from django import forms

from resolutions import access
from resolutions.forms.fields import day_of
from resolutions.forms.points import PointStepForm
from resolutions.models import POINT_STEPS, NewEntry, PointAction, PointResult, ProgressEntry, StepRefused
from resolutions.models.control import FOLLOWED_BY
from resolutions.models.progress import ProgressQuerySet
from revisions.forms import unjudged

BEFORE_THE_FIRST = "Этот шаг следует за предыдущим: его день не может быть раньше."


class FollowUpForm(PointStepForm):
    """A step that follows another one at once.

    Args:
        first: the form of the step before.
        action: what follows.
        data, files, prefix: as of every form.
    """

    def __init__(
        self, first: PointStepForm, action: PointAction, data: Any = None, files: Any = None, prefix: str | None = None
    ) -> None:
        self.first = first
        super().__init__(first.point, action, data, files, actor=first.actor, prefix=prefix)

    def _asked(self) -> set[str]:
        return super()._asked() - {"version"}  # the page carries it once

    @property
    def proposed(self) -> PointResult | None:
        """What the answers propose today: not asked twice."""
        return self.first.proposed

    @property
    def rows(self) -> list[ProgressEntry]:
        """All entries of the point: not asked twice."""
        return self.first.rows

    def _neighbours(self) -> ProgressQuerySet:
        """Those of other days: on the same day it stands beside the step that it follows."""
        day = day_of(self.first)
        return super()._neighbours().exclude(happened_on=day) if day else super()._neighbours()

    def _needs_reason(self, day: dt.date) -> bool:
        """Whoever accepts a result that was named a moment ago accepts its reason."""
        first, own = self.first.named, self.named
        is_accepted = first is not None and own is not None and first.result == own.result and bool(first.reason)
        return not is_accepted and super()._needs_reason(day)

    def clean_happened_on(self) -> dt.date:
        """Not before the step that it follows."""
        day: dt.date = self.cleaned_data["happened_on"]
        first = day_of(self.first)
        if first and day < first:
            raise forms.ValidationError(BEFORE_THE_FIRST)
        return day


class ThenForm(forms.Form):
    """Which step follows, if any."""

    then = forms.ChoiceField(label="И сразу за ним", required=False, widget=forms.RadioSelect)

    def __init__(self, offered: list[PointAction], data: Any = None, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        named = [(one.value, POINT_STEPS[one].label) for one in offered]
        self.fields["then"].choices = [("", "Ничего"), *named]  # type: ignore[attr-defined]
        self.fields["then"].help_text = (
            "Если следующий шаг тоже уже сделан, внесите его здесь же: порознь прошедшие шаги могут оказаться "
            "невозможны, вместе портал проверяет и сохраняет их как одно целое"
        )


class StepsTogether:
    """The form of a step, and those of the steps that may follow it at once: none of them is wanted, or one.

    Args:
        form: of the step.
        data, files: what was sent; None when the page is opened.
        is_wanted: whether the step is; what belongs to one that is not is kept, and not judged.

    Attributes:
        form: of the step.
        then: asks which step follows; None where none can.
        followers: what may follow, each with what may follow that. Whoever may not take a step is not offered it.
        chosen: the one that was chosen.
    """

    def __init__(self, form: PointStepForm, data: Any = None, files: Any = None, *, is_wanted: bool = True) -> None:
        self.form = form
        self.chosen: StepsTogether | None = None
        self.then: ThenForm | None = None
        self.followers: list[StepsTogether] = []
        named = data.get(_name(form.prefix, "then"), "") if data is not None else ""
        offered = [one for one in FOLLOWED_BY.get(form.action, ()) if one == named or self._refusal(one) is None]
        if not offered:
            return
        self.then = ThenForm(offered, data, form.prefix) if is_wanted else _unjudged_then(offered, data, form.prefix)
        for action in offered:
            follower = self._follower(action, data, files, is_wanted=is_wanted and action == named)
            self.followers.append(follower)
            if is_wanted and action == named:
                self.chosen = follower

    def _refusal(self, action: PointAction) -> str | None:
        return access.point_entry_refusal(self.form.actor, self.form.point, action)

    def _follower(self, action: PointAction, data: Any, files: Any, *, is_wanted: bool) -> "StepsTogether":
        prefix = _name(self.form.prefix, action.value)

        def make(said: Any, sent: Any) -> FollowUpForm:
            return FollowUpForm(self.form, action, said, sent, prefix)

        form = make(data, files) if is_wanted else unjudged(make, data, files)
        return StepsTogether(form, data, files, is_wanted=is_wanted)

    @property
    def chain(self) -> list[PointStepForm]:
        """The forms of the steps that are wanted, in their order."""
        return [self.form, *(self.chosen.chain if self.chosen else [])]

    def is_valid(self) -> bool:
        """Whether all that is wanted is; everything is judged, so that all errors are shown at once."""
        valid = [self.form.is_valid(), self.then is None or self.then.is_valid()]
        if self.then and self.chosen:
            if refusal := self._refusal(self.chosen.form.action):
                self.then.add_error("then", refusal)
                valid.append(False)
            valid.append(self.chosen.is_valid())
        return all(valid)

    def refuse(self, refusal: StepRefused) -> None:
        """Say why the steps are not possible, beside the step that this is about."""
        if refusal.place is None:
            self.form.add_error(None, str(refusal))
        else:
            self.chain[refusal.place].refuse(refusal)

    def typed(self) -> list[tuple[str, str]]:
        """What somebody wrote of the steps that are wanted, label by label, for whoever is to copy it."""
        return [said for form in self.chain for said in form.typed()]

    def new_entries(self) -> list[NewEntry]:
        """What `DecisionPoint.take_steps` takes, of valid forms."""
        return [form.new_entry() for form in self.chain]


def _name(prefix: str | None, name: str) -> str:
    return f"{prefix}-{name}" if prefix else name


def _unjudged_then(offered: list[PointAction], data: Any, prefix: str | None) -> ThenForm:
    return unjudged(lambda said, _: ThenForm(offered, said, prefix), data, None)
