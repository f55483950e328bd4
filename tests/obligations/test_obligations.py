"""Obligations open once, close, and reach the right to-do list."""

import datetime as dt

from django.db.models import QuerySet
from django.test import Client
from tests.makers import ON, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.obligations import waiting
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.queries import todo_of
from secondment.obligations.services import Owed, meet, owe, waive
from secondment.obligations.waiting import Source, Waiting, count_waiting, due_status, due_words, waiting_for
from secondment.units.models import Unit


def owed(unit: Unit, **fields) -> Owed:
    fields.setdefault("due_on", ON)
    return Owed(
        kind="nominate",
        title="推荐人选",
        unit=unit,
        role=Role.HOME_UNIT,
        creditor="组织部门",
        path="/",
        **fields,
    )


def test_asking_twice_makes_one_entry_with_the_new_day(db: None) -> None:
    unit = make_unit()
    owe(unit, owed(unit))
    owe(unit, owed(unit, due_on=ON + dt.timedelta(days=3)))
    assert list(Obligation.objects.values_list("due_on", flat=True)) == [dt.date(2026, 11, 26)]


def test_met_obligation_leaves_the_list_and_may_open_again(db: None) -> None:
    unit = make_unit()
    user = make_user(Role.HOME_UNIT, unit)
    owe(unit, owed(unit))
    assert meet(unit, "nominate", on=ON) == 1
    assert list(todo_of(user)) == []
    owe(unit, owed(unit))
    assert waive(unit, "nominate", on=ON, unit=unit) == 1
    assert set(Obligation.objects.values_list("state", "closed_on")) == {
        (ObligationState.MET, ON),
        (ObligationState.WAIVED, ON),
    }


def test_to_do_follows_role_and_scope(db: None) -> None:
    root = make_unit()
    unit = make_unit("", root)
    mine = owe(unit, owed(unit))
    assert list(todo_of(make_user(Role.HOME_UNIT, root))) == [mine]
    assert list(todo_of(make_user(Role.HOME_UNIT, make_unit()))) == []
    assert list(todo_of(make_user(Role.HOST_UNIT, root))) == []


def test_personal_obligation_reaches_its_account_only(db: None) -> None:
    unit = make_unit()
    person, officer = make_user(Role.SECONDEE, unit), make_user(Role.HOME_UNIT, unit)
    mine = owe(unit, owed(unit, account=person))
    assert list(todo_of(person)) == [mine]
    assert list(todo_of(officer)) == []


def test_next_steps_stand_below_obligations_and_are_counted(
    db: None, monkeypatch, django_assert_num_queries
) -> None:
    unit = make_unit("组织部")
    user = make_user(Role.HOME_UNIT, unit)

    def rows(_user: User, on: dt.date) -> QuerySet[Unit]:
        return Unit.objects.filter(pk=unit.pk if on == ON else 0)

    def lines(units: QuerySet[Unit]) -> list[Waiting]:
        return [Waiting("前往匹配", "/x/", one.name) for one in units]

    monkeypatch.setattr(waiting, "SOURCES", [Source(rows, lines), Source(rows, lines)])
    owe(unit, owed(unit))
    assert [one.title for one in waiting_for(user, ON)] == ["推荐人选", "前往匹配", "前往匹配"]
    with django_assert_num_queries(1):  # its obligations and every source together
        assert count_waiting(user, ON) == 3
    assert count_waiting(user, ON + dt.timedelta(days=1)) == 1


def test_more_of_a_kind_than_a_person_reads_are_one_line(
    db: None, monkeypatch, django_assert_num_queries
) -> None:
    user = make_user(Role.HOME_UNIT, make_unit("组织部"))
    asked = [make_unit().pk for _number in range(waiting.MOST_APART + 1)]

    def rows(_user: User, on: dt.date) -> QuerySet[Unit]:
        return Unit.objects.filter(pk__in=asked if on == ON else asked[1:])

    def lines(units: QuerySet[Unit]) -> list[Waiting]:
        return [Waiting("跟进", "/x/", one.name) for one in units]

    def together(units: QuerySet[Unit], n: int) -> Waiting:
        return Waiting(f"跟进：{n} 件", "/all/", f"{units.count()} 个单位")

    monkeypatch.setattr(waiting, "SOURCES", [Source(rows, lines, (), together), Source(rows, lines)])
    found = waiting_for(user, ON)
    assert [one.title for one in found if one.path == "/all/"] == ["跟进：11 件"]
    assert len(found) == count_waiting(user, ON) == 1 + len(asked)
    limit = ON + dt.timedelta(days=1)
    assert {one.path for one in waiting_for(user, limit)} == {"/x/"}
    with django_assert_num_queries(1):
        assert count_waiting(user, limit) == 2 * waiting.MOST_APART


def test_days_left_are_said_in_words() -> None:
    for days, words, status in [
        (-2, "逾期 2 天", "bad"),
        (0, "今天到期", "warn"),
        (7, "还有 7 天", "warn"),
        (8, "还有 8 天", "idle"),
    ]:
        due_on = ON + dt.timedelta(days=days)
        assert (due_words(due_on, ON), due_status(due_on, ON)) == (words, status)


def test_to_do_page_costs_the_same_for_one_and_many(db: None, signed_in, django_assert_num_queries) -> None:
    unit = make_unit()
    client: Client = signed_in(make_user(Role.HOME_UNIT, unit))
    owe(unit, owed(unit))
    client.get("/todo/")
    with django_assert_num_queries(7):
        client.get("/todo/")
    for _ in range(30):
        owe(make_unit(), owed(unit))
    with django_assert_num_queries(7):
        client.get("/todo/")
