"""The transitions of a mark, as a table; and that marks are written once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import AdoptionStatus, Practice, PracticeAdoption, PracticeAdoptionRecord
from municipalities.practices.models.adoption import OWN_PRACTICE, WITHDRAWN
from revisions.append_only import AppendOnlyViolation
from revisions.models import EditConflict
from tests.municipalities.practices.factory import mark

pytestmark = pytest.mark.django_db

# from → what may follow; everything else is refused
TABLE = {
    "": {"studied", "introducing", "introduced"},
    "studied": {"introducing", "introduced", "declined"},
    "introducing": {"introduced", "declined"},
    "introduced": {"introducing", "declined"},
    "declined": {"studied", "introducing"},
}


def bring_to(practice: Practice, municipality: Municipality, status: str) -> None:
    """Walk to a status the way a city would."""
    for step in {"": (), "declined": ("studied", "declined")}.get(status, (status,)):
        mark(practice, municipality, step)


@pytest.mark.parametrize("before", TABLE)
@pytest.mark.parametrize("after", AdoptionStatus.values)
def test_only_what_the_table_allows_may_follow(
    practice: Practice, arkhangelsk: Municipality, before: str, after: str
) -> None:
    bring_to(practice, arkhangelsk, before)
    records = PracticeAdoptionRecord.objects.count()
    if after in TABLE[before]:
        assert mark(practice, arkhangelsk, after).status == after
        assert PracticeAdoptionRecord.objects.count() == records + 1
    else:
        with pytest.raises(ValidationError, match="не может следовать"):
            mark(practice, arkhangelsk, after)
        assert PracticeAdoptionRecord.objects.count() == records


def test_the_method_itself_refuses_the_owner_and_what_was_withdrawn(
    practice: Practice, kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    with pytest.raises(ValidationError, match=OWN_PRACTICE):
        mark(practice, kostroma)
    practice.set_published(False, by=secretariat, reason="Устарела.")
    with pytest.raises(ValidationError, match=WITHDRAWN):
        mark(practice, arkhangelsk)
    assert not PracticeAdoption.objects.exists()


def test_a_first_mark_made_twice_is_a_conflict(practice: Practice, arkhangelsk: Municipality) -> None:
    mark(practice, arkhangelsk)
    with pytest.raises(EditConflict):
        mark(practice, arkhangelsk, "introducing", version=0)


def test_marks_are_never_edited_or_deleted(practice: Practice, arkhangelsk: Municipality) -> None:
    record = mark(practice, arkhangelsk).records.get()
    record.effective_on = dt.date(2024, 1, 1)
    for forbidden in (record.save, record.delete, PracticeAdoptionRecord.objects.all().delete):
        with pytest.raises(AppendOnlyViolation):
            forbidden()
