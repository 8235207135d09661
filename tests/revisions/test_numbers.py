"""Text that becomes a number, and numbers that no column holds."""

import pytest

from accounts.models import User
from municipalities.models import Municipality, Representative
from revisions.numbers import whole_number

HUGE = (2**63, 10**30, -(2**63) - 1)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("200", 200), ("0007", 7), ("0" * 5000, 0)])
def test_a_number_that_is_meant_is_read(text: str, number: int) -> None:
    assert whole_number(text, most=200) == number


@pytest.mark.parametrize("text", ["", "201", "-1", "+1", " 1", "1.0", "²", "٣", "9" * 4301, "1_0", "x", "\x00"])
def test_anything_else_is_none(text: str) -> None:
    assert whole_number(text, most=200) is None


@pytest.mark.parametrize("number", HUGE)
def test_what_no_column_holds_is_not_there(kostroma_official: User, number: int) -> None:
    kept = Municipality.objects.get()
    assert list(Municipality.objects.filter(pk__in=[number, kept.pk])) == [kept]
    assert not Municipality.objects.filter(pk__in=[number]).exists()
    assert list(Representative.objects.filter(municipality__in=[number, kept.pk])) == [kept.representatives.get()]
    assert not Representative.objects.filter(municipality=number).exists()
    assert list(Representative.objects.exclude(municipality_id=number)) == [kept.representatives.get()]
    assert not Representative.objects.filter(municipality__pk=number).exists()


def test_keys_are_looked_for_as_ever(kostroma_official: User) -> None:
    asked = Municipality.objects.all()
    assert Representative.objects.filter(municipality__in=asked).count() == 1
    assert Representative.objects.filter(municipality=asked.get()).count() == 1
    assert Representative.objects.filter(municipality__in=asked.values("pk"), user__in=[kostroma_official]).count() == 1
