"""The demonstration shows a member that nobody asked, and a city that left; both say that they are made up."""

import pytest
from django.test import Client

from municipalities.demo import DEMO_BASIS, seed_demo_membership
from municipalities.models import Membership, Municipality
from municipalities.seed import seed_municipalities

pytestmark = pytest.mark.django_db


def test_who_joined_and_who_left_is_marked_as_made_up() -> None:
    seed_municipalities()
    seed_demo_membership()
    example = Municipality.objects.get(oktmo="00000001")
    assert (example.name, example.belonging_on().is_member) == ("Примерск (демонстрационный)", True)
    left = Municipality.objects.get(name="Великие Луки")
    assert not left.belonging_on().is_member
    told = Client().get(left.get_absolute_url()).content.decode()
    assert "Демонстрационные данные: на самом деле выхода из Союза не было" in told
    made_up = Membership.objects.filter(basis__startswith=DEMO_BASIS)
    assert (made_up.count(), Municipality.objects.members().count()) == (2, 20)
    seed_demo_membership()
    assert (made_up.count(), Municipality.objects.count()) == (2, 21)
