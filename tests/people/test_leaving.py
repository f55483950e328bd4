"""Whoever retires, leaves or goes to another unit while something hangs on them is asked about first."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.decision.conftest import make_proposal
from tests.makers import (
    AT,
    make_campaign,
    make_campaign_post,
    make_nomination,
    make_person,
    make_placement,
    make_post,
    make_unit,
)
from tests.people.imported import NUMBER, checked, csv, imported, told

from secondment.common.dependents import DependentsError, dependents_of
from secondment.obligations.models import Obligation
from secondment.people.models import Person
from secondment.people.services.changes import PersonChanges
from secondment.people.services.persons import edit_person

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 23)


@pytest.fixture
def official(unit) -> Person:
    return make_person(unit, name="张示例")


def place(official: Person, **fields):
    post = make_post(make_unit("东村"), title="第一书记")
    return make_placement(make_campaign(), official, post, **({"state": "in_post"} | fields))


def edit(official: Person, clerk, *, is_confirmed=False, **values) -> Person:
    changes = PersonChanges(values)
    return edit_person(official, changes, version=None, by=clerk, at=AT, is_confirmed=is_confirmed)


def texts(row) -> list[str]:
    return [one.text for one in dependents_of(row, ON)]


class TestWhatHangs:
    def test_placement_nomination_and_chosen_plan_are_named(self, official) -> None:
        placement = place(official)
        campaign = make_campaign(name="第二批", state="review")
        nominee = make_nomination(campaign, official)
        offered = make_campaign_post(campaign, make_post(make_unit("西村"), title="队员"))
        proposal = make_proposal(campaign, [(nominee, offered)])
        assert texts(official) == [
            "“第二批”推荐人选（审查匹配）",
            "挂职：东村 第一书记（2027-03-01至2029-02-28，在挂）",
            "“第二批”所采用方案：西村 队员",
        ]
        urls = [one.url for one in dependents_of(official, ON)]
        assert urls == [
            reverse("campaigns:nomination_detail", args=[nominee.pk]),
            reverse("placements:placement_detail", args=[placement.pk]),
            "",
        ]
        proposal.is_chosen = False
        proposal.save()
        assert len(texts(official)) == 2

    @pytest.mark.parametrize("state", ["ended", "cancelled"])
    def test_what_is_over_does_not_hang(self, official, state) -> None:
        place(official, state=state)
        make_nomination(make_campaign(state="dispatched"), official)
        make_nomination(make_campaign(), official, state="withdrawn")
        assert texts(official) == []


class TestEditing:
    @pytest.mark.parametrize("state", ["retired", "left", "died"])
    def test_somebody_in_post_does_not_leave_without_a_word(self, official, clerk, state) -> None:
        place(official)
        with pytest.raises(DependentsError, match="张示例还有未办结的事项：挂职：东村 第一书记"):
            edit(official, clerk, state=state)
        official.refresh_from_db()
        assert official.state == "active"
        assert edit(official, clerk, state=state, is_confirmed=True).state == state

    @pytest.mark.parametrize(("state", "label"), [("retired", "退休"), ("left", "调离"), ("died", "已故")])
    def test_who_leaves_in_post_is_a_to_do_of_the_owner_until_back(
        self, official, clerk, state, label
    ) -> None:
        placement = place(official)
        place(official, state="ended")
        edit(official, clerk, state=state, is_confirmed=True)
        owed = Obligation.objects.get()
        assert owed.title == f"张示例同志{label}，处理其在东村的挂职（第一书记）"
        assert (owed.unit, owed.role) == (placement.campaign.owner_unit, "organisation_department")
        assert (owed.due_on, owed.state) == (ON, "open")
        assert owed.path == reverse("placements:placement_detail", args=[placement.pk])
        edit(official, clerk, name="张改名")
        assert Obligation.objects.filter(state="open").count() == 1
        edit(official, clerk, state="active")
        assert Obligation.objects.get().state == "waived"

    def test_a_move_to_another_unit_is_asked_about(self, official, clerk) -> None:
        place(official)
        other = make_unit("下级", official.unit)
        with pytest.raises(DependentsError):
            edit(official, clerk, unit=other)
        assert edit(official, clerk, unit=other, is_confirmed=True).unit == other

    def test_nothing_is_asked_where_nothing_hangs_or_nobody_leaves(self, official, clerk) -> None:
        assert edit(official, clerk, state="retired").state == "retired"
        place(official)
        assert edit(official, clerk, state="retired", unit=official.unit, name="张改名").name == "张改名"
        assert edit(official, clerk, state="active").state == "active"

    def test_the_page_lists_it_and_asks(self, official, client) -> None:
        address = reverse("people:person_edit", args=[official.pk, "basics"])
        form = client.get(address).context["form"]
        data = {
            name: form[name].value() or "" for name in form.fields if name not in ("photo_file", "identity")
        }
        data |= {"version": official.version, "state": "left", "unit": official.unit_id}
        placement = place(official)
        page = client.post(address, data).content.decode()
        assert "仍要保存" in page
        assert "挂职：东村 第一书记（2027-03-01至2029-02-28，在挂）" in page
        assert reverse("placements:placement_detail", args=[placement.pk]) in page
        official.refresh_from_db()
        assert official.state == "active"
        assert client.post(address, data | {"is_confirmed": "1"}).status_code == 302
        official.refresh_from_db()
        assert official.state == "left"


def test_a_roster_that_moves_somebody_in_post_says_so(unit, clerk) -> None:
    make_unit("示例二厅", unit)
    first = csv("姓名,性别,出生年月,身份证号", f"示例甲,男,1985.03,{NUMBER}")
    imported("first.csv", first, unit, clerk)
    official = Person.objects.get()
    again = csv("姓名,性别,出生年月,身份证号,工作单位", f"示例甲,男,1985.03,{NUMBER},示例二厅")
    assert told(checked("again.csv", again, unit, clerk))[0][2:] == ("changed", [])
    place(official)
    outcome, (problem,) = told(checked("again.csv", again, unit, clerk))[0][2:]
    assert outcome == "changed"
    where = "挂职：东村 第一书记（2027-03-01至2029-02-28，在挂）"
    assert problem == f"所在单位：换了单位，但还有：{where}；导入后这些事项不会自动终止，请核对后另行办理"


def test_a_roster_that_moves_nobody_says_nothing_of_posts(unit, clerk) -> None:
    imported("first.csv", csv("姓名,性别,出生年月,身份证号", f"示例甲,男,1985.03,{NUMBER}"), unit, clerk)
    place(Person.objects.get())
    again = csv("姓名,性别,出生年月,身份证号,籍贯", f"示例甲,男,1985.03,{NUMBER},别省")
    assert told(checked("again.csv", again, unit, clerk))[0][2:] == ("changed", [])
