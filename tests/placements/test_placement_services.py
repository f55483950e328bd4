"""Creation, notices, arrival and cancelling."""

import datetime as dt
import io

import pytest
from docx import Document
from tests.makers import AT, ON, make_campaign, make_person, make_placement, make_post, make_user

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.documents.models import StoredFile
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.placements import services
from secondment.placements.choices import PlacementState
from secondment.placements.letters import LetterFacts, joint_letter, notice_letter
from secondment.placements.models import Placement

ISSUE = services.Issue("示组挂", dt.date(2026, 12, 8), "示例县委组织部")
REPORTED = dt.date(2026, 12, 7)
LATER = dt.date(2026, 12, 10)


def owed(placement: Placement) -> dict[str, tuple[str, dt.date]]:
    rows = Obligation.objects.filter(
        subject_type="placements.placement", subject_id=str(placement.pk), state=ObligationState.OPEN
    )
    return {row.kind: (row.role, row.due_on) for row in rows}


def titles_to(account) -> list[str]:
    return list(Notice.objects.filter(recipient=account).values_list("title", flat=True))


def appointed(scene) -> Placement:
    return services.issue_notice(scene.first, ISSUE, by=scene.owner, on=ON, at=AT)


def issue_for(scene, report_by, on=ON) -> Placement:
    issue = services.Issue("示组挂", report_by)
    return services.issue_notice(scene.first, issue, by=scene.owner, on=on, at=AT)


def in_post(scene, **facts) -> Placement:
    arrival = services.Arrival(REPORTED, **facts)
    return services.record_arrival(appointed(scene), arrival, by=scene.host_clerk, on=LATER, at=AT)


class TestCreation:
    def new(self, person, post) -> services.NewPlacement:
        return services.NewPlacement(person, post, person.unit)

    def create(self, campaign, rows, by):
        return services.create_placements(campaign, rows, decision_number="示组〔2026〕9号", by=by, at=AT)

    def test_placement_takes_the_term_of_the_campaign(self, scene) -> None:
        person, post = make_person(scene.home), make_post(scene.host)
        (made,) = self.create(scene.campaign, [self.new(person, post)], scene.owner)
        made.refresh_from_db()
        assert (made.starts_on, made.ends_on) == (scene.campaign.starts_on, scene.campaign.ends_on)
        assert (made.home_unit, made.host_unit) == (scene.home, scene.host)
        assert made.state == PlacementState.DECIDED
        assert made.decision_number == "示组〔2026〕9号"
        assert AuditEvent.objects.get(action="campaign.create_placements").details["n"] == 1

    def test_overlap_refuses_everyone(self, scene) -> None:
        rows = [self.new(make_person(), scene.first.post), self.new(scene.first.person, scene.first.post)]
        with pytest.raises(services.OverlapError, match="张示例（驻村第一书记，2026-12-01至2028-11-30）"):
            self.create(scene.campaign, rows, scene.owner)
        assert Placement.objects.count() == 2

    def test_overlap_names_at_most_five(self, scene) -> None:
        people = [make_person(scene.home, name=f"人{n}") for n in range(7)]
        for person in people:
            make_placement(scene.campaign, person, scene.first.post, starts_on=dt.date(2028, 1, 1))
        with pytest.raises(services.OverlapError, match="等。") as caught:
            self.create(scene.campaign, [self.new(one, scene.first.post) for one in people], scene.owner)
        assert str(caught.value).count("驻村第一书记") == 5

    @pytest.mark.parametrize(
        ("starts_on", "ends_on"),
        [(dt.date(2025, 1, 1), dt.date(2026, 12, 1)), (dt.date(2028, 12, 1), dt.date(2030, 1, 1))],
    )
    def test_terms_that_touch_do_not_overlap(self, scene, starts_on, ends_on) -> None:
        person = make_person(scene.home)
        make_placement(scene.campaign, person, scene.first.post, starts_on=starts_on, ends_on=ends_on)
        assert len(self.create(scene.campaign, [self.new(person, scene.first.post)], scene.owner)) == 1

    @pytest.mark.parametrize("state", [PlacementState.CANCELLED, PlacementState.ENDED])
    def test_finished_placements_do_not_overlap(self, scene, state) -> None:
        Placement.objects.filter(pk=scene.first.pk).update(state=state)
        rows = [self.new(scene.first.person, scene.first.post)]
        assert len(self.create(scene.campaign, rows, scene.owner)) == 1

    def test_only_the_owner_creates(self, scene) -> None:
        with pytest.raises(NotAllowedError):
            self.create(scene.campaign, [], scene.host_clerk)


class TestNotices:
    def test_notice_has_number_file_obligations_and_messages(self, scene) -> None:
        placement = appointed(scene)
        placement.refresh_from_db()
        assert placement.state == PlacementState.APPOINTED
        assert placement.notice_number == "示组挂〔2026〕1号"
        assert (placement.notice_on, placement.report_by) == (ON, ISSUE.report_by)
        assert owed(placement) == {
            "placement.arrival_receipt": (Role.HOST_UNIT, dt.date(2026, 12, 15)),
            "placement.report_for_duty": (Role.SECONDEE, dt.date(2026, 12, 8)),
        }
        assert set(Notice.objects.values_list("recipient", "title")) == {
            (scene.home_clerk.pk, "你单位派出的 1 名挂职干部已印发挂职通知"),
            (scene.host_clerk.pk, "你单位接收的 1 名挂职干部已印发挂职通知"),
            (scene.secondee.pk, "挂职通知已印发：示例村 驻村第一书记"),
        }
        assert AuditEvent.objects.filter(action="placement.issue_notice").count() == 1
        assert placement.version == 2

    def test_single_notice_says_who_goes_where(self, scene) -> None:
        stored = appointed(scene).notice_file
        assert stored.name == "关于张示例同志挂职的通知.docx"
        with stored.content.open("rb") as file:
            texts = [one.text for one in Document(io.BytesIO(file.read())).paragraphs if one.text]
        assert texts == [
            "示例省委组织部文件",
            "示组挂〔2026〕1号",
            "关于张示例同志挂职的通知",
            "示例厅，示例村：",
            "经研究决定，选派示例厅一级主任科员张示例同志到示例村挂任驻村第一书记，挂职时间自2026年12月1日至2028年11月30日。",
            "挂职期间不改变与原单位的人事关系，党员组织关系按规定转接。",
            "请张示例同志于2026年12月8日前到接收单位报到。请接收单位明确分工、联系领导和带教导师，落实办公和住宿条件；请派出单位保留原职、做好后勤保障。",
            "特此通知。",
            "示例省委组织部",
            "2026年11月23日",
        ]

    def test_numbers_follow_one_another(self, scene) -> None:
        placements = services.issue_notices(scene.campaign, ISSUE, by=scene.owner, on=ON, at=AT)
        assert sorted(one.notice_number for one in placements) == ["示组挂〔2026〕1号", "示组挂〔2026〕2号"]
        assert StoredFile.objects.count() == 2

    def test_joint_notice_is_one_file_with_a_roster(self, scene) -> None:
        joint = services.Issue("示组挂", dt.date(2026, 12, 8), is_joint=True)
        placements = services.issue_notices(scene.campaign, joint, by=scene.owner, on=ON, at=AT)
        assert {one.notice_number for one in placements} == {"示组挂〔2026〕1号"}
        stored = StoredFile.objects.get()
        with stored.content.open("rb") as file:
            document = Document(io.BytesIO(file.read()))
        assert stored.name == "关于做好第一批选派工作的通知.docx"
        assert (
            "根据第一批选派工作安排，经研究决定，选派李示例等2名同志挂职（名单附后），挂职时间自2026年12月1日至2028年11月30日。"
            in [one.text for one in document.paragraphs]
        )
        assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
            ["序号", "姓名", "派出单位及职务", "挂任单位及职务", "挂职时间"],
            ["1", "李示例", "示例厅", "示例村驻村工作队员", "2026.12—2028.11"],
            ["2", "张示例", "示例厅一级主任科员", "示例村驻村第一书记", "2026.12—2028.11"],
        ]
        host_notices = Notice.objects.filter(recipient=scene.host_clerk)
        assert [one.title for one in host_notices] == ["你单位接收的 2 名挂职干部已印发挂职通知"]

    def test_last_notice_dispatches_the_campaign(self, scene) -> None:
        appointed(scene)
        scene.campaign.refresh_from_db()
        assert scene.campaign.state == CampaignState.DECIDED
        services.issue_notices(scene.campaign, ISSUE, by=scene.owner, on=ON, at=AT)
        scene.campaign.refresh_from_db()
        assert scene.campaign.state == CampaignState.DISPATCHED
        assert AuditEvent.objects.filter(action="campaign.dispatch_campaign").count() == 1

    def test_nobody_left_is_refused(self, scene) -> None:
        services.issue_notices(scene.campaign, ISSUE, by=scene.owner, on=ON, at=AT)
        with pytest.raises(services.NothingToIssueError):
            services.issue_notices(scene.campaign, ISSUE, by=scene.owner, on=ON, at=AT)

    def test_notice_is_issued_once(self, scene) -> None:
        appointed(scene)
        with pytest.raises(services.WrongStateError, match="张示例的挂职当前为“已派任”"):
            appointed(scene)

    @pytest.mark.parametrize("report_by", [dt.date(2026, 11, 30), dt.date(2028, 12, 1)])
    def test_day_to_report_lies_within_the_term(self, scene, report_by) -> None:
        with pytest.raises(services.ReportDateError, match="2026-12-01至2028-11-30"):
            issue_for(scene, report_by)

    @pytest.mark.parametrize("report_by", [dt.date(2026, 12, 1), dt.date(2028, 11, 30)])
    def test_first_and_last_day_of_the_term_are_days_to_report(self, scene, report_by) -> None:
        assert issue_for(scene, report_by).report_by == report_by

    def test_day_to_report_is_not_over_when_the_notice_goes_out(self, scene) -> None:
        with pytest.raises(services.ReportDateError, match="2026-12-10至2028-11-30"):
            issue_for(scene, dt.date(2026, 12, 9), on=LATER)
        assert issue_for(scene, LATER, on=LATER).report_by == LATER

    def test_person_still_in_another_placement_is_refused(self, scene) -> None:
        make_placement(
            make_campaign(scene.root),
            scene.first.person,
            make_post(scene.host),
            starts_on=dt.date(2025, 1, 1),
            ends_on=dt.date(2026, 12, 1),
            state=PlacementState.IN_POST,
        )
        with pytest.raises(services.AlreadyActiveError, match="张示例"):
            appointed(scene)

    def test_only_the_owner_issues(self, scene) -> None:
        with pytest.raises(NotAllowedError):
            services.issue_notice(scene.first, ISSUE, by=scene.host_clerk, on=ON, at=AT)


class TestArrival:
    def test_receipt_puts_the_person_in_post_and_leaves_duties_owed(self, scene) -> None:
        placement = in_post(scene, mentor="王示例")
        placement.refresh_from_db()
        assert placement.state == PlacementState.IN_POST
        assert (placement.reported_on, placement.mentor) == (REPORTED, "王示例")
        assert owed(placement) == {"placement.division_of_work": (Role.HOST_UNIT, dt.date(2026, 12, 17))}
        assert "张示例同志已到示例村报到" in titles_to(scene.home_clerk)
        changed = AuditEvent.objects.get(action="placement.record_arrival").details["changed"]
        assert changed == ["reported_on", "mentor"]

    def test_duties_meet_the_last_obligation_and_reach_the_secondee(self, scene) -> None:
        placement = in_post(scene)
        full = services.Arrival(REPORTED, duties="分管党建")
        services.record_arrival(placement, full, by=scene.host_clerk, on=LATER, at=AT)
        assert owed(placement) == {}
        told = Notice.objects.filter(recipient=scene.secondee, body="分管党建")
        assert [one.title for one in told] == ["示例村已明确你的分工"]
        services.record_arrival(placement, full, by=scene.host_clerk, on=LATER, at=AT)
        assert told.count() == 1

    def test_owner_may_record_for_the_host(self, scene) -> None:
        placement = appointed(scene)
        services.record_arrival(
            placement, services.Arrival(REPORTED), by=scene.owner, on=LATER, at=AT, version=placement.version
        )
        with pytest.raises(StaleObjectError):
            services.record_arrival(
                placement,
                services.Arrival(REPORTED),
                by=scene.owner,
                on=LATER,
                at=AT,
                version=placement.version,
            )

    @pytest.mark.parametrize(
        ("reported_on", "error"),
        [
            (dt.date(2026, 12, 11), services.FutureDateError),
            (dt.date(2026, 11, 30), services.ReportDateError),
        ],
    )
    def test_day_of_report_is_checked(self, scene, reported_on, error) -> None:
        placement = appointed(scene)
        with pytest.raises(error):
            services.record_arrival(
                placement, services.Arrival(reported_on), by=scene.host_clerk, on=LATER, at=AT
            )

    def test_report_after_the_end_is_refused(self, scene) -> None:
        placement = appointed(scene)
        late = dt.date(2028, 12, 1)
        with pytest.raises(services.ReportDateError):
            services.record_arrival(placement, services.Arrival(late), by=scene.host_clerk, on=late, at=AT)

    def test_before_the_notice_there_is_no_receipt(self, scene) -> None:
        with pytest.raises(services.WrongStateError):
            services.record_arrival(
                scene.first, services.Arrival(REPORTED), by=scene.host_clerk, on=LATER, at=AT
            )

    def test_strangers_record_nothing(self, scene) -> None:
        for user in (scene.home_clerk, scene.secondee, make_user(Role.HOST_UNIT)):
            with pytest.raises(NotAllowedError):
                services.record_arrival(scene.first, services.Arrival(REPORTED), by=user, on=LATER, at=AT)
            with pytest.raises(NotAllowedError):
                services.start_placement(scene.first, reported_on=REPORTED, by=user, on=LATER, at=AT)

    def test_start_alone_needs_only_the_day(self, scene) -> None:
        placement = services.start_placement(
            appointed(scene), reported_on=REPORTED, by=scene.host_clerk, on=LATER, at=AT
        )
        assert placement.state == PlacementState.IN_POST
        assert set(owed(placement)) == {"placement.division_of_work"}
        with pytest.raises(services.WrongStateError):
            services.start_placement(placement, reported_on=REPORTED, by=scene.host_clerk, on=LATER, at=AT)

    def test_secondee_confirms_once(self, scene) -> None:
        placement = services.confirm_report(appointed(scene), by=scene.secondee, on=REPORTED, at=AT)
        assert placement.state == PlacementState.APPOINTED
        assert placement.reported_on == REPORTED
        assert set(owed(placement)) == {"placement.arrival_receipt"}
        assert "张示例同志已确认报到，请填写报到回执" in titles_to(scene.host_clerk)
        with pytest.raises(services.WrongStateError):
            services.confirm_report(placement, by=scene.secondee, on=REPORTED, at=AT)

    def test_nobody_confirms_for_the_secondee(self, scene) -> None:
        placement = appointed(scene)
        for user in (scene.owner, scene.host_clerk, scene.home_clerk):
            with pytest.raises(NotAllowedError):
                services.confirm_report(placement, by=user, on=REPORTED, at=AT)


class TestCancelling:
    def cancel(self, placement, by, reason="家庭困难"):
        return services.cancel_placement(placement, reason=reason, by=by, on=ON, at=AT)

    def test_cancelled_placement_owes_nothing_and_everyone_is_told(self, scene) -> None:
        placement = appointed(scene)
        Notice.objects.all().delete()
        cancelled = self.cancel(placement, scene.owner, " 家庭困难 ")
        assert (cancelled.state, cancelled.cancel_reason) == (PlacementState.CANCELLED, "家庭困难")
        assert owed(placement) == {}
        assert Obligation.objects.filter(state=ObligationState.WAIVED).count() == 2
        recipients = set(Notice.objects.values_list("recipient", flat=True))
        assert recipients == {scene.home_clerk.pk, scene.host_clerk.pk, scene.secondee.pk}

    def test_reason_is_compulsory(self, scene) -> None:
        with pytest.raises(services.ReasonMissingError):
            self.cancel(scene.first, scene.owner, "  ")

    def test_person_in_post_is_not_cancelled(self, scene) -> None:
        with pytest.raises(services.WrongStateError):
            self.cancel(in_post(scene), scene.owner)

    def test_only_the_owner_cancels(self, scene) -> None:
        with pytest.raises(NotAllowedError):
            self.cancel(scene.first, scene.home_clerk)

    def test_cancelling_the_last_who_waits_dispatches_the_rest(self, scene) -> None:
        appointed(scene)
        self.cancel(scene.second, scene.owner)
        scene.campaign.refresh_from_db()
        assert scene.campaign.state == CampaignState.DISPATCHED

    def test_campaign_without_anyone_left_is_not_dispatched(self, scene) -> None:
        self.cancel(scene.first, scene.owner)
        self.cancel(scene.second, scene.owner)
        scene.campaign.refresh_from_db()
        assert scene.campaign.state == CampaignState.DECIDED


class TestPurposeOnNotices:
    FACTS = LetterFacts("示组挂〔2026〕1号", ON, dt.date(2026, 12, 8))

    def test_one_person(self, scene) -> None:
        assert "培养目的" not in notice_letter(scene.first, self.FACTS).paragraphs[0]
        scene.first.purpose = "urgent"
        assert notice_letter(scene.first, self.FACTS).paragraphs[0].endswith("培养目的：急难险重。")

    def test_the_roster_of_a_joint_notice_has_the_column_where_somebody_has_one(self, scene) -> None:
        both = [scene.first, scene.second]
        annex = joint_letter(scene.campaign, both, self.FACTS).annex
        assert annex is not None
        assert (len(annex.labels), sum(annex.widths), len(annex.rows[0])) == (5, 156, 5)
        scene.second.purpose = "other"
        annex = joint_letter(scene.campaign, both, self.FACTS).annex
        assert annex is not None
        assert (annex.labels[-1], sum(annex.widths)) == ("培养目的", 156)
        assert [row[-1] for row in annex.rows] == ["", "其他"]
