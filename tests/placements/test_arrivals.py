"""Several people report for duty in one table: all or none, and every refusal stands in its line."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.makers import AT, make_person, make_placement, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.services import Arrival
from secondment.placements.services.arrivals import Receipt, record_arrivals
from secondment.placements.services.errors import ReceiptRefusedError

ADDRESS = "/placements/arrivals/"
ON = dt.date(2026, 12, 5)


@pytest.fixture
def waiting(scene):
    Placement.objects.update(state=PlacementState.APPOINTED, notice_on=dt.date(2026, 11, 20))
    scene.first.refresh_from_db()
    scene.second.refresh_from_db()
    return scene


def receipts(*placements: Placement, day: dt.date = ON) -> list[Receipt]:
    return [Receipt(one, Arrival(day, duties="联系合作社"), one.version) for one in placements]


class TestService:
    def test_each_is_in_post_with_a_trace_of_its_own(self, waiting) -> None:
        rows = receipts(waiting.first, waiting.second)
        record_arrivals(rows, by=waiting.host_clerk, on=ON, at=AT)
        assert set(Placement.objects.values_list("state", "duties")) == {
            (PlacementState.IN_POST, "联系合作社")
        }
        assert AuditEvent.objects.filter(action="placement.record_arrival").count() == 2

    def test_one_refusal_keeps_none_and_names_the_person(self, waiting) -> None:
        late = receipts(waiting.second, day=ON + dt.timedelta(days=1))
        with pytest.raises(ReceiptRefusedError, match="李示例：报到日期不能晚于今天") as refused:
            record_arrivals([*receipts(waiting.first), *late], by=waiting.host_clerk, on=ON, at=AT)
        assert refused.value.placement_id == waiting.second.pk
        assert set(Placement.objects.values_list("state", flat=True)) == {PlacementState.APPOINTED}

    def test_right_and_version_are_asked_as_for_one(self, waiting) -> None:
        with pytest.raises(NotAllowedError):
            record_arrivals(receipts(waiting.first), by=waiting.home_clerk, on=ON, at=AT)
        Placement.objects.update(version=waiting.first.version + 1)
        with pytest.raises(StaleObjectError):
            record_arrivals(receipts(waiting.first), by=waiting.host_clerk, on=ON, at=AT)


class TestPage:
    @pytest.fixture(autouse=True)
    def begun(self, waiting) -> None:
        waiting.campaign.placements.update(starts_on=dt.date(2026, 1, 1), notice_on=dt.date(2026, 1, 1))

    def test_the_ticked_are_given_and_the_others_wait(self, waiting, signed_in) -> None:
        client = signed_in(waiting.host_clerk)
        pk = waiting.first.pk
        sent = {f"take-{pk}": "on", f"reported_on-{pk}": "2026-02-03", f"mentor-{pk}": "周主任"}
        page = text_of(client.post(ADDRESS, sent, follow=True))
        assert "已保存 1 人的报到回执" in page
        waiting.first.refresh_from_db()
        waiting.second.refresh_from_db()
        assert (waiting.first.state, waiting.first.mentor) == (PlacementState.IN_POST, "周主任")
        assert f"{waiting.first.reported_on}" == "2026-02-03"
        assert waiting.second.state == PlacementState.APPOINTED
        assert "李示例" in page

    def test_what_the_post_says_is_filled_in_but_its_duties(self, waiting, signed_in) -> None:
        waiting.first.post.contact_leader, waiting.first.post.duties = "孙书记", "建强村党组织"
        waiting.first.post.save()
        Placement.objects.filter(pk=waiting.first.pk).update(reported_on=dt.date(2026, 2, 2))
        form = signed_in(waiting.host_clerk).get(ADDRESS).context["form"]
        pk = waiting.first.pk
        initial = {name: form.fields[f"{name}-{pk}"].initial for name in ("contact_leader", "duties")}
        assert initial == {"contact_leader": "孙书记", "duties": ""}
        assert form.fields[f"reported_on-{pk}"].initial == dt.date(2026, 2, 2)

    def test_nobody_ticked_or_no_day_is_a_fault(self, waiting, signed_in) -> None:
        client, pk = signed_in(waiting.host_clerk), waiting.first.pk
        form = client.post(ADDRESS, {f"mentor-{pk}": "周主任"}).context["form"]
        assert form.non_field_errors() == ["请勾选已经报到的人员。"]
        form = client.post(ADDRESS, {f"take-{pk}": "on"}).context["form"]
        assert form.errors == {f"reported_on-{pk}": ["请填写报到日期。"]}
        form = client.post(ADDRESS, {f"take-{pk}": "on", f"reported_on-{pk}": "x"}).context["form"]
        assert list(form.errors) == [f"reported_on-{pk}"]

    def test_a_refusal_stands_in_its_line(self, waiting, signed_in) -> None:
        client, pk = signed_in(waiting.host_clerk), waiting.second.pk
        form = client.post(ADDRESS, {f"take-{pk}": "on", f"reported_on-{pk}": "2099-01-01"}).context["form"]
        assert list(form.errors) == [f"reported_on-{pk}"]
        assert "李示例：报到日期不能晚于今天" in form.errors[f"reported_on-{pk}"][0]

    def test_own_units_and_campaign_only(self, waiting, signed_in) -> None:
        def names(user, query: str = "") -> list[str]:
            page = signed_in(user).get(ADDRESS + query)
            return [one.person.name for one in page.context["form"].placements]

        assert names(waiting.owner) == names(waiting.host_clerk) == ["李示例", "张示例"]
        assert names(waiting.owner, f"?campaign={waiting.campaign.pk + 1}") == []
        assert names(waiting.owner, f"?campaign={waiting.campaign.pk}&x=1") == ["李示例", "张示例"]
        assert names(make_user(Role.HOST_UNIT, make_unit())) == []
        assert signed_in(waiting.home_clerk).get(ADDRESS).status_code == 403

    def test_nothing_waits(self, waiting, signed_in) -> None:
        Placement.objects.update(state=PlacementState.IN_POST)
        assert "没有等待报到的人员" in text_of(signed_in(waiting.owner).get(ADDRESS))

    def test_list_leads_there_while_somebody_waits(self, waiting, signed_in) -> None:
        client = signed_in(waiting.host_clerk)
        assert "登记报到（2 人）" in text_of(client.get("/placements/"))
        Placement.objects.update(state=PlacementState.IN_POST)
        assert "登记报到" not in text_of(client.get("/placements/"))
        assert "登记报到" not in text_of(signed_in(waiting.home_clerk).get("/placements/"))

    def test_queries_do_not_grow(self, waiting, signed_in) -> None:
        client = signed_in(waiting.host_clerk)
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as few:
            client.get(ADDRESS)
        for _ in range(10):
            make_placement(
                waiting.campaign,
                make_person(waiting.home),
                make_post(waiting.host),
                state=PlacementState.APPOINTED,
            )
        with CaptureQueriesContext(connection) as many:
            page = client.get(ADDRESS)
        assert len(page.context["form"].placements) == 12
        assert len(many) == len(few)
