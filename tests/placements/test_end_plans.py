"""What is intended for the end of a term is said in time, and is owed by the organisation department until it is."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.makers import AT, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation
from secondment.obligations.services import bring_up_to_date
from secondment.obligations.waiting import waiting_for
from secondment.placements import services
from secondment.placements.choices import EndIntention, PlacementState
from secondment.placements.models import EndPlan, Placement
from secondment.placements.rules import may_read_end_plan
from secondment.placements.services.errors import ReasonMissingError, WrongStateError
from secondment.placements.term_ends import TERM_END

END = dt.date(2028, 12, 1)  # half-open: the first day back
DAY = dt.timedelta(days=1)
ON = END - 50 * DAY


@pytest.fixture
def out(scene):
    for one in (scene.first, scene.second):
        one.state, one.reported_on = PlacementState.IN_POST, dt.date(2026, 12, 1)
        one.save()
    return scene


def owed(on: dt.date) -> list[tuple[str, dt.date, dt.date | None]]:
    bring_up_to_date(on=on, duties=[TERM_END])
    rows = Obligation.objects.filter(kind=TERM_END.kind).order_by("pk")
    return list(rows.values_list("state", "due_on", "closed_on"))


def plan(scene, *placements: Placement, on: dt.date = ON, **changes) -> int:
    given = {"intention": "return", "note": "", "by": scene.owner, "at": AT, **changes}
    return services.plan_ends(placements or [scene.first], on=on, **given)


@pytest.mark.parametrize(("days", "n"), [(61, 0), (60, 2), (59, 2)])
def test_it_is_asked_for_sixty_days_before_the_end_and_due_thirty_days_before(out, days: int, n: int) -> None:
    assert owed(END - days * DAY) == [("open", END - 30 * DAY, None)] * n


@pytest.mark.parametrize(
    ("days", "state", "status"),
    [(31, "还有 1 天", "warn"), (30, "今天到期", "warn"), (29, "逾期 1 天", "bad")],
)
def test_the_department_in_charge_finds_it_until_it_is_late(out, days: int, state: str, status: str) -> None:
    on = END - days * DAY
    owed(on)
    (line,) = [one for one in waiting_for(out.owner, on) if "期满安排" in one.title]
    assert (line.title, line.state, line.status) == ("期满安排：2 人待办", state, status)
    assert line.path == f"{reverse('placements:placement_list')}?state=in_post&ends_before=2028-11-30"
    for other in (out.home_clerk, out.host_clerk, out.secondee):
        assert not [one for one in waiting_for(other, on) if "期满安排" in one.title]


def test_saying_it_ends_the_duty_and_tells_the_home_unit(out) -> None:
    owed(ON)
    assert plan(out, out.first, out.second) == 2
    assert owed(ON) == [("met", END - 30 * DAY, ON)] * 2
    told = Notice.objects.filter(recipient=out.home_clerk).values_list("title", flat=True)
    assert {str(one) for one in told} == {
        f"{name}同志2028-11-30期满：按期返回" for name in ("张示例", "李示例")
    }
    assert not Notice.objects.filter(recipient=out.secondee).exists()
    assert AuditEvent.objects.filter(action="placement.plan_end").count() == 2


def test_the_same_again_is_nothing_new_and_a_correction_replaces_it(out) -> None:
    assert [plan(out), plan(out)] == [1, 0]
    assert plan(out, intention="stay", note=" 留任副镇长 ") == 1
    assert EndPlan.objects.values_list("intention", "note").get() == ("stay", "留任副镇长")


def test_an_extended_term_is_planned_again(out) -> None:
    plan(out)
    later = END + 180 * DAY
    Placement.objects.filter(pk=out.first.pk).update(ends_on=later)
    out.second.delete()
    done = ("met", END - 30 * DAY, ON)
    assert owed(later - 61 * DAY) == [done]
    assert owed(later - 60 * DAY) == [done, ("open", later - 30 * DAY, None)]


def test_a_plan_before_its_time_meets_the_duty(out) -> None:
    plan(out, out.first, out.second, on=END - 200 * DAY)
    assert owed(ON) == [("met", END - 30 * DAY, END - 200 * DAY)] * 2


def test_what_is_not_the_usual_needs_a_few_words(out) -> None:
    for intention in EndIntention:
        if intention == EndIntention.RETURN:
            continue
        with pytest.raises(ReasonMissingError, match="不按期返回的") as found:
            plan(out, intention=intention, note="  ")
        assert found.value.field == "note"
    assert not EndPlan.objects.exists()


def test_others_and_other_states_are_refused(out) -> None:
    for other in (out.home_clerk, out.host_clerk, out.secondee):
        with pytest.raises(NotAllowedError):
            plan(out, by=other)
    Placement.objects.filter(pk=out.second.pk).update(state=PlacementState.ENDED)
    with pytest.raises(WrongStateError):
        plan(out, out.first, out.second)
    assert not EndPlan.objects.exists()


def test_the_person_never_reads_it(out) -> None:
    readers = [one for one in Role if may_read_end_plan(make_user(one, out.root), out.first)]
    assert readers == [Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.LEADER] or set(readers) == {
        Role.ORGANISATION_DEPARTMENT,
        Role.HOME_UNIT,
        Role.LEADER,
    }
    own = make_user(Role.LEADER, out.root)
    out.first.person.account = own
    assert not may_read_end_plan(own, out.first)


def test_pages_for_one_and_for_chosen_rows(out, signed_in) -> None:
    client = signed_in(out.owner)
    page = reverse("placements:placement_plan", args=[out.first.pk])
    assert "不按期返回的必填" in text_of(client.get(page))
    refused = text_of(client.post(page, {"intention": "extend", "note": ""}))
    assert "请用几个字说明" in refused
    client.post(page, {"intention": "extend", "note": "延至2029年6月"})
    detail = reverse("placements:placement_detail", args=[out.first.pk])
    assert "拟延期：延至2029年6月" in text_of(client.get(detail))
    assert "延至2029年6月" in client.get(page).content.decode()
    assert "拟延期" not in text_of(signed_in(out.host_clerk).get(detail))
    both = {"selected": [out.first.pk, out.second.pk]}
    many = reverse("placements:placements_plan")
    client = signed_in(out.owner)
    assert "张示例" in text_of(client.post(many, both))
    answer = client.post(many, {**both, "sent": "1", "intention": "return", "note": ""}, follow=True)
    assert "已登记 2 人的期满安排" in text_of(answer)
    assert set(EndPlan.objects.values_list("intention", flat=True)) == {"return"}
