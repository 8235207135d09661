"""The database says no to prepared files that make no sense."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.documents.prepared import A_FILE_TO_COME, a_file

pytestmark = pytest.mark.django_db
WRONG: dict[str, dict[str, Any]] = {
    "prepared_state_known": A_FILE_TO_COME | {"state": "lost"},
    "prepared_has_kind": {"kind": ""},
    "prepared_digest_is_hex": {"digest": "no digest"},
    "prepared_has_key": {"key": ""},
    "prepared_done_of_total": {"done": 3, "total": 2},
    "prepared_failed_says_why": {"error": "Почему?"},
    "prepared_ready_has_file": {"file": ""},
    "prepared_lacks_when_ready": A_FILE_TO_COME | {"lacks": "Не составлено: 1 файл."},
}


@pytest.mark.parametrize("name", WRONG)
def test_the_database_refuses_what_makes_no_sense(name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        a_file(**WRONG[name])


def test_the_database_keeps_one_file_for_a_content() -> None:
    a_file()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_file()
