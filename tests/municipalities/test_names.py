"""How the rows of the registry are called."""

import pytest

from accounts.models import User
from municipalities.models import Municipality
from tests.municipalities.factory import statement

pytestmark = pytest.mark.django_db


def test_rows_are_called_as_people_know_them(kostroma: Municipality, kostroma_official: User) -> None:
    assert str(statement(kostroma)) == "Участвует на 27.06.2024"
    assert str(kostroma_official.representations.get()) == "К.К. Костромин: Кострома"
