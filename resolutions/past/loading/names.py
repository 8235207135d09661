"""Whom rows name: municipalities, bodies of the Union, and bodies outside it."""

import datetime as dt
from collections.abc import Hashable
from functools import cached_property

from municipalities.models import Municipality, Succession
from resolutions.models import Correspondent, Party, PartyKind, UnionBody
from resolutions.models.correspondent import CityNames
from resolutions.models.party import MERGED
from resolutions.past.loading.desk import Row
from russian.templatetags.russian import quoted
from russian.text import search_form

_OF_THE_UNION: dict[str, dict[str, str]] = {
    search_form(str(PartyKind.MEMBERS.label)): {"kind": PartyKind.MEMBERS},
    **{search_form(str(one.label)): {"kind": PartyKind.BODY, "body": one} for one in UnionBody},
}


class Names:
    """All names at once; each kind is read when somebody is named so. Five queries at the most."""

    @cached_property
    def _cities(self) -> CityNames:
        return CityNames()

    @cached_property
    def _correspondents(self) -> dict[str | int, Correspondent]:
        """By the name under which a body is found, or by the key of a municipality."""
        found = Correspondent.objects.select_related("municipality")
        return {one.municipality_id or one.search_name: one for one in found}

    @cached_property
    def _parties(self) -> dict[Hashable, Party]:
        found = Party.objects.select_related("municipality", "user")
        return {tuple(one.identity.items()): one for one in found}

    @cached_property
    def _merged(self) -> dict[int, dt.date]:
        """By the keys of municipalities the days on which they became part of another."""
        rows = Succession.objects.in_force().order_by("happened_on")
        return {one.predecessor_id: one.happened_on for one in rows}

    def _cities_of(self, row: Row, field: str, name: str) -> list[Municipality]:
        """The municipalities of a name: as a rule one, or none where it is a body; several are a fault."""
        called = self._cities.called(name)
        if len(called) > 1:
            several = ", ".join(quoted(f"{one.name} ({one.region})") for one in called)
            row.refuse(field, f"Так называются несколько муниципальных образований: {several}. Укажите с регионом.")
        return called

    def cities_called(self, name: str) -> list[Municipality]:
        """The municipalities that people call so."""
        return self._cities.called(name)

    def municipality(self, row: Row, field: str, name: str) -> Municipality | None:
        """A municipality that has to be in the portal.

        Args:
            row: that names it.
            field: of the cell.
            name: any that it had, with its region where several share it.

        Returns:
            None with a fault where there is none, or several.
        """
        called = self._cities_of(row, field, name)
        if not called:
            row.refuse(field, f"Муниципального образования {quoted(name)} в портале нет.")
        return called[0] if len(called) == 1 else None

    def correspondent(self, row: Row, field: str, name: str) -> Correspondent | None:
        """A municipality or a body, which is not stored where nobody wrote to it before. Arguments as above.

        Returns:
            None with a fault where several are called so.
        """
        called = self._cities_of(row, field, name)
        if len(called) > 1:
            return None
        key = called[0].pk if called else search_form(name)
        if key not in self._correspondents:
            new = Correspondent(municipality=called[0]) if called else Correspondent(name=name, search_name=key)
            self._correspondents[key] = new
        found = self._correspondents[key]
        if not found.pk:  # each row that names it is wrong when it cannot be stored
            row.validate(found, {"name": field, "search_name": field})
        return found

    def party(self, row: Row, field: str, name: str, day: dt.date) -> Party | None:
        """Who answers for a point, or controls it; not stored where nobody named it before. Arguments as above.

        Args:
            day: on which it is named: a municipality that is part of another by then is not.

        Returns:
            None where nobody is named, and with a fault where several are called so.
        """
        meant = self._meant(row, field, name, day) if name else None
        if meant is None:
            return None
        row.validate(meant, {"name": field, "search_name": field})
        return self._parties.setdefault(tuple(meant.identity.items()), meant)

    def _meant(self, row: Row, field: str, name: str, day: dt.date) -> Party | None:
        if said := _OF_THE_UNION.get(search_form(name)):
            return Party(**said)
        called = self._cities_of(row, field, name)
        if not called:
            return Party(kind=PartyKind.OUTSIDE, name=name, search_name=search_form(name))
        if len(called) > 1:
            return None
        if self._merged.get(called[0].pk, dt.date.max) <= day:
            row.refuse(field, MERGED)
        return Party(kind=PartyKind.MUNICIPALITY, municipality=called[0])
