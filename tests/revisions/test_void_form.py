"""The form that voids a row of a ledger."""

from revisions.voiding import VoidForm


def test_where_no_right_row_can_be_typed_the_box_is_not_shown_and_a_tick_means_nothing() -> None:
    form = VoidForm({"reason": "Ошибка.", "version": "1", "replaces": "on"}, version=1, can_replace=False)
    assert form.is_valid()
    assert "replaces" not in form.fields
    assert not form.wants_right_row
