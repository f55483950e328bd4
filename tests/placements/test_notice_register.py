"""No number of a notice is lost without a word: previewed before it is given, void or corrected with a reason after."""

import datetime as dt
import io
import re

import pytest
from django.urls import reverse
from docx import Document
from tests.makers import AT, make_campaign, make_person, make_placement, make_post, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.common.errors import NotAllowedError
from secondment.documents.choices import PaperState
from secondment.documents.models import DocumentNumber, Paper
from secondment.documents.official.words import printable
from secondment.documents.papers.queries import current, versions
from secondment.documents.papers.services import Scan, file_paper
from secondment.documents.services import coming_numbers, next_number
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.placements import services
from secondment.placements.choices import NoticeState, PlacementState
from secondment.placements.models import AppointmentNotice, Placement
from secondment.placements.notice_lists import NUMBER_ORDER
from secondment.placements.papers import NOTICE
from secondment.placements.queries import last_series
from secondment.placements.services.errors import (
    ArrivedError,
    ReasonMissingError,
    ReportDateError,
    SeriesError,
    WrongStateError,
)

ON = dt.date(2026, 11, 23)
LATER = dt.date(2026, 11, 25)
ISSUE = services.Issue("示组挂", dt.date(2026, 12, 8))
JOINT = services.Issue("示组挂", dt.date(2026, 12, 8), "市财政局", is_joint=True, copies_above=True)


def url(name: str, pk: int) -> str:
    return reverse(f"placements:{name}", args=[pk])


def issue(scene, how=ISSUE) -> list[AppointmentNotice]:
    services.issue_notices(scene.campaign, how, by=scene.owner, on=ON, at=AT)
    return list(AppointmentNotice.objects.order_by("number"))


def withdraw(scene, notice, reason="姓名有误") -> AppointmentNotice:
    return services.withdraw_notice(notice, reason=reason, by=scene.owner, on=LATER, at=AT)


def correct(scene, notice, reason="职务名称有误。", **changes) -> AppointmentNotice:
    values = {"report_by": dt.date(2026, 12, 10), "copies": "市财政局"} | changes
    return services.correct_notice(notice, reason=reason, by=scene.owner, on=LATER, at=AT, **values)


def texts_of(notice: AppointmentNotice) -> list[str]:
    with notice.file.content.open("rb") as file:
        return [one.text for one in Document(io.BytesIO(file.read())).paragraphs if one.text]


class TestNumbersToCome:
    @pytest.mark.django_db
    def test_none_is_taken(self) -> None:
        assert coming_numbers("示组挂", 3, on=ON) == ("示组挂〔2026〕1号", "示组挂〔2026〕3号")
        assert not DocumentNumber.objects.exists()
        next_number("示组挂", on=ON)
        assert coming_numbers("示组挂", 1, on=ON) == ("示组挂〔2026〕2号", "示组挂〔2026〕2号")
        assert coming_numbers("示组挂", 1, on=dt.date(2027, 1, 4))[0] == "示组挂〔2027〕1号"
        assert next_number("示组挂", on=ON) == "示组挂〔2026〕2号"


class TestPreview:
    def test_nothing_is_numbered_before_it_is_confirmed(self, scene, signed_in) -> None:
        client, address = signed_in(scene.owner), url("notices_issue", scene.campaign.pk)
        data = {"series": "示组挂", "report_by": "2028-01-01", "way": "single"}
        page = text_of(client.post(address, data))
        assert re.search(r"2 人，2 份通知，文号 示组挂〔\d{4}〕1号 至 示组挂〔\d{4}〕2号。", page)
        for text in ("关于李示例同志挂职的通知", "到示例村挂任驻村工作队员", "确认编号并印发 2 份", "张示例"):
            assert text in page
        assert not DocumentNumber.objects.exists()
        assert not AppointmentNotice.objects.exists()

    def test_a_joint_notice_is_one_number(self, scene, signed_in) -> None:
        client, address = signed_in(scene.owner), url("notices_issue", scene.campaign.pk)
        page = text_of(client.post(address, {"series": "示组挂", "report_by": "2028-01-01", "way": "joint"}))
        assert "2 人，1 份通知，文号 示组挂〔" in page
        assert "关于做好第一批选派工作的通知" in page
        assert "附件：第一批选派人员名单" in page

    def test_what_was_typed_goes_along_and_back(self, scene, signed_in) -> None:
        client, address = signed_in(scene.owner), url("notices_issue", scene.campaign.pk)
        data = {"series": "示组挂", "report_by": "2028-01-01", "way": "single", "copies": "市财政局"}
        page = client.post(address, data).content.decode()
        assert '<input type="hidden" name="copies" value="市财政局"' in page
        back = client.post(address, data | {"edit": "1"})
        assert back.context["form"]["copies"].value() == "市财政局"
        assert not AppointmentNotice.objects.exists()

    def test_one_person_is_shown_too(self, scene, signed_in) -> None:
        client, address = signed_in(scene.owner), url("notice_issue", scene.first.pk)
        data = {"series": "示组挂", "report_by": "2028-01-01", "copies_above": "on"}
        assert "1 人，1 份通知，文号 示组挂〔" in text_of(client.post(address, data))
        assert client.post(address, data | {"edit": "1"}).context["form"].is_bound
        scene.first.refresh_from_db()
        assert scene.first.state == PlacementState.DECIDED

    def test_what_is_refused_is_refused_before_the_preview(self, scene, signed_in) -> None:
        for address in (url("notices_issue", scene.campaign.pk), url("notice_issue", scene.first.pk)):
            data = {"series": "示组挂", "report_by": "2020-01-01", "way": "single"}
            form = signed_in(scene.owner).post(address, data).context["form"]
            assert "报到期限应在" in form.errors["__all__"][0]

    def test_nobody_waiting_has_no_preview(self, scene, signed_in) -> None:
        issue(scene)
        data = {"series": "示组挂", "report_by": "2028-01-01", "way": "single"}
        page = text_of(signed_in(scene.owner).post(url("notices_issue", scene.campaign.pk), data))
        assert "没有待印发挂职通知的人员" in page


class TestRegister:
    def test_every_number_is_entered(self, scene) -> None:
        first, second = issue(scene)
        assert (first.number, first.subject, first.version) == ("示组挂〔2026〕1号", "李示例", 1)
        assert (second.state, second.issued_by, second.issued_on) == (NoticeState.IN_FORCE, scene.owner, ON)
        assert list(second.placements.all()) == [scene.first]
        assert second.file.name == "关于张示例同志挂职的通知.docx"

    def test_a_joint_number_is_one_entry(self, scene) -> None:
        (notice,) = issue(scene, JOINT)
        assert (notice.subject, notice.placements.count()) == ("李示例等2人", 2)
        assert (notice.copies, notice.copies_above) == ("市财政局", True)

    def test_the_list_is_searched_and_exported(self, scene, signed_in) -> None:
        issue(scene)
        client, address = signed_in(scene.owner), reverse("placements:notice_list")

        def numbers(**query) -> list[str]:
            page = client.get(address, query)
            return [row.item.subject for row in page.context["listing"].rows()]

        assert numbers() == ["张示例", "李示例"]
        assert numbers(text="张示") == ["张示例"]
        assert numbers(text="1号") == ["李示例"]
        assert numbers(state="withdrawn") == []
        assert numbers(campaign=scene.campaign.pk + 1) == []
        assert client.get(address, {"export": "xlsx"}).status_code == 200
        assert AuditEvent.objects.filter(action="placements.export_notices").count() == 1
        assert [*signed_in(scene.home_clerk).get(address).context["listing"].rows()] == []

    def test_the_page_names_people_versions_and_the_file(self, scene, signed_in) -> None:
        (notice,) = issue(scene, JOINT)
        corrected = correct(scene, notice)
        client = signed_in(scene.owner)
        page = text_of(client.get(url("notice_detail", corrected.pk)))
        for text in ("张示例", "李示例", "第 1 版，2026-11-23 印发", "已更正", "职务名称有误"):
            assert text in page
        assert client.get(url("notice_file", notice.pk)).content.startswith(b"PK")
        leader = make_user(Role.LEADER, scene.root)
        assert (
            "作废"
            not in signed_in(leader)
            .get(url("notice_detail", notice.pk))
            .content.decode()
            .split("</h1>")[1]
            .split('class="page-actions"')[-1]
            .split("</div>")[0]
        )
        assert signed_in(scene.host_clerk).get(url("notice_detail", notice.pk)).status_code == 404


class TestWithdrawing:
    def test_the_number_stays_and_people_wait_again(self, scene) -> None:
        first, second = issue(scene)
        assert Placement.objects.get(pk=scene.first.pk).campaign.state == CampaignState.DISPATCHED
        withdraw(scene, second)
        second.refresh_from_db()
        assert (second.state, second.reason, second.changed_on) == (NoticeState.WITHDRAWN, "姓名有误", LATER)
        scene.first.refresh_from_db()
        assert (scene.first.state, scene.first.notice_number) == (PlacementState.DECIDED, "")
        assert (scene.first.notice_file, scene.first.notice_on, scene.first.report_by) == (None, None, None)
        assert second.file.name == "关于张示例同志挂职的通知.docx"
        scene.campaign.refresh_from_db()
        assert scene.campaign.state == CampaignState.DECIDED
        owed = Obligation.objects.filter(subject_id=scene.first.pk, kind__startswith="placement.")
        assert not owed.filter(state=ObligationState.OPEN).exists()
        first.refresh_from_db()
        assert first.state == NoticeState.IN_FORCE
        told = [one.title for one in Notice.objects.filter(recipient=scene.secondee)]
        assert "挂职通知示组挂〔2026〕2号作废" in told
        assert AuditEvent.objects.filter(action="notice.withdraw").count() == 1

    def test_the_next_notice_has_a_new_number(self, scene) -> None:
        withdraw(scene, issue(scene)[1])
        services.issue_notices(scene.campaign, ISSUE, by=scene.owner, on=LATER, at=AT)
        scene.first.refresh_from_db()
        assert scene.first.notice_number == "示组挂〔2026〕3号"
        scene.campaign.refresh_from_db()
        assert scene.campaign.state == CampaignState.DISPATCHED
        assert AppointmentNotice.objects.count() == 3

    def test_whoever_has_arrived_keeps_it(self, scene) -> None:
        (notice,) = issue(scene, JOINT)
        Placement.objects.filter(pk=scene.first.pk).update(state=PlacementState.IN_POST)
        with pytest.raises(ArrivedError, match="张示例"):
            withdraw(scene, notice)

    def test_refusals(self, scene) -> None:
        notice = issue(scene)[0]
        with pytest.raises(ReasonMissingError):
            withdraw(scene, notice, " ")
        with pytest.raises(NotAllowedError):
            services.withdraw_notice(notice, reason="x", by=scene.host_clerk, on=ON, at=AT)
        withdraw(scene, notice)
        with pytest.raises(WrongStateError, match="作废"):
            withdraw(scene, notice)

    def test_of_a_single_placement(self, scene) -> None:
        Placement.objects.filter(pk=scene.first.pk).update(campaign=None)
        scene.first.refresh_from_db()
        services.issue_notice(scene.first, ISSUE, by=scene.owner, on=ON, at=AT)
        withdraw(scene, AppointmentNotice.objects.get())
        scene.first.refresh_from_db()
        assert scene.first.state == PlacementState.DECIDED

    def test_a_campaign_not_yet_dispatched_stays(self, scene) -> None:
        services.issue_notice(scene.first, ISSUE, by=scene.owner, on=ON, at=AT)
        withdraw(scene, AppointmentNotice.objects.get())
        scene.campaign.refresh_from_db()
        assert scene.campaign.state == CampaignState.DECIDED
        assert not AuditEvent.objects.filter(action="campaign.recall_dispatch").exists()

    def test_cancelling_marks_a_number_that_is_about_nobody_else(self, scene) -> None:
        first, second = issue(scene)
        services.cancel_placement(scene.first, reason="另有任用", by=scene.owner, on=LATER, at=AT)
        second.refresh_from_db()
        assert (second.state, second.reason) == (NoticeState.WITHDRAWN, "取消挂职：另有任用")
        first.refresh_from_db()
        assert first.state == NoticeState.IN_FORCE

    def test_a_joint_number_stays_while_somebody_goes(self, scene) -> None:
        (notice,) = issue(scene, JOINT)
        services.cancel_placement(scene.first, reason="另有任用", by=scene.owner, on=LATER, at=AT)
        notice.refresh_from_db()
        assert notice.state == NoticeState.IN_FORCE
        services.cancel_placement(scene.second, reason="任务取消", by=scene.owner, on=LATER, at=AT)
        notice.refresh_from_db()
        assert notice.state == NoticeState.WITHDRAWN

    def test_from_the_page(self, scene, signed_in) -> None:
        notice = issue(scene)[0]
        client, address = signed_in(scene.owner), url("notice_withdraw", notice.pk)
        assert "重新印发" in text_of(client.get(address))
        assert client.post(address, {"reason": ""}).context["form"].errors
        assert client.post(address, {"reason": "姓名有误"}).status_code == 302
        assert "不能再作废或更正" in text_of(client.post(address, {"reason": "又"}))


class TestCorrecting:
    def test_the_number_stays_and_the_letter_says_what_it_replaces(self, scene) -> None:
        notice = issue(scene)[1]
        scene.first.post.title = "驻村第一书记兼工作队队长"
        scene.first.post.save()
        corrected = correct(scene, notice)
        notice.refresh_from_db()
        assert (notice.state, notice.reason, notice.version) == (NoticeState.CORRECTED, "职务名称有误。", 1)
        assert (corrected.number, corrected.version, corrected.state) == (
            "示组挂〔2026〕2号",
            2,
            NoticeState.IN_FORCE,
        )
        texts = texts_of(corrected)
        assert "关于张示例同志挂职的通知（更正）" in texts
        assert "本通知为更正件，2026年11月23日印发的同号通知停止使用。更正事由：职务名称有误。" in texts
        assert any("驻村第一书记兼工作队队长" in text for text in texts)
        assert not any("兼工作队队长" in text for text in texts_of(notice))
        scene.first.refresh_from_db()
        assert (scene.first.notice_file, scene.first.report_by) == (corrected.file, dt.date(2026, 12, 10))
        assert scene.first.state == PlacementState.APPOINTED
        assert DocumentNumber.objects.get().last == 2

    def test_a_joint_notice_leaves_out_who_was_cancelled(self, scene) -> None:
        for name in ("王示例", "赵示例"):
            make_placement(
                scene.campaign,
                make_person(scene.home, name=name),
                make_post(scene.host),
                starts_on=scene.campaign.starts_on,
                ends_on=scene.campaign.ends_on,
            )
        (notice,) = issue(scene, JOINT)
        services.cancel_placement(scene.first, reason="另有任用", by=scene.owner, on=LATER, at=AT)
        corrected = correct(scene, notice)
        assert corrected.placements.count() == 3
        assert any("等3名同志挂职" in text for text in texts_of(corrected))

    def test_who_is_in_post_owes_no_receipt_again(self, scene) -> None:
        notice = issue(scene)[1]
        Placement.objects.filter(pk=scene.first.pk).update(state=PlacementState.IN_POST)
        n_owed = Obligation.objects.count()
        correct(scene, notice)
        assert Obligation.objects.count() == n_owed

    def test_refusals(self, scene) -> None:
        notice = issue(scene)[0]
        with pytest.raises(ReportDateError):
            correct(scene, notice, report_by=dt.date(2026, 11, 30))
        with pytest.raises(ReasonMissingError):
            correct(scene, notice, reason="")
        Placement.objects.update(state=PlacementState.CANCELLED)
        with pytest.raises(WrongStateError, match="不能更正"):
            correct(scene, notice)

    def test_a_past_day_to_report_by_may_stay(self, scene) -> None:
        notice = issue(scene)[0]
        made = services.correct_notice(
            notice,
            report_by=dt.date(2026, 12, 1),
            copies="",
            reason="x",
            by=scene.owner,
            on=dt.date(2027, 1, 5),
            at=AT,
        )
        days = made.placements.values_list("report_by", flat=True)
        assert set(days) == {dt.date(2026, 12, 1)}
        assert made.pk != notice.pk

    def test_from_the_page(self, scene, signed_in) -> None:
        notice = issue(scene)[0]
        client, address = signed_in(scene.owner), url("notice_correct", notice.pk)
        assert client.get(address).context["form"].initial["report_by"] == dt.date(2026, 12, 8)
        data = {"report_by": "2026-12-09", "reason": "名称有误"}
        response = client.post(address, data)
        newest = AppointmentNotice.objects.latest("pk")
        assert response.headers["Location"] == url("notice_detail", newest.pk)
        leader = make_user(Role.LEADER, scene.root)
        assert signed_in(leader).post(address, data).status_code == 403


def test_a_notice_of_another_department_is_nobodys_business(scene, signed_in) -> None:
    other = make_campaign()
    placement = make_placement(other, make_person(), make_post())
    notice = AppointmentNotice.objects.create(
        owner_unit=other.owner_unit, number="甲〔2026〕1号", subject="某人", issued_on=ON
    )
    notice.placements.set([placement])
    client = signed_in(scene.owner)
    for name in ("notice_detail", "notice_withdraw", "notice_correct", "notice_file"):
        assert client.get(url(name, notice.pk)).status_code == 404


class TestAfterWithdrawing:
    def test_the_scan_of_a_void_number_is_not_asked_for(self, scene) -> None:
        first = issue(scene)[0]
        placement = first.placements.get()
        withdraw(scene, first)
        subjects = Paper.objects.filter(is_current=True).values_list("subject", flat=True)
        assert not [one for one in subjects if first.number in one]
        services.issue_notices(scene.campaign, ISSUE, by=scene.owner, on=LATER, at=AT)
        paper = Paper.objects.get(object_id=placement.pk, is_current=True)
        assert paper.subject.endswith("示组挂〔2026〕3号")

    def test_a_scan_that_was_filed_stays_as_an_earlier_version(self, scene) -> None:
        first = issue(scene)[0]
        placement = first.placements.get()
        Paper.objects.filter(object_id=placement.pk).update(place="一号柜")
        withdraw(scene, first)
        assert list(Paper.objects.filter(object_id=placement.pk).values_list("place", "is_current")) == [
            ("一号柜", False)
        ]

    def test_cancelling_the_last_one_asks_for_no_scan(self, scene) -> None:
        placement = issue(scene)[0].placements.get()
        services.cancel_placement(placement, reason="另有任用", by=scene.owner, on=ON, at=AT)
        assert not Paper.objects.filter(object_id=placement.pk).exists()


class TestWhatWordHolds:
    def test_control_characters_are_left_out(self, scene) -> None:
        first = issue(scene)[0]
        corrected = correct(scene, first, reason="职务\x0b有误", copies="市\x0b局")
        assert any("更正事由：职务有误。" in one for one in texts_of(corrected))
        with corrected.file.content.open("rb") as file:
            tables = Document(io.BytesIO(file.read())).tables
        assert tables[-1].rows[0].cells[0].text == "抄送：市局。"

    def test_line_breaks_stay(self) -> None:
        assert printable("一\n二\x00\x0b\t\r\ud83d\ufffe三") == "一\n二三"


class TestSeries:
    @pytest.mark.parametrize(
        ("number", "offered"),
        [
            ("", ""),
            ("示组挂〔2025〕7号", "示组挂"),
            ("示组（挂）〔2025〕7号", ""),
            ("示组挂[2025]7号", ""),
            ("2025-7", ""),
        ],
    )
    def test_only_what_is_taken_again_is_offered_again(self, scene, number, offered) -> None:
        Placement.objects.update(notice_number="")
        Placement.objects.filter(pk=Placement.objects.first().pk).update(notice_number=number, notice_on=ON)
        assert last_series(scene.campaign.owner_unit) == offered

    @pytest.mark.parametrize("series", ["示组挂〔2026〕1号", "示组挂2026", "示组（挂）", "示组挂号", " "])
    def test_year_and_number_are_not_typed(self, scene, series) -> None:
        with pytest.raises(SeriesError, match="文号字只填机关代字") as refused:
            issue(scene, services.Issue(series, ISSUE.report_by))
        assert refused.value.field == "series"
        assert not DocumentNumber.objects.exists()

    def test_the_fault_stands_at_the_field(self, scene, signed_in) -> None:
        sent = {"series": "示组挂〔2026〕1号", "report_by": "2028-01-01", "way": "single"}
        page = signed_in(scene.owner).post(url("notices_issue", scene.campaign.pk), sent)
        assert list(page.context["form"].errors) == ["series"]

    def test_numbers_are_sorted_as_numbers(self, scene, signed_in) -> None:
        first, second = issue(scene)
        AppointmentNotice.objects.filter(pk=first.pk).update(number="示组挂〔2026〕10号")
        AppointmentNotice.objects.filter(pk=second.pk).update(number="示组挂〔2026〕9号")
        rows = AppointmentNotice.objects.order_by(*NUMBER_ORDER).values_list("number", flat=True)
        assert list(rows) == ["示组挂〔2026〕9号", "示组挂〔2026〕10号"]
        page = text_of(signed_in(scene.owner).get(reverse("placements:notice_list")))
        assert page.index("〕10号") < page.index("〕9号")


class TestSealOfACorrection:
    def file(self, scene, placement) -> Paper:
        paper = current(NOTICE, placement.pk)
        scan = Scan("盖章.pdf", b"%PDF-1.7", "application/pdf")
        return file_paper(
            NOTICE, placement, scan=scan, place="1柜", replaces=paper.pk, by=scene.owner, on=ON, at=AT
        )

    def test_it_waits_for_its_own_and_the_old_scan_is_history(self, scene, signed_in) -> None:
        notice = issue(scene)[1]
        scene.first.refresh_from_db()
        old = self.file(scene, scene.first)
        correct(scene, notice)
        now = current(NOTICE, scene.first.pk)
        assert (now.state, now.issued_on, now.scan, now.place) == (PaperState.WAITING, LATER, None, "")
        assert [one.pk for one in versions(NOTICE, scene.first.pk)][:2] == [now.pk, old.pk]
        client = signed_in(scene.owner)
        page = client.get(reverse("documents:paper_list"), {"state": "waiting"})
        waiting = [row.item.object_id for row in page.context["listing"].rows() if row.item.form == "F4"]
        assert scene.first.pk in waiting
        page = text_of(client.get(reverse("documents:paper", args=["F4", scene.first.pk])))
        assert "2026-11-25" in page
        scan = reverse("documents:paper_scan", args=["F4", scene.first.pk, old.pk])
        assert client.get(scan).content == b"%PDF-1.7"

    def test_a_joint_one_that_was_never_filed_waits_once(self, scene) -> None:
        (notice,) = issue(scene, JOINT)
        correct(scene, notice)
        assert [(one.state, one.issued_on) for one in Paper.objects.filter(form="F4")] == [
            (PaperState.WAITING, LATER)
        ]
