"""What is left out of the measuring of coverage, and that it goes on after it."""

import sys

import pytest
from coverage import Coverage

from tests.unmeasured import unmeasured


class Measuring:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def stop(self) -> None:
        self.told.append("stop")

    def start(self) -> None:
        self.told.append("start")


def measured_by(monkeypatch: pytest.MonkeyPatch, measuring: Measuring | None) -> None:
    monkeypatch.setattr(Coverage, "current", staticmethod(lambda: measuring))


def test_measuring_goes_on_after_it_whatever_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    measuring = Measuring()
    measured_by(monkeypatch, measuring)
    with unmeasured():
        assert measuring.told == ["stop"]
    with pytest.raises(ValueError, match="broken"), unmeasured():
        raise ValueError("broken")
    assert measuring.told == ["stop", "start", "stop", "start"]


def test_nothing_happens_where_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    measured_by(monkeypatch, None)
    reached = []
    with unmeasured():
        reached.append("within")
    assert reached == ["within"]


def test_no_line_within_is_traced_and_those_after_it_are_as_before() -> None:
    is_traced = sys.gettrace() is not None
    with unmeasured():
        assert sys.gettrace() is None
    assert (sys.gettrace() is not None) == is_traced
