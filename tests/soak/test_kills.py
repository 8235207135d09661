"""Kill -9 of web, database and worker in turn, under twenty writers: nothing that was acknowledged is lost."""

from pathlib import Path

import pytest

from tests.soak.programs import managed, worker
from tests.soak.running import Portal
from tests.soak.writers import Crowd, Writer

EACH_TIME = 10  # writes that are acknowledged between two kills


def killed(portal: Portal, writers: list[Writer], times: int, folder: Path) -> None:
    """Kill one after the other."""
    portal.others.append(worker(portal.known, folder))
    programs = [portal.web, portal.database.program, *portal.others]
    for program in programs[1:]:
        program.start()
    with Crowd(writers, portal.port) as crowd:
        for time in range(times):
            crowd.wait_for(EACH_TIME)
            program = programs[time % len(programs)]
            program.kill()
            program.start()
        crowd.wait_for(EACH_TIME)
    assert not crowd.wrong, crowd.wrong[0]
    assert all(one.acknowledged for one in writers)
    portal.end()
    portal.nothing_is_lost(writers)


@pytest.mark.slow
def test_three_kills_lose_nothing(portal: Portal, writers: list[Writer], tmp_path: Path) -> None:
    killed(portal, writers, 3, tmp_path)


@pytest.mark.soak
def test_fifty_kills_lose_nothing(portal: Portal, writers: list[Writer], tmp_path: Path) -> None:
    killed(portal, writers, 50, tmp_path)
    for command in ("check_files", "check_ledgers"):  # as an administrator runs them
        done = managed(portal.known, command)
        assert done.returncode == 0, done.stdout + done.stderr
