"""Moving a subtree keeps every path right and the history whole."""

import datetime as dt

import pytest
from tests.makers import AT, make_unit

from secondment.units.models import Unit, UnitPeriod
from secondment.units.services import CircularMoveError, move_unit


def test_moving_a_subtree_rewrites_every_path_below(db: None) -> None:
    root, other = make_unit("甲"), make_unit("乙")
    branch = make_unit("丙", root)
    leaf = make_unit("丁", branch)
    move_unit(branch, parent=other, reason="划转", by=None, at=AT + dt.timedelta(days=10))
    leaf.refresh_from_db()
    assert leaf.path == f"{other.pk}/{branch.pk}/{leaf.pk}/"
    assert list(Unit.objects.under(root)) == [root]
    periods = UnitPeriod.objects.filter(unit=branch).values_list("parent", "starts_on", "ends_on", "reason")
    assert list(periods) == [
        (root.pk, dt.date(2026, 11, 23), dt.date(2026, 12, 3), ""),
        (other.pk, dt.date(2026, 12, 3), None, "划转"),
    ]


def test_two_moves_on_one_day_leave_one_period(db: None) -> None:
    root, other = make_unit("甲"), make_unit("乙")
    branch = make_unit("丙", root)
    move_unit(branch, parent=other, reason="更正", by=None, at=AT)
    assert list(UnitPeriod.objects.filter(unit=branch).values_list("parent", "reason")) == [
        (other.pk, "更正")
    ]


def test_unit_cannot_move_below_itself(db: None) -> None:
    root = make_unit("甲")
    leaf = make_unit("乙", root)
    with pytest.raises(CircularMoveError, match="下级单位之下"):
        move_unit(root, parent=leaf, reason="", by=None, at=AT)
