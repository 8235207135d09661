"""The first worked example, loaded: read as it is read when it was typed, but for when it was written down."""

import pytest

from accounts.models import User
from resolutions.models import Resolution
from resolutions.past.loading import load
from tests.resolutions import test_worked_example_a as typed
from tests.resolutions.past.folder import SLUG, example_a

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Loaded(typed.Example):
    """The same example, which nobody typed."""

    def __init__(self, secretariat: User) -> None:
        self.by = secretariat
        load(example_a().rows, by=secretariat, file_name="Папка 2024.xlsx")
        self.resolution = Resolution.objects.get(slug=SLUG)


@pytest.fixture
def told(secretariat: User) -> Loaded:
    return Loaded(secretariat)


class TestLoaded(typed.TestReadAtLast):
    """Every line of the table. All was written down today, so on the days themselves nothing was known."""

    def test_on_3_november(self, told: typed.Example) -> None:
        point = told.read("03.11.2024")
        assert point.result.sentence == "Ещё не назван (по ответам: достигнуто частично)"
        assert typed.states(point) == ["1 Удовлетворена частично", "2 Отказано", "3 Ответ просрочен"]
        assert [ask.is_late for ask in point.asks] == [True, True, True]
        assert told.marked("03.11.2024") == ["7/24"]

    def test_on_3_november_as_known_then(self, told: typed.Example) -> None:
        point = told.read("03.11.2024", "03.11.2024")
        assert (point.state, point.result.sentence, point.asks) == (typed.BEGAN, "Ещё не назван", ())


def test_off_control_nothing_waits(told: Loaded) -> None:
    assert (told.overdue("31.12.2024"), told.tasks("31.03.2026")) == ([], [])
