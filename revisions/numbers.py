"""Numbers that come from outside: none is longer than what it is compared with, none too large for a column."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import IntegerField
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In


def whole_number(text: str, *, most: int) -> int | None:
    """A number of a form or an address, read only as far as it can be meant.

    Args:
        text: what was sent; any length.
        most: the largest that makes sense.

    Returns:
        The number from 0 to `most`; None for anything else. Zeros in front do not count.
    """
    digits = text.lstrip("0") or text[:1]
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(most)):
        return None
    return number if (number := int(digits)) <= most else None


# Django says «there is none» of one number that no column holds, and leaves several of them, and keys of other
# records, to the database, which refuses. What follows says it of all.


def _fits(lookup: Any, connection: Any, value: object) -> bool:
    """Whether a column can hold a value at all."""
    field = lookup.lhs.output_field
    target = field.target_field if isinstance(field, ForeignObject) else field
    if not isinstance(value, int) or not isinstance(target, IntegerField):
        return True
    low, high = connection.ops.integer_field_range(target.get_internal_type())
    return bool((low is None or low <= value) and (high is None or value <= high))


class _InRange(In):  # type: ignore[type-arg]  # of values of any kind; Django's class takes no parameter when it runs
    """`__in` without the numbers that no column holds."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Leave out what the database would refuse to look for."""
        if self.rhs_is_direct_value():
            self.rhs = [one for one in self.rhs if _fits(self, connection, one)]
        return super().process_rhs(compiler, connection)


@IntegerField.register_lookup
class NumbersIn(_InRange):
    """The same of whole numbers."""


@ForeignObject.register_lookup
class KeysIn(_InRange, RelatedIn):
    """The same of the keys of other records."""


@ForeignObject.register_lookup
class KeyExact(RelatedExact):
    """The key of another record, which none has that is too large for a column."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Find nothing, without asking."""
        if not _fits(self, connection, self.rhs):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)
