"""Each sign at its limit, one below and one above, and what spares it."""

import datetime as dt

import pytest
from tests.signals.scene import AT, ON, Scene, words_of

from secondment.accounts.choices import Role
from secondment.appraisals.models import Appraisal, Candidate
from secondment.measurement.models import Measure, Run
from secondment.placements.models import Placement
from secondment.signals.looking import look_at, those_in_post
from secondment.signals.readers import appraisals
from secondment.signals.sign import Look
from secondment.signals.signs import SIGNS, WITH_DATA
from secondment.standards.models import Standard, StandardVersion
from secondment.task_books.choices import BookState

DAY = dt.timedelta(days=1)
LONG = "走访六十户，办结诉求十一件，修通两公里路，新增订单三万元，村民认可，镇里也认可。"


def test_every_sign_names_its_data_or_what_it_waits_for() -> None:
    assert len(SIGNS) == 14
    assert len(WITH_DATA) == 11
    for one in SIGNS:
        assert bool(one.check) == bool(one.data) == (not one.waits_for)
        assert one.counter_reading
        assert one.question
    assert len({one.place for one in SIGNS}) == len(SIGNS)


# --- only an adviser


def without_division(scene: Scene) -> None:
    Placement.objects.filter(pk=scene.placement.pk).update(duties=" ")


@pytest.mark.parametrize(("days", "excuse"), [(29, "new"), (30, ""), (31, "")])
def test_no_division_of_work_is_asked_about_after_thirty_days(scene: Scene, days: int, excuse: str) -> None:
    without_division(scene)
    found = scene.said("only_adviser", scene.placement.starts_on + days * DAY)
    assert found is not None
    assert found.excuse == excuse
    assert words_of(found) == [f"到岗{days}天，没有书面分工"]


@pytest.mark.parametrize(("days", "excuse"), [(0, "recorded"), (29, "recorded"), (30, "")])
def test_what_was_recorded_later_is_given_the_same_thirty_days(scene: Scene, days: int, excuse: str) -> None:
    without_division(scene)
    Placement.objects.filter(pk=scene.placement.pk).update(recorded_on=ON - days * DAY)
    assert scene.said("only_adviser").excuse == excuse


def test_a_division_counts_from_its_day_on(scene: Scene) -> None:
    without_division(scene)
    scene.divide(dt.date(2026, 9, 1))
    assert scene.said("only_adviser", dt.date(2026, 8, 31)) is not None
    assert scene.said("only_adviser", dt.date(2026, 9, 1)) is None


def test_a_book_without_a_task_of_ones_own(scene: Scene) -> None:
    scene.book("joint", "advice")
    assert words_of(scene.said("only_adviser")) == ["任务书2项任务都是配合、参谋或调研，没有分管任务"]
    assert scene.said("only_adviser", dt.date(2026, 1, 24)) is None  # not signed yet


@pytest.mark.parametrize("kinds", [("own",), ("joint", "own"), ()])
def test_one_task_of_ones_own_is_enough_and_no_task_says_nothing(
    scene: Scene, kinds: tuple[str, ...]
) -> None:
    scene.book(*kinds)
    assert scene.said("only_adviser") is None


# --- takes no charge


@pytest.mark.parametrize(("days", "excuse"), [(181, "new"), (182, ""), (183, "")])
def test_half_a_year_without_a_task_of_ones_own(scene: Scene, days: int, excuse: str) -> None:
    scene.book("joint")
    found = scene.said("takes_no_charge", scene.placement.starts_on + days * DAY)
    assert found is not None
    assert found.excuse == excuse
    assert words_of(found) == ["任务书中没有本人分管的任务", f"到岗{days}天"]


def test_no_task_book_at_all_and_who_is_not_released(scene: Scene) -> None:
    assert words_of(scene.said("takes_no_charge"))[0] == "没有已签订的任务书"
    Placement.objects.filter(pk=scene.placement.pk).update(work_mode="half")
    assert scene.said("takes_no_charge").excuse == "beside"


@pytest.mark.parametrize(("days", "excuse"), [(181, "recorded"), (182, "")])
def test_half_a_year_begins_when_a_placement_is_recorded(scene: Scene, days: int, excuse: str) -> None:
    Placement.objects.filter(pk=scene.placement.pk).update(recorded_on=ON - days * DAY)
    assert scene.said("takes_no_charge").excuse == excuse


def test_a_task_of_ones_own_in_the_version_of_the_day(scene: Scene) -> None:
    scene.book("own", state=BookState.REPLACED)
    scene.book("joint", signed_on=dt.date(2026, 10, 1))
    assert scene.said("takes_no_charge", dt.date(2026, 9, 30)) is None
    assert scene.said("takes_no_charge", dt.date(2026, 10, 1)) is not None


# --- passing through


def passing(scene: Scene, *, thin: int = 3, full: int = 2, accepted_on: dt.date | None = None) -> None:
    """Half of the weight accepted or not, and so many reports without and with content."""
    scene.book("own", "own", accepted_on=accepted_on)
    for at in range(thin):
        scene.report(dt.date(2026, 2, 10) + at * 60 * DAY)
    for at in range(full):
        scene.report(dt.date(2026, 9, 10) + at * 20 * DAY, LONG)


def test_nothing_accepted_and_nothing_told(scene: Scene) -> None:
    passing(scene)
    assert words_of(scene.said("passing_through")) == [
        "到期任务权重100%，已验收0%",
        "近一年情况报告5份，其中无内容3份",
    ]


def test_fewer_thin_reports_than_the_limit(scene: Scene) -> None:
    passing(scene, thin=3, full=2)
    assert scene.said("passing_through", thin_percent=60) is not None
    assert scene.said("passing_through", thin_percent=61) is None


def test_accepted_share_at_its_limit(scene: Scene) -> None:
    book = scene.book("own", "own")
    book.tasks.filter(line=1).update(accepted_on=dt.date(2026, 6, 1))
    scene.report(dt.date(2026, 4, 10))
    scene.report(dt.date(2026, 7, 10))
    assert scene.said("passing_through", accepted_percent=50) is None
    assert scene.said("passing_through", accepted_percent=51) is not None
    book.tasks.update(due_on=dt.date(2026, 12, 31))
    assert scene.said("passing_through") is None  # nothing was due


def test_one_report_says_nothing_about_a_year(scene: Scene) -> None:
    passing(scene, thin=1, full=0)
    assert scene.said("passing_through") is None
    scene.report(dt.date(2026, 7, 10))
    assert scene.said("passing_through") is not None


@pytest.mark.parametrize(("least", "excuse"), [(301, ""), (302, "new")])
def test_who_came_not_long_ago_is_spared(scene: Scene, least: int, excuse: str) -> None:
    passing(scene)
    assert (ON - scene.placement.starts_on).days == 301
    assert scene.said("passing_through", least_days=least).excuse == excuse


def test_who_was_ill_or_is_not_released_is_spared(scene: Scene) -> None:
    passing(scene)
    scene.leave(dt.date(2026, 8, 3), 39, "sick")
    assert scene.said("passing_through").excuse == ""
    scene.leave(dt.date(2026, 9, 3), 1, "sick")
    assert scene.said("passing_through").excuse == "sick"
    Placement.objects.filter(pk=scene.placement.pk).update(work_mode="none")
    assert scene.said("passing_through").excuse == "beside"


# --- absent


def test_days_beyond_a_leave(scene: Scene) -> None:
    scene.leave(dt.date(2026, 9, 1), 9, entry="late")
    assert scene.said("absent") is None
    scene.leave(dt.date(2026, 9, 20), 1, entry="late")
    found = scene.said("absent")
    assert (words_of(found), found.excuse) == (["近半年逾期未归5天"], "")


def test_the_half_year_is_counted_by_days(scene: Scene) -> None:
    first = ON - dt.timedelta(days=183)
    scene.leave(first, 10, entry="late")
    assert scene.said("absent") is None
    assert scene.said("absent", ON - DAY) is not None


def test_who_is_not_back_yet(scene: Scene) -> None:
    """Due back on Monday 26 October: five working days until today, the second of November."""
    scene.leave(dt.date(2026, 10, 23), 2, back_on=None)
    assert scene.said("absent", dt.date(2026, 10, 30)) is None
    found = scene.said("absent", ON)
    assert words_of(found) == ["近半年逾期未归5天", "近半年请假1天"]


def test_an_accepted_reason_ends_the_question(scene: Scene) -> None:
    scene.leave(dt.date(2026, 10, 23), 2, back_on=None, late_excused="塌方")
    assert scene.said("absent", ON) is None


def test_days_the_host_saw_away_beyond_the_ledger(scene: Scene) -> None:
    scene.leave(dt.date(2026, 9, 7), 4)
    scene.confirm(dt.date(2026, 9, 1), 13, "未说明")
    assert scene.said("absent") is None
    scene.confirm(dt.date(2026, 8, 1), 1, "未说明")
    assert words_of(scene.said("absent")) == ["近半年确认离岗而请假台账没有5天", "近半年请假2天"]


def test_days_at_home_are_asked_about_by_another_sign(scene: Scene) -> None:
    scene.confirm(dt.date(2026, 9, 1), 20, "回原单位加班")
    assert scene.said("absent") is None


@pytest.mark.parametrize(
    ("kind", "excuse"), [("sick", "sick"), ("home", "approved_home"), ("personal", "granted")]
)
def test_approved_leave_is_counted_as_spared_from_twenty_days(scene: Scene, kind: str, excuse: str) -> None:
    scene.leave(dt.date(2026, 9, 7), 39, kind)
    assert scene.said("absent") is None
    scene.leave(dt.date(2026, 8, 7), 1, kind)
    found = scene.said("absent")
    assert (words_of(found), found.excuse) == (["近半年请假20天"], excuse)


def test_official_journeys_are_days_in_post(scene: Scene) -> None:
    scene.leave(dt.date(2026, 9, 7), 60, "official")
    assert scene.said("absent") is None


# --- still working for home


def test_a_notice_that_hands_out_work(scene: Scene) -> None:
    scene.notice(dt.date(2026, 10, 10), work_requirements="请继续负责原单位预算编制工作。")
    found = scene.said("works_for_home")
    assert (words_of(found), found.excuse) == (["告知单像是布置了原单位工作（规则 H13）"], "")
    assert found.facts[0].on == dt.date(2026, 10, 10)


def test_a_reason_in_the_notice_is_as_good_as_its_words(scene: Scene) -> None:
    scene.notice(dt.date(2026, 10, 10), logistics="体检", home_work_reason="暂无人接手")
    assert scene.said("works_for_home") is not None
    assert scene.said("works_for_home", notices=2) is None


def test_an_ordinary_notice_asks_nothing(scene: Scene) -> None:
    scene.notice(dt.date(2026, 10, 10), work_requirements="原单位工作已全部交由他人承担。")
    assert scene.said("works_for_home") is None


def test_days_at_home_without_leave(scene: Scene) -> None:
    scene.confirm(dt.date(2026, 9, 1), 9, "回原单位加班")
    assert scene.said("works_for_home") is None
    scene.confirm(dt.date(2026, 8, 1), 1, "回原单位加班")
    found = scene.said("works_for_home")
    assert (words_of(found), found.excuse) == (["近半年未请假回派出单位5天（在岗确认）"], "")


def test_approved_business_at_home_is_spared(scene: Scene) -> None:
    scene.leave(dt.date(2026, 9, 7), 9, "home")
    assert scene.said("works_for_home") is None
    scene.leave(dt.date(2026, 9, 20), 1, "home")
    found = scene.said("works_for_home")
    assert (words_of(found), found.excuse) == (["近半年经批准回派出单位办事5天"], "approved")


def test_who_is_not_released_is_spared(scene: Scene) -> None:
    scene.confirm(dt.date(2026, 9, 1), 20, "回原单位加班")
    Placement.objects.filter(pk=scene.placement.pk).update(work_mode="half")
    assert scene.said("works_for_home").excuse == "beside"


# --- broken line


def test_a_silent_side_is_asked(scene: Scene) -> None:
    """The predicate is that of daily work: the host for a whole quarter, the home unit for more than ninety days."""
    scene.report(dt.date(2026, 10, 8), LONG)
    scene.notice(ON - 90 * DAY, logistics="体检")
    assert scene.said("broken_line") is None
    found = scene.said("broken_line", ON + DAY)
    assert (words_of(found), found.asks) == (["派出单位已91天没有音讯"], Role.HOME_UNIT)


def test_where_both_are_silent_the_host_is_asked(scene: Scene) -> None:
    found = scene.said("broken_line")
    assert found.asks == Role.HOST_UNIT
    assert words_of(found) == ["接收单位已301天没有音讯", "派出单位已301天没有音讯"]


# --- copied reports


def test_reports_that_repeat_an_earlier_one(scene: Scene) -> None:
    first = scene.report(dt.date(2026, 4, 10), LONG)
    second = scene.report(dt.date(2026, 7, 10), LONG)
    found = scene.said("copied_reports")
    assert words_of(found) == [
        "2026-04-10的情况报告与2026-07-10本人另一份报告重合100%",
        "2026-07-10的情况报告与2026-04-10本人另一份报告重合100%",
    ]
    assert [one.texts for one in found.facts] == [(first.pk, second.pk), (second.pk, first.pk)]
    assert scene.said("copied_reports", reports=3) is None
    assert scene.said("copied_reports", dt.date(2026, 7, 9)) is None  # the second is not there yet


def test_a_few_characters_changed_are_a_copy_and_many_are_none(scene: Scene) -> None:
    scene.report(dt.date(2026, 7, 10), LONG)
    scene.report(dt.date(2026, 10, 9), LONG.replace("六十户", "六十一户"))
    found = scene.said("copied_reports", percent=80)
    assert words_of(found)[0].endswith("重合85%")
    assert scene.said("copied_reports", percent=85) is not None
    assert scene.said("copied_reports", percent=86) is None


def test_reports_of_somebody_else(scene: Scene) -> None:
    other = scene.another()
    for day in (dt.date(2026, 7, 10), dt.date(2026, 10, 9)):
        scene.report(day, f"{day.month}月{LONG}{day.month}月在山上三天")
        scene.report(day, f"{day.month}月{LONG}{day.month}月在山上三天", placement=other)
    found = [one for one in look_at(those_in_post(ON), ON).found if one[0].code == "copied_reports"]
    assert {placement.pk for _sign, placement, _figures, _found in found} == {scene.placement.pk, other.pk}
    assert "他人的一份报告重合100%" in words_of(found[0][3])[0]


def test_short_reports_are_spared_and_no_news_is_no_text(scene: Scene) -> None:
    for day in (dt.date(2026, 4, 10), dt.date(2026, 7, 10)):
        scene.report(day, "正常。工作正常开展")
    assert scene.said("copied_reports").excuse == "short"
    assert scene.said("copied_reports", reports=3) is None


# --- complaints about conduct


def test_meddling_takes_two_complaints(scene: Scene) -> None:
    scene.letter("interference", dt.date(2026, 9, 1), "confirmed")
    assert scene.said("meddling") is None
    scene.letter("interference", dt.date(2026, 10, 1))
    assert words_of(scene.said("meddling")) == [
        "收到反映“指手画脚、越权干预”的意见，核实结果：属实",
        "收到反映“指手画脚、越权干预”的意见，核实结果：尚未答复",
    ]


def test_a_complaint_found_untrue_spares(scene: Scene) -> None:
    scene.letter("interference", dt.date(2026, 9, 1), "unfounded")
    scene.letter("abuse", dt.date(2026, 9, 1), "unfounded")
    assert scene.said("meddling", letters=1).excuse == "unfounded"
    assert scene.said("abuse_of_power", letters=1).excuse == "unfounded"
    scene.letter("interference", dt.date(2026, 10, 1))
    assert scene.said("meddling") is None
    assert scene.said("meddling", letters=1).excuse == ""


def test_other_letters_and_those_to_discipline_organs_say_nothing(scene: Scene) -> None:
    for day in (1, 2):
        scene.letter("abuse", dt.date(2026, 10, day), role=Role.INSPECTOR)
        scene.letter("burden", dt.date(2026, 10, day))
    assert scene.said("abuse_of_power", letters=1) is None
    assert scene.said("meddling", letters=1) is None


def test_abuse_of_power_by_complaints(scene: Scene) -> None:
    for day in (1, 2):
        scene.letter("abuse", dt.date(2026, 10, day), "partly")
    assert (
        words_of(scene.said("abuse_of_power"))
        == ["收到反映“滥用职权、以权谋私”的意见，核实结果：部分属实"] * 2
    )
    assert scene.said("abuse_of_power", letters=3) is None


def test_approval_that_the_division_of_work_does_not_give(scene: Scene) -> None:
    scene.book("own", over_money=True)
    assert words_of(scene.said("abuse_of_power")) == ["任务“修路”含有审批权，书面分工没有授予"]
    scene.divide(over_projects=True)
    assert scene.said("abuse_of_power").excuse == ""
    scene.divide(over_money=True)
    assert scene.said("abuse_of_power").excuse == "given"


def test_a_task_without_approval_asks_nothing(scene: Scene) -> None:
    scene.book("own")
    assert scene.said("abuse_of_power") is None


# --- the appraisal of the year

CLOSED = dt.date(2026, 10, 1)


def appraise(
    scene: Scene,
    *groups: tuple[int, float],
    gap: float | None = None,
    closes_on: dt.date = CLOSED,
    run: int = 1,
) -> None:
    """A closed appraisal with a finished computation: ballots and share of 不了解 of each group that is told of."""
    appraisal, _made = Appraisal.objects.get_or_create(
        owner_unit=scene.root,
        name="2026 年度测评",
        year=2026,
        state="closed",
        held_on=closes_on,
        closes_on=closes_on,
        defaults={"created_by": scene.owner, "created_at": AT},
    )
    standard, _made = Standard.objects.get_or_create(
        owner_unit=scene.root, name="示例标准", category="party_government"
    )
    version, _made = StandardVersion.objects.get_or_create(
        standard=standard, number=1, defaults={"drafted_by": scene.owner, "drafted_at": AT}
    )
    candidate, _made = Candidate.objects.get_or_create(
        appraisal=appraisal, placement=scene.placement, year=2026, standard=version
    )
    flags = [] if gap is None else [{"kind": "leaders_high", "candidate": candidate.pk, "effect": gap}]
    made = Run.objects.create(
        owner_unit=scene.root,
        year=2026,
        standard_version=version,
        state="done",
        finished_at=AT + run * DAY,
        results={"flags": [*flags, {"kind": "leniency", "unit": 1, "effect": 90.0}]},
        requested_by=scene.owner,
        requested_at=AT,
    )
    told = [{"n": n, "unknown_share": share} for n, share in groups]
    Measure.objects.create(run=made, candidate=candidate, groups={"groups": told} if told else {})


@pytest.mark.parametrize(("share", "is_asked"), [(0.2999, False), (0.3, True), (0.3001, True)])
def test_many_who_do_not_know_the_person(scene: Scene, share: float, is_asked: bool) -> None:
    appraise(scene, (10, share), (10, share))
    found = scene.said("little_known")
    assert (found is not None) == is_asked
    if is_asked:
        assert words_of(found) == ["民主测评20张票，“不了解”占30%"]
        assert (found.excuse, found.facts[0].on) == ("", CLOSED)


def test_groups_count_by_their_ballots_and_few_ballots_say_nothing(scene: Scene) -> None:
    appraise(scene, (30, 0.1), (10, 0.9))
    assert words_of(scene.said("little_known")) == ["民主测评40张票，“不了解”占30%"]
    appraise(scene, (9, 1.0), run=2)  # computed again: nine are told of
    assert scene.said("little_known") is None
    appraise(scene, (10, 1.0), run=3)
    assert scene.said("little_known") is not None
    appraise(scene, run=4)  # nothing is told of
    assert scene.said("little_known") is None


@pytest.mark.parametrize(("days", "excuse"), [(179, "new"), (180, ""), (181, "")])
def test_who_had_just_come_when_they_voted(scene: Scene, days: int, excuse: str) -> None:
    appraise(scene, (20, 0.5), gap=30.0, closes_on=scene.placement.starts_on + days * DAY)
    assert scene.said("little_known").excuse == excuse
    assert scene.said("above_not_below").excuse == excuse


def test_who_is_at_the_home_unit_half_of_the_time_is_little_known(scene: Scene) -> None:
    appraise(scene, (20, 0.5))
    Placement.objects.filter(pk=scene.placement.pk).update(work_mode="half")
    assert scene.said("little_known").excuse == "beside"


@pytest.mark.parametrize(("days", "is_asked"), [(0, True), (365, True), (366, False)])
def test_an_appraisal_counts_for_a_year_from_its_last_day(scene: Scene, days: int, is_asked: bool) -> None:
    appraise(scene, (20, 0.5), gap=30.0)
    assert scene.said("little_known", CLOSED - DAY) is None
    assert (scene.said("little_known", CLOSED + days * DAY) is not None) == is_asked
    assert (scene.said("above_not_below", CLOSED + days * DAY) is not None) == is_asked


@pytest.mark.parametrize(("gap", "is_asked"), [(None, False), (19.99, False), (20.0, True), (20.01, True)])
def test_leaders_far_above_the_masses(scene: Scene, gap: float | None, is_asked: bool) -> None:
    appraise(scene, (20, 0.0), gap=gap)
    found = scene.said("above_not_below")
    assert (found is not None) == is_asked
    if is_asked:
        assert words_of(found) == ["民主测评中领导与群众的评分差距比一般多20.0分"]


def test_appraisals_of_many_are_read_in_two_queries(scene: Scene, django_assert_num_queries) -> None:
    appraise(scene, (20, 0.5))
    for n in (1, 3):
        rows = [scene.placement, *(scene.another() for _each in range(n - 1))]
        with django_assert_num_queries(2):
            assert set(appraisals(Look(rows, first=CLOSED - DAY, last=ON))) == {scene.placement.pk}
