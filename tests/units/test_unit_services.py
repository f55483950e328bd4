"""Moving a subtree keeps every path right and the history whole."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.makers import AT, make_unit

from secondment.common.errors import DomainError
from secondment.units.models import Region, Unit, UnitPeriod
from secondment.units.services import (
    CircularMoveError,
    UnitClosedError,
    UnitNameTakenError,
    change_unit,
    close_unit,
    create_unit,
    move_unit,
    reopen_unit,
)


def test_moving_a_subtree_rewrites_every_path_below(db: None) -> None:
    root, other = make_unit("甲"), make_unit("乙")
    branch = make_unit("丙", root)
    leaf = make_unit("丁", branch)
    version = Unit.objects.get(pk=branch.pk).version
    move_unit(branch, parent=other, reason="划转", by=None, at=AT + dt.timedelta(days=10))
    leaf.refresh_from_db()
    assert Unit.objects.get(pk=branch.pk).version == version + 1
    assert leaf.path == f"{other.pk}/{branch.pk}/{leaf.pk}/"
    assert list(Unit.objects.under(root)) == [root]
    periods = UnitPeriod.objects.filter(unit=branch).values_list("parent", "starts_on", "ends_on", "reason")
    assert list(periods) == [
        (root.pk, dt.date(2026, 11, 23), dt.date(2026, 12, 3), ""),
        (other.pk, dt.date(2026, 12, 3), None, "划转"),
    ]


@pytest.mark.parametrize(
    ("facts", "region"),
    [
        ({}, "11"),
        ({"kind": "region"}, None),
        ({"is_external": True}, None),
        ({"region_id": "31"}, "31"),
    ],
)
def test_an_office_lies_where_the_unit_above_lies(db: None, facts, region) -> None:
    Region.objects.bulk_create(
        Region(code=code, name=code, full_name=code, level="province") for code in ("11", "31")
    )
    root = make_unit("甲", region_id="11")
    made = Unit(**{"name": "乙", "kind": "government_organ", "level": "county", "parent": root} | facts)
    assert create_unit(made, by=None, at=AT).region_id == region


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


def stale(unit: Unit) -> Unit:
    """The row as a page read it before somebody else changed the tree."""
    return Unit.objects.select_related("parent").get(pk=unit.pk)


def test_two_moves_read_before_either_cannot_make_a_circle(db: None) -> None:
    root = make_unit("甲")
    left, right = make_unit("乙", root), make_unit("丙", root)
    left_read, right_read = stale(left), stale(right)
    move_unit(left, parent=right, reason="划转", by=None, at=AT)
    with pytest.raises(CircularMoveError):
        move_unit(right_read, parent=left_read, reason="划转", by=None, at=AT)
    assert paths() == {"甲": f"{root.pk}/", "乙": path(root, right, left), "丙": path(root, right)}


def test_circle_through_deeper_units_is_refused(db: None) -> None:
    root = make_unit("甲")
    left, right = make_unit("乙", root), make_unit("丙", root)
    below_left, below_right = make_unit("丁", left), make_unit("戊", right)
    read = stale(below_left)
    move_unit(left, parent=below_right, reason="划转", by=None, at=AT)
    with pytest.raises(CircularMoveError):
        move_unit(stale(right), parent=read, reason="划转", by=None, at=AT)
    assert paths()["丁"] == path(root, right, below_right, left, below_left)


def test_new_unit_and_moved_unit_take_the_path_their_parent_has_now(db: None) -> None:
    root, other = make_unit("甲"), make_unit("乙")
    parent, moved = make_unit("丙", root), make_unit("丁", root)
    read = stale(parent)
    move_unit(parent, parent=other, reason="划转", by=None, at=AT)
    new = make_unit("戊", read)
    move_unit(moved, parent=read, reason="划转", by=None, at=AT)
    assert paths()["戊"] == path(other, parent, new)
    assert paths()["丁"] == path(other, parent, moved)


def test_nothing_in_use_comes_below_a_closed_unit(db: None) -> None:
    root = make_unit("甲")
    parent, below, moved = make_unit("乙", root), make_unit("丙", root), make_unit("丁", root)
    move_unit(below, parent=parent, reason="划转", by=None, at=AT)
    read = stale(parent)
    close_unit(below, reason="撤并", by=None, at=AT)
    close_unit(parent, reason="撤并", by=None, at=AT)
    for act in (
        lambda: make_unit("戊", read),
        lambda: move_unit(moved, parent=read, reason="划转", by=None, at=AT),
        lambda: reopen_unit(below, by=None, at=AT),
    ):
        with pytest.raises(UnitClosedError, match="上级单位“乙”已停用"):
            act()
    reopen_unit(parent, by=None, at=AT)
    assert reopen_unit(below, by=None, at=AT).is_active


def test_name_stands_once_below_a_parent_whoever_comes_second(db: None) -> None:
    root = make_unit("甲")
    parent = make_unit("乙", root)
    make_unit("丙", parent)
    twin = make_unit("丙", root)
    with pytest.raises(UnitNameTakenError, match="“乙”之下已有名为“丙”的单位"):
        move_unit(twin, parent=parent, reason="划转", by=None, at=AT)
    with pytest.raises(UnitNameTakenError):
        make_unit("丙", parent)
    renamed = make_unit("丁", parent)
    renamed.name = "丙"
    with pytest.raises(UnitNameTakenError):
        change_unit(renamed, by=None, at=AT, reason="更名")


def paths() -> dict[str, str]:
    return dict(Unit.objects.values_list("name", "path"))


def path(*units: Unit) -> str:
    return "".join(f"{unit.pk}/" for unit in units)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in; see the tests above")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
def test_parallel_changes_of_the_tree_keep_every_path(round_: int) -> None:
    """Eight threads move, create and close at once; afterwards every path is the parent's and its own."""
    root = make_unit("甲")
    units = [make_unit(f"单位{n}", root) for n in range(6)]
    leaves = [make_unit(f"下级{n}", unit) for n, unit in enumerate(units)]
    start = Barrier(8, timeout=60)

    def change(n: int) -> str:
        one, other = units[n % 6], leaves[(n + 1 + round_) % 6]
        start.wait()
        try:
            move_unit(one, parent=other, reason="划转", by=None, at=AT)
            make_unit(f"新{n}", other)
            close_unit(leaves[n % 6], reason="撤并", by=None, at=AT)
        except DomainError as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(change, range(8)))
    assert set(ended) <= {"done", "CircularMoveError", "UnitClosedError", "UnitStillUsedError"}
    assert "CircularMoveError" in ended  # six moves in a ring cannot all be right
    rows = {row.pk: row for row in Unit.objects.all()}
    for row in rows.values():
        assert row.path == (rows[row.parent_id].path if row.parent_id else "") + f"{row.pk}/"
        assert row.parent_id is None or rows[row.parent_id].is_active or not row.is_active
