"""Party membership out, in and back, appointment and removal by law: each party its part."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.makers import AT, ON, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.placements.choices import Origin, PlacementState
from secondment.placements.exports import placements_workbook
from secondment.placements.imports import read_placements
from secondment.placements.models import Placement
from secondment.placements.rules import APPOINTMENT, PARTY_BACK, PARTY_IN, PARTY_OUT, formalities_of
from secondment.placements.services import WrongStateError, record_formalities
from secondment.placements.services.errors import FormalityError
from secondment.placements.services.formalities import faults_of
from secondment.placements.services.recording import import_placements

DAY = dt.timedelta(days=1)
OUT, IN, BACK = dt.date(2026, 7, 3), dt.date(2026, 7, 10), dt.date(2026, 11, 20)
EVERYTHING = {
    "party_out_on": OUT,
    "party_out_number": "介字001",
    "party_branch": "示例村党支部",
    "party_in_on": IN,
    "party_back_on": BACK,
    "appointment_kind": "congress",
    "appointment_number": "示人决〔2026〕5号",
    "appointment_on": OUT,
    "removal_number": "示人决〔2026〕9号",
    "removal_on": BACK,
    "lapses_at_end": False,
}


@pytest.fixture
def scene(scene):
    term = {"starts_on": dt.date(2026, 7, 1), "ends_on": dt.date(2100, 1, 1)}
    Placement.objects.update(state=PlacementState.IN_POST, **term)
    scene.first.refresh_from_db()
    return scene


def recorded(scene, values, *, by=None, version=None) -> Placement:
    return record_formalities(scene.first, values, version=version, by=by or scene.owner, on=ON, at=AT)


def url(scene) -> str:
    return reverse("placements:formalities_record", args=[scene.first.pk])


def detail(scene) -> str:
    return reverse("placements:placement_detail", args=[scene.first.pk])


class TestParts:
    def test_each_party_has_its_own(self, scene) -> None:
        assert formalities_of(scene.home_clerk, scene.first) == (*PARTY_OUT, *PARTY_BACK)
        assert formalities_of(scene.host_clerk, scene.first) == PARTY_IN
        assert formalities_of(scene.owner, scene.first) == (
            *PARTY_OUT,
            *PARTY_IN,
            *PARTY_BACK,
            *APPOINTMENT,
        )
        for user in (
            scene.secondee,
            make_user(Role.LEADER, scene.root),
            make_user(Role.HOST_UNIT, scene.home),
        ):
            assert formalities_of(user, scene.first) == ()

    def test_the_owner_writes_all_of_it_with_one_event(self, scene) -> None:
        row = recorded(scene, EVERYTHING, version=scene.first.version)
        row.refresh_from_db()
        assert {name: getattr(row, name) for name in EVERYTHING} == EVERYTHING
        assert row.version == scene.first.version + 1
        event = AuditEvent.objects.get(action="placement.record_formalities")
        assert event.details == {"changed": sorted(set(EVERYTHING) - {"lapses_at_end"})}
        recorded(scene, EVERYTHING)
        assert AuditEvent.objects.filter(action="placement.record_formalities").count() == 1

    def test_nobody_writes_the_part_of_another(self, scene) -> None:
        for by, name in (
            (scene.home_clerk, "party_in_on"),
            (scene.host_clerk, "party_out_on"),
            (scene.home_clerk, "appointment_on"),
            (scene.secondee, "party_back_on"),
        ):
            with pytest.raises(NotAllowedError):
                recorded(scene, {name: ON}, by=by)
        assert recorded(scene, {"party_in_on": IN}, by=scene.host_clerk).party_in_on == IN

    @pytest.mark.parametrize("state", [PlacementState.DECIDED, PlacementState.CANCELLED])
    def test_not_before_the_notice_and_not_of_a_cancelled_one(self, scene, state) -> None:
        Placement.objects.update(state=state)
        with pytest.raises(WrongStateError):
            recorded(scene, {"party_out_on": OUT})

    @pytest.mark.parametrize("state", [PlacementState.APPOINTED, PlacementState.ENDED])
    def test_from_the_notice_on_and_after_the_end(self, scene, state) -> None:
        Placement.objects.update(state=state)
        assert recorded(scene, {"party_out_on": OUT}).party_out_on == OUT

    def test_a_page_left_open_too_long_changes_nothing(self, scene) -> None:
        with pytest.raises(StaleObjectError):
            recorded(scene, {"party_out_on": OUT}, version=99)


class TestDays:
    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("party_out_on", "party_in_on"),
            ("party_out_on", "party_back_on"),
            ("party_in_on", "party_back_on"),
            ("appointment_on", "removal_on"),
        ],
    )
    def test_they_run_forwards_the_same_day_is_fine(self, earlier, later) -> None:
        for days, is_fault in ((-1, True), (0, False), (1, False)):
            found = [name for name, _why in faults_of({earlier: OUT, later: OUT + days * DAY}, ON)]
            assert found == ([later] if is_fault else [])
        assert list(faults_of({earlier: None, later: OUT}, ON)) == []
        assert list(faults_of({earlier: OUT, later: None}, ON)) == []

    def test_none_is_after_today(self) -> None:
        assert list(faults_of({"party_out_on": ON}, ON)) == []
        assert list(faults_of({"party_out_on": ON + DAY}, ON)) == [("party_out_on", "日期晚于今天")]

    @pytest.mark.parametrize("removal", [{"removal_number": "9号"}, {"removal_on": ON}])
    def test_what_lapses_at_the_end_needs_no_removal(self, removal) -> None:
        assert list(faults_of({"lapses_at_end": False, **removal}, ON)) == []
        assert [name for name, _why in faults_of({"lapses_at_end": True, **removal}, ON)] == ["lapses_at_end"]
        assert list(faults_of({"lapses_at_end": True}, ON)) == []

    def test_a_refusal_names_the_field_and_what_another_party_wrote(self, scene) -> None:
        recorded(scene, {"party_out_on": IN}, by=scene.home_clerk)
        with pytest.raises(FormalityError) as refused:
            recorded(scene, {"party_in_on": OUT}, by=scene.host_clerk)
        assert str(refused.value) == "组织关系转入日期：组织关系转入日期早于转出日期。请核对。"


class TestPages:
    def test_the_form_of_each_party(self, scene, signed_in) -> None:
        fields = {
            user: set(signed_in(user).get(url(scene)).context["form"].fields) - {"version"}
            for user in (scene.home_clerk, scene.host_clerk, scene.owner)
        }
        assert fields[scene.home_clerk] == {"party_out_on", "party_out_number", "party_back_on"}
        assert fields[scene.host_clerk] == {"party_branch", "party_in_on"}
        assert fields[scene.owner] == set(EVERYTHING)
        assert signed_in(scene.secondee).get(url(scene)).status_code == 403
        assert signed_in(make_user(Role.HOME_UNIT)).get(url(scene)).status_code == 404

    def test_written_from_the_page_and_shown_there(self, scene, signed_in) -> None:
        data = {name: value for name, value in EVERYTHING.items() if value} | {"version": scene.first.version}
        answer = signed_in(scene.owner).post(url(scene), data, follow=True)
        assert answer.redirect_chain == [(detail(scene), 302)]
        text = text_of(signed_in(scene.secondee).get(detail(scene)))
        for words in (
            "2026-07-03 介字001",
            "示例村党支部",
            "2026-07-10",
            "人大决定 示人决〔2026〕5号 2026-07-03",
            "示人决〔2026〕9号 2026-11-20",
        ):
            assert words in text
        assert "登记了组织关系和任免手续" in text

    def test_a_refused_day_keeps_what_was_typed(self, scene, signed_in) -> None:
        data = {"party_branch": "示例支部", "party_in_on": "2099-01-01", "version": scene.first.version}
        answer = signed_in(scene.host_clerk).post(url(scene), data)
        assert "日期晚于今天" in text_of(answer)
        assert "示例支部" in answer.content.decode()

    def test_only_who_has_a_part_is_led_to_the_form(self, scene, signed_in) -> None:
        for user, is_led in ((scene.home_clerk, True), (scene.host_clerk, True), (scene.secondee, False)):
            assert (url(scene) in signed_in(user).get(detail(scene)).content.decode()) == is_led
        Placement.objects.update(state=PlacementState.DECIDED)
        assert url(scene) not in signed_in(scene.owner).get(detail(scene)).content.decode()

    def test_the_list_has_them_as_columns_that_are_hidden_at_first(self, scene, signed_in) -> None:
        recorded(scene, {**EVERYTHING, "removal_number": "", "removal_on": None, "lapses_at_end": True})
        client = signed_in(scene.owner)
        listed = reverse("placements:placement_list")
        assert "人大决定" not in client.get(listed).content.decode()
        shown = "party_out_on,party_in_on,party_back_on,appointment,removal"
        client.cookies[f"columns-{scene.owner.pk}-placements"] = shown
        text = text_of(client.get(listed))
        for words in (
            "2026-07-03",
            "2026-07-10",
            "2026-11-20",
            "人大决定 示人决〔2026〕5号 2026-07-03",
            "期满自然免除",
        ):
            assert words in text


class TestFiles:
    def exported(self) -> bytes:
        rows = Placement.objects.select_related(
            "person", "post", "home_unit__parent", "host_unit__parent", "programme_version__programme"
        )
        return placements_workbook(rows.filter(origin=Origin.RECORDED), lambda _path: True)

    def read(self, scene, content: bytes, name: str = "a.xlsx"):
        return read_placements(content, file=name, user=scene.owner, on=ON)

    def test_out_and_in_again_changes_nothing_and_a_changed_cell_changes_that(self, scene) -> None:
        Placement.objects.filter(pk=scene.first.pk).update(
            origin=Origin.RECORDED, state=PlacementState.IN_POST
        )
        recorded(scene, EVERYTHING)
        content = self.exported()
        head, row = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        cells = dict(zip(head, row, strict=True))
        assert cells["组织关系转出日期"] == "2026-07-03"
        assert (cells["任命方式"], cells["期满自然免除"]) == ("人大决定", "否")
        plan = self.read(scene, content)
        assert (len(plan.lines), plan.to_write, plan.refused) == (1, [], [])
        text = io.StringIO()
        cells |= {"任命方式": "政府任命", "组织关系转回日期": "2026-11-21"}
        csv.writer(text).writerows([list(cells), list(cells.values())])
        plan = self.read(scene, text.getvalue().encode(), "a.csv")
        (line,) = plan.to_write
        assert [(one.label, one.old, one.new) for one in line.differences] == [
            ("组织关系转回日期", "2026-11-20", "2026-11-21"),
            ("任命方式", "人大决定", "政府任命"),
        ]
        import_placements(plan, by=scene.owner, at=AT)
        row = Placement.objects.get(pk=scene.first.pk)
        assert (row.appointment_kind, row.party_back_on) == ("government", dt.date(2026, 11, 21))

    @pytest.mark.parametrize(
        ("cells", "field", "found"),
        [
            (
                {"组织关系转出日期": "2026-07-03", "组织关系转入日期": "2026-07-02"},
                "组织关系转入日期",
                "早于转出",
            ),
            ({"任命日期": "2099-01-01"}, "任命日期", "日期晚于今天"),
            ({"免职文号": "9号", "期满自然免除": "是"}, "期满自然免除", "不填免职"),
            ({"任命方式": "选举"}, "任命方式", "选举"),
        ],
    )
    def test_a_row_that_cannot_be_so_is_refused_by_its_cell(self, scene, cells, field, found) -> None:
        make_unit("示例镇", scene.root)
        programme = scene.campaign.programme_version.programme.name
        row = {
            "姓名": "王示例",
            "派出单位": "示例厅",
            "接收单位": "示例镇",
            "挂任职务": "副镇长",
            "挂职项目": programme,
            "起": "2026-07-01",
            "止": "2028-06-30",
            **cells,
        }
        text = io.StringIO()
        csv.writer(text).writerows([list(row), list(row.values())])
        (fault,) = self.read(scene, text.getvalue().encode(), "a.csv").refused
        assert fault.field == field
        assert found in fault.found
