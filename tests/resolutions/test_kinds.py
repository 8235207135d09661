"""The tables of kinds agree with each other and with what is keyed by them."""

import pytest

from resolutions.correspondence import mailings
from resolutions.execution import fulfilment
from resolutions.kinds import LETTER_KINDS, NEW_POINT, POINT_KINDS, Counter, PointKind, Recipients, about_decisions
from resolutions.models import DecisionPoint, Letter

POINTS = pytest.mark.parametrize("kind", POINT_KINDS.values(), ids=POINT_KINDS)


@POINTS
def test_letters_of_a_point_are_of_a_kind(kind: PointKind) -> None:
    assert kind.letters in ("", *LETTER_KINDS)
    assert bool(kind.drafts_one) + bool(kind.drafts_many) == bool(kind.letters)


@POINTS
def test_what_is_counted_by_letters_has_letters(kind: PointKind) -> None:
    assert kind.letters or not kind.counts_letters


def test_every_counter_counts() -> None:
    assert set(fulfilment._COUNTERS) == set(Counter)


def test_letters_of_one_text_have_a_first_text_recipients_and_a_page() -> None:
    many = set(Recipients) - {Recipients.ONE}
    assert set(mailings._TEXTS) == set(mailings._RECIPIENTS) == many
    assert all(bool(kind.heading) == kind.is_mailed for kind in LETTER_KINDS.values())


def test_only_the_circular_is_about_a_whole_decision() -> None:
    assert [kind.code for kind in about_decisions()] == ["circular"]


def test_fields_offer_what_the_tables_have() -> None:
    for model, table in ((DecisionPoint, POINT_KINDS), (Letter, LETTER_KINDS)):
        offered = dict(model._meta.get_field("kind").flatchoices)
        assert offered == {code: kind.label for code, kind in table.items()}
    assert NEW_POINT in POINT_KINDS
