"""Terms end, are extended and cut short; a term that is over and not closed counts as nobody in post."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.makers import AT, make_person, make_placement, make_post, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.lapses import LapsedError
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import to_json
from secondment.campaigns.services.campaigns import TermTooLongError
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.notices.models import Notice
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.waiting import waiting_for
from secondment.placements import queries, services
from secondment.placements.choices import OVERDUE, Destination, Ending, PlacementState, TermChangeKind
from secondment.placements.models import Placement, TermChange
from secondment.placements.services import Change, Closing
from secondment.placements.services.errors import (
    AlreadyActiveError,
    NotYetOverError,
    OverlapError,
    ReasonMissingError,
    TermError,
    WrongStateError,
)
from secondment.placements.services.notifying import (
    DUTIES,
    LEFT,
    owe_decision,
    owe_duties,
    owe_no_decision,
)

LAST = dt.date(2028, 11, 30)  # the last day in post of the scene's term
BACK = dt.date(2028, 12, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def out(scene):
    """Both people in post, under a programme whose terms end at 36 months."""
    version = scene.campaign.programme_version
    version.parameters = to_json(ProgrammeParameters())
    version.save()
    for one in (scene.first, scene.second):
        one.state, one.reported_on = PlacementState.IN_POST, dt.date(2026, 12, 3)
        one.save()
    scene.first = Placement.objects.get(pk=scene.first.pk)
    return scene


def end(scene, closing=None, on=LAST, **changes) -> Placement:
    given = {"by": scene.owner, "at": AT} | changes
    return services.end_placement(scene.first, closing or Closing(), on=on, **given)


def change(scene, kind=TermChangeKind.EXTENDED, ends_on=dt.date(2029, 6, 1), on=LAST, **changes) -> Placement:
    form = {"reason": "工作需要", "decided_on": dt.date(2028, 11, 20)} | {
        name: changes.pop(name)
        for name in ("reason", "decided_on", "number", "own_opinion")
        if name in changes
    }
    given = {"by": scene.owner, "at": AT} | changes
    return services.change_term(scene.first, Change(kind, ends_on, **form), on=on, **given)


class TestStage:
    @pytest.mark.parametrize(("on", "stage"), [(LAST, "in_post"), (BACK, OVERDUE), (BACK + DAY, OVERDUE)])
    def test_the_day_decides(self, out, on, stage) -> None:
        assert out.first.stage(on) == stage
        assert queries.in_post(Placement.objects.all(), on).count() == (2 if stage == "in_post" else 0)
        assert queries.overdue(Placement.objects.all(), on).count() == (0 if stage == "in_post" else 2)
        stages = queries.with_stage(Placement.objects.all(), on).values_list("stage_now", flat=True)
        assert set(stages) == {stage}

    def test_only_who_is_in_post_can_be_overdue(self, out) -> None:
        out.first.state = PlacementState.ENDED
        assert (out.first.stage(BACK), out.first.stage_label(BACK)) == ("ended", "已结束")
        assert out.second.stage_label(BACK) == "期满待办结"

    @pytest.mark.usefixtures("out")
    def test_soon_ending_are_those_that_are_not_over(self) -> None:
        rows = Placement.objects.all()
        assert queries.ending_between(rows, LAST, LAST + dt.timedelta(days=60)).count() == 2
        assert queries.ending_between(rows, BACK, BACK + dt.timedelta(days=60)).count() == 0


class TestWaiting:
    def test_the_owner_has_one_line_a_day(self, out) -> None:
        assert not [one for one in waiting_for(out.owner, LAST) if OVERDUE in one.path]
        lines = [one for one in waiting_for(out.owner, BACK) if OVERDUE in one.path]
        assert [(one.title, one.due_on, one.unit) for one in lines] == [
            ("2 名挂职干部期满待办结", LAST, out.root.name)
        ]
        for other in (out.home_clerk, out.host_clerk, out.secondee):
            assert not [one for one in waiting_for(other, BACK) if OVERDUE in one.path]

    def test_the_line_leads_to_those_people(self, out, signed_in) -> None:
        for one in (out.first, out.second):
            one.starts_on, one.ends_on = dt.date(2024, 1, 1), dt.date(2025, 1, 1)
            one.save()
        line = next(one for one in waiting_for(out.owner, BACK) if OVERDUE in one.path)
        page = signed_in(out.owner).get(line.path)
        assert {row.item.pk for row in page.context["listing"].rows()} == {out.first.pk, out.second.pk}
        assert "期满待办结" in text_of(page)


class TestEnd:
    def test_closing_on_the_last_day_is_kept_and_reported(self, out) -> None:
        row = end(out, Closing(Destination.PROMOTED, " 某镇镇长 "))
        row.refresh_from_db()
        assert (row.state, row.ending, row.closed_on) == (PlacementState.ENDED, Ending.EXPIRED, LAST)
        assert (row.destination, row.destination_text) == (Destination.PROMOTED, "某镇镇长")
        event = AuditEvent.objects.get(action="placement.end_placement")
        assert event.details == {"ending": "expired", "destination": "promoted", "last_day": f"{LAST}"}
        told = Notice.objects.filter(title__contains="已办结").values_list("recipient", flat=True)
        assert set(told) == {out.home_clerk.pk, out.host_clerk.pk, out.secondee.pk}

    def test_a_day_earlier_it_is_refused(self, out) -> None:
        with pytest.raises(NotYetOverError):
            end(out, on=LAST - DAY)

    def test_other_states_and_pages_out_of_date_are_refused(self, out) -> None:
        with pytest.raises(StaleObjectError):
            end(out, version=out.first.version + 5)
        end(out)
        with pytest.raises(WrongStateError):
            end(out)

    def test_another_destination_has_to_be_named(self, out) -> None:
        with pytest.raises(ReasonMissingError):
            end(out, Closing(Destination.OTHER, " "))
        assert end(out, Closing(Destination.OTHER, "借调")).destination_text == "借调"

    def test_nobody_but_the_owner_closes(self, out) -> None:
        for stranger in (
            out.home_clerk,
            out.host_clerk,
            out.secondee,
            make_user(Role.ORGANISATION_DEPARTMENT),
        ):
            with pytest.raises(NotAllowedError):
                end(out, by=stranger)

    def test_many_are_closed_all_or_none(self, out) -> None:
        out.second.ends_on = BACK + DAY
        out.second.save()
        both = [out.second, out.first]
        with pytest.raises(NotYetOverError):
            services.end_placements(both, Closing(), by=out.owner, on=LAST, at=AT)
        assert not Placement.objects.filter(state=PlacementState.ENDED).exists()
        assert len(services.end_placements(both, Closing(), by=out.owner, on=BACK, at=AT)) == 2

    def test_who_has_ended_may_go_out_again(self, out) -> None:
        again = make_placement(
            out.campaign, out.first.person, make_post(out.host), starts_on=BACK, ends_on=BACK + 300 * DAY
        )
        issue = services.Issue("示组", BACK + 5 * DAY)
        with pytest.raises(AlreadyActiveError) as refused:
            services.issue_notice(again, issue, by=out.owner, on=BACK, at=AT)
        assert refused.value.way == (
            "办理原挂职",
            reverse("placements:placement_detail", args=[out.first.pk]),
        )
        end(out, on=BACK)
        assert services.issue_notice(again, issue, by=out.owner, on=BACK, at=AT).notice_number

    def test_no_way_leads_to_a_placement_one_may_not_see(self, out) -> None:
        stranger = make_user(Role.ORGANISATION_DEPARTMENT)
        from secondment.placements.services.overlaps import way_to

        assert way_to(out.first, stranger) is None


class TestChange:
    def test_an_extension_keeps_the_form(self, out) -> None:
        row = change(out, number="示组〔2028〕7号", own_opinion="同意")
        row.refresh_from_db()
        assert (row.state, row.ends_on, row.ending) == (PlacementState.IN_POST, dt.date(2029, 6, 1), "")
        kept = TermChange.objects.get(placement=row)
        assert (kept.kind, kept.old_last_day, kept.last_day) == ("extended", LAST, dt.date(2029, 5, 31))
        assert (kept.number, kept.own_opinion, kept.created_by) == ("示组〔2028〕7号", "同意", out.owner)

    @pytest.mark.parametrize("ends_on", [BACK, BACK - DAY])
    def test_an_extension_is_longer(self, out, ends_on) -> None:
        with pytest.raises(TermError):
            change(out, ends_on=ends_on)

    def test_the_programme_limits_extensions(self, out) -> None:
        change(out, ends_on=dt.date(2029, 12, 1))  # 36 months to the day
        with pytest.raises(TermTooLongError):
            change(out, ends_on=dt.date(2029, 12, 3))

    def test_an_extension_meets_no_other_placement(self, out) -> None:
        make_placement(out.campaign, out.first.person, make_post(), starts_on=BACK, ends_on=BACK + 90 * DAY)
        with pytest.raises(OverlapError):
            change(out)

    def test_an_extension_needs_the_place(self, out) -> None:
        make_placement(None, make_person(), out.first.post, starts_on=BACK, ends_on=BACK + 90 * DAY)
        with pytest.raises(LapsedError):
            change(out)

    @pytest.mark.parametrize("kind", [TermChangeKind.EARLY, TermChangeKind.RECALLED, TermChangeKind.REPLACED])
    def test_a_term_cut_short_to_a_past_day_is_closed(self, out, kind) -> None:
        row = change(out, kind, dt.date(2028, 6, 1), closing=Closing(Destination.MOVED, "某厅"))
        assert (row.state, row.ending, row.last_day) == (PlacementState.ENDED, kind, dt.date(2028, 5, 31))
        assert (row.destination, row.destination_text) == (Destination.MOVED, "某厅")

    @pytest.mark.parametrize(("days", "state"), [(-1, "in_post"), (0, "ended"), (1, "ended")])
    def test_a_term_cut_short_is_closed_from_its_last_day(self, out, days, state) -> None:
        last = dt.date(2028, 11, 25)
        row = change(out, TermChangeKind.EARLY, last + DAY, on=last + days * DAY, closing=Closing())
        assert row.state == state

    def test_a_term_cut_short_without_a_destination_waits(self, out) -> None:
        row = change(out, TermChangeKind.EARLY, dt.date(2028, 6, 1))
        assert (row.state, row.stage(LAST), row.destination) == (PlacementState.IN_POST, OVERDUE, "")

    def test_a_term_cut_short_to_a_day_ahead_waits(self, out) -> None:
        on = dt.date(2028, 5, 1)
        row = change(
            out, TermChangeKind.RECALLED, dt.date(2028, 6, 1), on=on, decided_on=on, closing=Closing()
        )
        assert (row.state, row.ending) == (PlacementState.IN_POST, "recalled")
        out.first = row
        assert end(out, on=dt.date(2028, 5, 31)).ending == "recalled"

    @pytest.mark.parametrize(
        ("ends_on", "is_right"),
        [
            (dt.date(2026, 12, 3), False),  # back on the day of the report for duty
            (dt.date(2026, 12, 4), True),  # one day in post
            (BACK - DAY, True),
            (BACK, False),  # no change
        ],
    )
    def test_a_shorter_term_lies_between_report_and_end(self, out, ends_on, is_right) -> None:
        if is_right:
            assert change(out, TermChangeKind.EARLY, ends_on).ends_on == ends_on
        else:
            with pytest.raises(TermError):
                change(out, TermChangeKind.EARLY, ends_on)

    def test_who_never_reported_is_counted_from_the_first_day(self, out) -> None:
        out.first.reported_on = None
        out.first.save()
        assert change(out, TermChangeKind.EARLY, dt.date(2026, 12, 2)).last_day == dt.date(2026, 12, 1)

    def test_reason_and_approval_are_asked_for(self, out) -> None:
        with pytest.raises(ReasonMissingError):
            change(out, reason=" ")
        with pytest.raises(TermError):
            change(out, decided_on=LAST + DAY)
        assert change(out, decided_on=LAST).last_day == dt.date(2029, 5, 31)

    def test_only_who_is_in_post(self, out) -> None:
        end(out)
        with pytest.raises(WrongStateError):
            change(out)

    def test_many_are_extended_all_or_none(self, out) -> None:
        form = Change(TermChangeKind.EXTENDED, dt.date(2029, 6, 1), "接续", LAST)
        make_placement(out.campaign, out.second.person, make_post(), starts_on=BACK, ends_on=BACK + 90 * DAY)
        with pytest.raises(OverlapError):
            services.change_terms([out.first, out.second], form, by=out.owner, on=LAST, at=AT)
        assert not TermChange.objects.exists()
        rows = services.change_terms([out.first], form, by=out.owner, on=LAST, at=AT)
        assert [one.last_day for one in rows] == [dt.date(2029, 5, 31)]


class TestReopen:
    def test_an_end_recorded_by_mistake_is_taken_back(self, out) -> None:
        row = end(out, Closing(Destination.STAYED, "某镇"))
        back = services.reopen_placement(row, reason="误办", by=out.owner, at=AT)
        back.refresh_from_db()
        assert (back.state, back.closed_on, back.destination) == (PlacementState.IN_POST, None, "")
        assert AuditEvent.objects.get(action="placement.reopen_placement").details == {"reason": "误办"}

    def test_what_was_owed_is_owed_again_and_nothing_else(self, out) -> None:
        owe_duties(out.first, BACK)
        owe_decision(out.first, on=BACK)
        owe_no_decision(out.first, on=LAST - DAY)
        row = end(out)
        assert set(Obligation.objects.values_list("state", flat=True)) == {ObligationState.WAIVED}
        services.reopen_placement(row, reason="误办", by=out.owner, at=AT)
        assert set(Obligation.objects.values_list("kind", "state", "closed_on")) == {
            (DUTIES, ObligationState.OPEN, None),
            (LEFT, ObligationState.WAIVED, LAST - DAY),
        }

    def test_a_reason_and_an_ended_term_are_needed(self, out) -> None:
        with pytest.raises(WrongStateError):
            services.reopen_placement(out.first, reason="误办", by=out.owner, at=AT)
        row = end(out)
        with pytest.raises(ReasonMissingError):
            services.reopen_placement(row, reason=" ", by=out.owner, at=AT)

    @pytest.mark.parametrize(("starts_on", "error"), [(LAST, OverlapError), (BACK, AlreadyActiveError)])
    def test_not_when_the_person_is_out_again(self, out, starts_on, error) -> None:
        row = end(out)
        make_placement(
            None, row.person, starts_on=starts_on, ends_on=BACK + 90 * DAY, state=PlacementState.APPOINTED
        )
        with pytest.raises(error):
            services.reopen_placement(row, reason="误办", by=out.owner, at=AT)


class TestPages:
    def past(self, out) -> None:
        for one in (out.first, out.second):
            one.starts_on, one.ends_on, one.reported_on = dt.date(2024, 1, 1), dt.date(2025, 1, 1), None
            one.save()

    def test_one_term_is_closed_from_its_page(self, out, signed_in) -> None:
        self.past(out)
        client = signed_in(out.owner)
        detail = client.get(reverse("placements:placement_detail", args=[out.first.pk]))
        url = reverse("placements:placement_end", args=[out.first.pk])
        assert url in detail.content.decode()
        assert "尚未办结" in text_of(detail)
        page = client.get(url)
        assert page.status_code == 200
        answer = client.post(url, {"destination": "returned", "version": out.first.version})
        assert answer.status_code == 302
        out.first.refresh_from_db()
        assert out.first.state == PlacementState.ENDED
        assert "回原单位" in text_of(client.get(answer.headers["Location"]))

    @pytest.mark.parametrize(
        ("days", "is_offered", "is_announced"),
        [(-31, False, False), (-30, False, True), (-1, False, True), (0, True, False), (1, True, False)],
    )
    def test_closing_opens_on_the_last_day_and_says_so_before(
        self, out, signed_in, monkeypatch, days, is_offered, is_announced
    ) -> None:
        client = signed_in(out.owner)
        monkeypatch.setattr(timezone, "localdate", lambda *_given: LAST + days * DAY)
        page = client.get(reverse("placements:placement_detail", args=[out.first.pk])).content.decode()
        assert (reverse("placements:placement_end", args=[out.first.pk]) in page) == is_offered
        assert (f"期满办结自最后一天（{LAST}）起办理" in page) == is_announced

    def test_a_refusal_stays_on_the_form(self, out, signed_in) -> None:
        url = reverse("placements:placement_end", args=[out.first.pk])
        page = signed_in(out.owner).post(url, {"destination": "returned"})
        assert page.status_code == 200
        assert "尚不能办结" in text_of(page)

    def test_chosen_rows_are_closed_after_a_look(self, out, signed_in) -> None:
        self.past(out)
        client = signed_in(out.owner)
        chosen = {"selected": [out.first.pk, out.second.pk]}
        look = client.post(reverse("placements:placements_end"), chosen)
        assert out.second.person.name in text_of(look)
        assert Placement.objects.filter(state=PlacementState.ENDED).count() == 0
        answer = client.post(
            reverse("placements:placements_end"), {**chosen, "sent": "1", "destination": "returned"}
        )
        assert answer.headers["Location"] == reverse("placements:placement_list")
        assert Placement.objects.filter(state=PlacementState.ENDED).count() == 2

    def test_chosen_rows_are_extended(self, out, signed_in) -> None:
        client = signed_in(out.owner)
        form = {
            "selected": [out.first.pk, out.second.pk],
            "sent": "1",
            "kind": "extended",
            "ends_on": "2029-05-31",
            "reason": "接续",
            "decided_on": "2026-11-20",
        }
        assert client.post(reverse("placements:placements_change"), form).status_code == 302
        assert set(Placement.objects.values_list("ends_on", flat=True)) == {dt.date(2029, 6, 1)}
        page = client.get(reverse("placements:placement_detail", args=[out.first.pk]))
        assert "期限变更：延期" in text_of(page)

    def test_one_is_changed_from_its_page(self, out, signed_in) -> None:
        url = reverse("placements:placement_change", args=[out.first.pk])
        client = signed_in(out.owner)
        assert client.get(url).status_code == 200
        form = {"kind": "extended", "ends_on": "2028-11-30", "reason": "接续", "decided_on": "2026-11-20"}
        assert "应晚于原定的2028-11-30" in text_of(client.post(url, form))
        assert client.post(url, {**form, "ends_on": "2028-12-31"}).status_code == 302

    def test_rows_one_may_not_see_refuse_all(self, out, signed_in) -> None:
        other = make_placement()
        chosen = {"selected": [out.first.pk, other.pk], "sent": "1", "destination": "returned"}
        answer = signed_in(out.owner).post(reverse("placements:placements_end"), chosen)
        assert answer.status_code == 404

    def test_taking_back_is_not_offered_where_it_is_refused(self, out, signed_in) -> None:
        row = end(out)
        client = signed_in(out.owner)
        detail = reverse("placements:placement_detail", args=[row.pk])
        offered = reverse("placements:placement_reopen", args=[row.pk])
        assert offered in client.get(detail).content.decode()
        make_placement(
            None, row.person, starts_on=BACK, ends_on=BACK + 90 * DAY, state=PlacementState.APPOINTED
        )
        assert offered not in client.get(detail).content.decode()

    def test_an_end_is_taken_back_on_a_page(self, out, signed_in) -> None:
        self.past(out)
        row = end(out)
        client = signed_in(out.owner)
        url = reverse("placements:placement_reopen", args=[row.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {"reason": "误办", "version": row.version}).status_code == 302
        again = client.post(url, {"reason": "误办", "version": row.version + 1})
        assert "不能办理此项" in text_of(again)
