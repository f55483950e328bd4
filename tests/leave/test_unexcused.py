"""Absences that nobody excused: what the ledger says is late, each leave once, in the year in which it began."""

import pytest
from tests.leave.scene import AT, Scene

from secondment.leave.services import excuse, undo_return
from secondment.leave.unexcused import LATE_LINES, unexcused_absences
from secondment.placements.models import Placement


def n_in(scene: Scene, year: int) -> int:
    alone = unexcused_absences(Placement.objects.get(pk=scene.placement.pk), year)
    [among] = Placement.objects.filter(pk=scene.placement.pk).prefetch_related(LATE_LINES)
    assert unexcused_absences(among, year) == alone
    return alone


def test_only_late_returns_count(scene: Scene) -> None:
    assert n_in(scene, 2026) == 0
    scene.back(scene.granted("2026-11-03", "2026-11-05"), "2026-11-06")
    assert n_in(scene, 2026) == 0
    scene.back(scene.granted("2026-11-09", "2026-11-10"), "2026-11-11pm")
    assert n_in(scene, 2026) == 1
    scene.back(scene.granted("2026-11-16", "2026-11-17"), "2026-11-20")
    assert (n_in(scene, 2026), n_in(scene, 2025)) == (2, 0)


def test_one_over_two_months_is_one(scene: Scene) -> None:
    scene.back(scene.granted("2026-11-26", "2026-11-27"), "2026-12-03")
    assert n_in(scene, 2026) == 1


def test_one_over_the_new_year_belongs_to_the_year_in_which_it_began(scene: Scene) -> None:
    scene.back(scene.granted("2026-12-29", "2026-12-30"), "2027-01-06")
    assert (n_in(scene, 2026), n_in(scene, 2027)) == (1, 0)


@pytest.mark.parametrize("act", ["excuse", "undo"])
def test_what_was_excused_or_typed_wrong_does_not_count(scene: Scene, act: str) -> None:
    row = scene.back(scene.granted("2026-11-09", "2026-11-10"), "2026-11-12")
    acting = {"by": scene.owner, "on": row.back_on, "at": AT}
    if act == "excuse":
        excuse(row, words="突发疾病住院", **acting)
    else:
        undo_return(row, **acting)
    assert n_in(scene, 2026) == 0
