"""What the pages of placements show and do."""

import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.makers import (
    AT,
    ON,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_region,
    make_unit,
    make_user,
)

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.placements import services
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to
from secondment.placements.view_models import days_left, steps_of

PAST = dt.date(2026, 7, 1)


def url(name: str, *args: int) -> str:
    return reverse(f"placements:{name}", args=args)


@pytest.fixture
def appointed(scene) -> Placement:
    scene.first.starts_on = PAST  # the pages ask the clock, so the term has begun
    scene.first.save()
    issue = services.Issue("示组挂", PAST + dt.timedelta(days=10))
    return services.issue_notice(scene.first, issue, by=scene.owner, on=PAST, at=AT)


class TestSight:
    @pytest.mark.parametrize("role", [Role.ORGANISATION_DEPARTMENT, Role.LEADER, Role.INSPECTOR])
    def test_overseers_of_either_side_see_it(self, scene, role) -> None:
        for unit in (scene.home, scene.host, scene.root):
            assert scene.first in visible_to(make_user(role, unit))
        assert scene.first not in visible_to(make_user(role))

    def test_units_see_only_the_side_they_are(self, scene) -> None:
        assert scene.first in visible_to(scene.home_clerk)
        assert scene.first in visible_to(scene.host_clerk)
        assert scene.first not in visible_to(make_user(Role.HOST_UNIT, scene.home))
        assert scene.first not in visible_to(make_user(Role.HOME_UNIT, scene.host))

    def test_secondee_sees_the_own_one(self, scene) -> None:
        assert list(visible_to(scene.secondee)) == [scene.first]

    def test_account_of_a_person_without_the_role_sees_nothing(self, scene) -> None:
        scene.secondee.assignments.all().delete()
        assert not visible_to(scene.secondee).exists()


class TestList:
    def ask(self, client, **query):
        return client.get(url("placement_list"), query)

    def names(self, response) -> list[str]:
        return [row.item.person.name for row in response.context["listing"].rows()]

    def test_filters_narrow(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        other = make_placement(
            scene.campaign,
            make_person(make_unit("另一厅", scene.root), name="周示例", name_key="zhou"),
            make_post(make_unit("另一村", make_unit("另一县", scene.root))),
            state=PlacementState.IN_POST,
            ends_on=dt.date(2028, 1, 1),
            starts_on=dt.date(2026, 1, 1),
        )
        assert self.names(self.ask(client, sort="person.name")) == ["李示例", "张示例", "周示例"]
        assert self.names(self.ask(client, state="in_post")) == [other.person.name]
        assert self.names(self.ask(client, home="另一厅")) == ["周示例"]
        assert self.names(self.ask(client, host="另一县")) == ["周示例"]
        assert self.names(self.ask(client, host="没有")) == []
        assert len(self.names(self.ask(client, home="示例"))) == 3  # the root matches, and a unit below it
        assert self.names(self.ask(client, name="工作队")) == ["李示例"]
        assert self.names(self.ask(client, ends_before="2028-06-01")) == ["周示例"]
        assert len(self.names(self.ask(client, campaign=scene.campaign.pk))) == 3
        assert self.names(self.ask(client, ending="soon")) == []

    def test_filters_by_programme_and_by_the_county_of_the_host(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        city = make_region("1101", "北京市")
        county = make_region("110111", "北京市房山区")
        scene.host.region = make_region("110111003", "某镇")
        scene.host.save()
        bureau = make_unit("市局", scene.root, region=city)
        make_placement(scene.campaign, make_person(scene.home, name="周示例"), make_post(bureau))
        assert self.names(self.ask(client, region=county.pk, sort="person.name")) == ["李示例", "张示例"]
        assert self.names(self.ask(client, region=city.pk)) == ["周示例"]
        assert self.names(self.ask(client, region="9999")) == []
        programme = scene.campaign.programme_version.programme_id
        assert len(self.names(self.ask(client, programme=programme))) == 3
        other = make_programme_version().programme_id
        assert self.names(self.ask(client, programme=other)) == []

    def test_queries_do_not_grow_with_rows(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        self.ask(client)
        with CaptureQueriesContext(connection) as few:
            self.ask(client)
        for _ in range(30):
            make_placement(scene.campaign, make_person(scene.home), scene.first.post)
        with CaptureQueriesContext(connection) as many:
            self.ask(client)
        assert len(many) == len(few) <= 14  # one counts who is on the way
        with CaptureQueriesContext(connection) as export:
            self.ask(client, export="xlsx")
        assert len(export) <= 15

    def test_export_is_recorded(self, scene, signed_in) -> None:
        response = self.ask(signed_in(scene.owner), export="xlsx")
        assert response.status_code == 200
        assert AuditEvent.objects.get(action="placements.export").details == {"rows": 2}


class TestDetail:
    def test_steps_follow_the_state(self, scene, appointed) -> None:
        assert [step.state for step in steps_of(scene.second)] == ["current", "ahead", "ahead", "ahead"]
        assert [step.state for step in steps_of(appointed)] == ["done", "current", "ahead", "ahead"]
        appointed.state = PlacementState.CANCELLED
        assert [str(step.label) for step in steps_of(appointed)] == ["集体决定", "挂职通知", "已取消"]
        scene.second.state = PlacementState.CANCELLED
        assert [str(step.label) for step in steps_of(scene.second)] == ["集体决定", "已取消"]

    def test_days_left_count_to_the_last_day(self, scene) -> None:
        scene.first.state = PlacementState.IN_POST
        assert days_left(scene.first, dt.date(2028, 11, 30)) == 0
        scene.first.state = PlacementState.DECIDED
        assert days_left(scene.first, ON) is None

    def test_each_party_is_offered_its_own_actions(self, scene, appointed, signed_in) -> None:
        def actions(user, placement) -> list[str]:
            return signed_in(user).get(url("placement_detail", placement.pk)).context["actions"]

        assert actions(scene.owner, scene.second) == ["issue_notice", "set_term", "cancel_placement"]
        assert actions(scene.owner, appointed) == ["record_arrival", "cancel_placement", "record_formalities"]
        assert actions(scene.host_clerk, appointed) == ["record_arrival", "record_formalities"]
        assert actions(scene.home_clerk, appointed) == ["record_formalities"]
        assert actions(scene.secondee, appointed) == ["confirm_report"]

    def test_page_names_both_units_and_what_happened(self, scene, appointed, signed_in) -> None:
        page = signed_in(scene.home_clerk).get(url("placement_detail", appointed.pk)).content.decode()
        for text in ("示例厅", "示例村", "示组挂〔2026〕1号", "印发了挂职通知", "保留在派出单位"):
            assert text in page


class TestNotices:
    def test_one_notice_from_the_page(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        page = client.get(url("notice_issue", scene.first.pk))
        assert "way" not in page.context["form"].fields
        response = client.post(
            url("notice_issue", scene.first.pk),
            {"series": "示组挂", "report_by": "2028-01-01", "confirm": "1"},
        )
        assert response.status_code == 302
        scene.first.refresh_from_db()
        assert scene.first.state == PlacementState.APPOINTED

    def test_campaign_in_one_letter_and_its_archive(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        address = url("notices_issue", scene.campaign.pk)
        assert client.get(address).context["n_waiting"] == 2
        client.post(address, {"series": "示组挂", "report_by": "2028-01-01", "way": "joint", "confirm": "1"})
        assert client.get(address).context["n_waiting"] == 0
        assert client.get(address).context["form"].initial["series"] == "示组挂"
        content = client.get(url("notices_download", scene.campaign.pk)).content
        assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 1

    def test_a_campaign_without_notices_has_no_archive(self, scene, signed_in) -> None:
        answer = signed_in(scene.owner).get(url("notices_download", scene.campaign.pk))
        assert answer.status_code == 404
        assert not AuditEvent.objects.filter(action="campaign.download_notices").exists()

    def test_single_letters_stand_apart_in_the_archive(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        data = {"series": "示组挂", "report_by": "2028-01-01", "way": "single", "confirm": "1"}
        client.post(url("notices_issue", scene.campaign.pk), data)
        content = client.get(url("notices_download", scene.campaign.pk)).content
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert len(names) == 2
        assert all(name.startswith("示组挂〔") and name.endswith(".docx") for name in names)

    def test_download_leaves_a_trail(self, scene, appointed, signed_in) -> None:
        response = signed_in(scene.secondee).get(url("notice_download", appointed.pk))
        assert response.content.startswith(b"PK")
        assert AuditEvent.objects.filter(action="placement.download_notice").count() == 1
        missing = signed_in(scene.owner).get(url("notice_download", scene.second.pk))
        assert missing.status_code == 404

    def test_faulty_form_is_shown_again(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        for address in (url("notice_issue", scene.first.pk), url("notices_issue", scene.campaign.pk)):
            assert client.post(address, {"sent": "1"}).context["form"].errors

    def test_refusal_keeps_what_was_typed(self, scene, signed_in) -> None:
        client = signed_in(scene.owner)
        data = {"series": "示组挂", "report_by": "2020-01-01", "way": "single"}
        for address in (url("notice_issue", scene.first.pk), url("notices_issue", scene.campaign.pk)):
            form = client.post(address, data).context["form"]
            assert "报到期限应在2026-12-01至2028-11-30之间" in form.errors["__all__"][0]
            assert form["series"].value() == "示组挂"


class TestArrival:
    def test_receipt_from_the_page(self, scene, appointed, signed_in) -> None:
        client = signed_in(scene.host_clerk)
        form = client.get(url("arrival_record", appointed.pk)).context["form"]
        data = {"reported_on": "2026-07-05", "version": form.initial["version"], "duties": "分管党建"}
        assert client.post(url("arrival_record", appointed.pk), data).status_code == 302
        appointed.refresh_from_db()
        assert (appointed.state, appointed.duties) == (PlacementState.IN_POST, "分管党建")
        assert client.post(url("arrival_record", appointed.pk), data).status_code == 409
        assert client.post(url("arrival_record", appointed.pk), {"sent": "1"}).context["form"].errors

    def test_refused_day_keeps_what_was_typed(self, scene, appointed, signed_in) -> None:
        data = {"reported_on": "2099-01-05", "version": appointed.version, "duties": "分管党建"}
        form = signed_in(scene.host_clerk).post(url("arrival_record", appointed.pk), data).context["form"]
        assert "报到日期不能晚于今天" in form.errors["__all__"][0]
        assert form["duties"].value() == "分管党建"

    def test_form_proposes_what_the_post_says(self, scene, appointed, signed_in) -> None:
        post = appointed.post
        post.contact_leader, post.mentor = "李书记", "王主任"
        post.save()
        form = signed_in(scene.host_clerk).get(url("arrival_record", appointed.pk)).context["form"]
        assert (form.initial["contact_leader"], form.initial["mentor"]) == ("李书记", "王主任")

    def test_secondee_confirms_on_the_own_page(self, scene, appointed, signed_in) -> None:
        client = signed_in(scene.secondee)
        page = client.get(url("my_placement")).content.decode()
        assert "示例村" in page
        assert "确认报到" in page
        assert client.post(url("report_confirm", appointed.pk)).status_code == 302
        assert "report/" not in client.get(url("my_placement")).content.decode()

    def test_person_without_placement_reads_what_will_stand_here(self, signed_in) -> None:
        page = signed_in(make_user(Role.SECONDEE)).get(url("my_placement")).content.decode()
        assert "暂无挂职安排" in page


def test_cancelling_from_the_page_needs_a_reason(scene, signed_in) -> None:
    client = signed_in(scene.owner)
    address = url("placement_cancel", scene.first.pk)
    version = client.get(address).context["form"].initial["version"]
    assert client.post(address, {"version": version}).context["form"].errors
    assert client.post(address, {"version": version, "reason": "家庭困难"}).status_code == 302
    scene.first.refresh_from_db()
    assert (scene.first.state, scene.first.cancel_reason) == (PlacementState.CANCELLED, "家庭困难")
