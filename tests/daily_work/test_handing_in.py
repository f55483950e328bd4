"""What is handed in: content, corrections, two quiet periods at most, who may."""

import datetime as dt

import pytest
from tests.daily_work.scene import AT, OCTOBER, ON, SEPTEMBER, Scene, ask_for_records, make_scene
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.daily_work.choices import Source
from secondment.daily_work.content import Notice, Presence, Report
from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation
from secondment.daily_work.services import (
    AlreadyReplacedError,
    Entry,
    HandingIn,
    NothingHandedInError,
    RefusedRowsError,
    confirm_presence,
    hand_in_reports,
    read_notice,
    send_notices,
)
from secondment.notices.models import Notice as Message
from secondment.obligations.models import Obligation
from secondment.people.models import Person
from secondment.placements.choices import PlacementState

FULL = Presence()
QUIET = Report(has_no_news=True)
QUARTERS = [dt.date(2026, 4, 1), dt.date(2026, 7, 1), dt.date(2026, 10, 1), dt.date(2027, 1, 1)]
LATER = dt.date(2027, 1, 8)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def confirm(scene: Scene, content: Presence = FULL, ends_on: dt.date = SEPTEMBER, **given) -> int:
    given.setdefault("by", scene.owner)
    given.setdefault("on", ON)
    entry = Entry(scene.people[0], content, seen=given.pop("seen", None))
    return confirm_presence([entry], ends_on, at=AT, **given)


def report(scene: Scene, content: Report = QUIET, ends_on: dt.date = SEPTEMBER, **given) -> int:
    given.setdefault("by", scene.owner)
    given.setdefault("on", LATER)
    return hand_in_reports([Entry(scene.people[0], content)], ends_on, at=AT, **given)


def give(scene: Scene, content: Notice, ends_on: dt.date = SEPTEMBER, *, adds: bool = True, **given) -> int:
    given.setdefault("by", scene.owner)
    given.setdefault("on", LATER)
    entry = Entry(scene.people[0], content, adds=adds, corrects=given.pop("corrects", None))
    return send_notices([entry], ends_on, at=AT, **given)


def reasons_of(caught: pytest.ExceptionInfo[RefusedRowsError], scene: Scene) -> list[str]:
    name = f"{scene.people[0].person.name}："
    return [str(one).removeprefix(name) for one in caught.value.reasons]


# presence


def test_a_month_in_post_is_confirmed_and_no_longer_owed(scene: Scene) -> None:
    ask_for_records(on=ON)
    clerk = scene.host_clerk()
    assert confirm(scene, by=clerk) == 1
    row = PresenceConfirmation.objects.get()
    assert (row.starts_on, row.ends_on, row.half_days_away, row.cause) == (
        dt.date(2026, 9, 1),
        SEPTEMBER,
        0,
        "",
    )
    assert (row.handed_in_by, row.handed_in_at, row.source, row.clerk) == (clerk, AT, Source.WEB, "")
    owed = Obligation.objects.get(kind="presence_confirmation", period_ends_on=SEPTEMBER)
    assert (owed.state, owed.closed_on) == ("met", ON)
    event = AuditEvent.objects.get(action="presence_confirmation.hand_in")
    assert event.details == {"until": "2026-09-30", "source": "web"}
    assert event.unit_path == scene.people[0].host_unit.path


def test_the_same_again_is_no_second_record(scene: Scene) -> None:
    confirm(scene)
    assert confirm(scene) == 0
    assert PresenceConfirmation.objects.count() == 1
    assert AuditEvent.objects.filter(action__startswith="presence").count() == 1


def test_a_correction_replaces_and_loses_nothing(scene: Scene) -> None:
    confirm(scene)
    first = PresenceConfirmation.objects.get()
    assert confirm(scene, Presence(3, "年休假")) == 1
    new = PresenceConfirmation.objects.get(is_current=True)
    first.refresh_from_db()
    assert (new.replaces, first.is_current, first.half_days_away) == (first, False, 0)
    assert new.days_away == 1.5
    assert AuditEvent.objects.filter(action="presence_confirmation.correct").count() == 1


def test_a_record_that_somebody_else_handed_in_meanwhile_is_not_overwritten(scene: Scene) -> None:
    confirm(scene, Presence(2, "病假"))
    with pytest.raises(StaleObjectError, match="这一期已由他人报送"):
        confirm(scene, Presence(4, "事假"), seen=0)
    assert confirm(scene, Presence(4, "事假"), seen=PresenceConfirmation.objects.get().pk) == 1


def test_the_organisation_department_hands_in_on_behalf_and_the_record_says_so(scene: Scene) -> None:
    confirm(scene)
    assert PresenceConfirmation.objects.get().source == Source.ON_BEHALF


def test_a_workbook_names_its_clerk(scene: Scene) -> None:
    confirm(scene, handing=HandingIn("王示例"))
    row = PresenceConfirmation.objects.get()
    assert (row.source, row.clerk, row.handed_in_by) == (Source.WORKBOOK, "王示例", scene.owner)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            Presence(45, "病假"),
            "离岗22.5天，多于当月应在岗的22个工作日；请按工作日核对天数，休息日和节假日不计",
        ),
        (Presence(1, ""), "填了离岗天数，没有填原因；请用几个字写明原因，例如“年休假”"),
        (Presence(0, "病假"), "填了离岗原因，没有填天数；请填天数；没有离岗的，清空原因"),
        (Presence(1, "病" * 41), "离岗原因有41个字；请缩短到40个字以内"),
    ],
)
def test_what_cannot_be_is_refused_by_name(scene: Scene, content: Presence, reason: str) -> None:
    with pytest.raises(RefusedRowsError) as caught:
        confirm(scene, content)
    assert reasons_of(caught, scene) == [reason]
    assert PresenceConfirmation.objects.count() == 0


@pytest.mark.parametrize("content", [Presence(44, "病假"), Presence(1, "病" * 40)])
def test_the_most_that_can_be_is_taken(scene: Scene, content: Presence) -> None:
    assert confirm(scene, content) == 1


def test_of_many_rows_all_are_written_or_none(scene: Scene) -> None:
    other = scene.add()
    entries = [Entry(scene.people[0], Presence()), Entry(other, Presence(1))]
    with pytest.raises(RefusedRowsError):
        confirm_presence(entries, SEPTEMBER, by=scene.owner, on=ON, at=AT)
    assert PresenceConfirmation.objects.count() == 0


@pytest.mark.parametrize(("number", "is_taken"), [(23, False), (24, True), (25, True)])
def test_a_month_can_be_confirmed_in_its_last_week(scene: Scene, number: int, is_taken: bool) -> None:
    on = dt.date(2026, 9, number)
    if is_taken:
        assert confirm(scene, on=on) == 1
        return
    with pytest.raises(RefusedRowsError) as caught:
        confirm(scene, on=on)
    assert reasons_of(caught, scene) == ["这一期还没有结束；请在2026-09-24以后填报"]


def test_the_month_in_which_a_term_ends_can_be_confirmed_on_the_last_day(scene: Scene) -> None:
    leaver = scene.add(ends_on=dt.date(2026, 9, 11), state=PlacementState.ENDED)
    for number, n in ((9, 0), (10, 1)):
        entry = [Entry(leaver, Presence())]
        if n:
            assert confirm_presence(entry, SEPTEMBER, by=scene.owner, on=dt.date(2026, 9, number), at=AT) == 1
        else:
            with pytest.raises(RefusedRowsError):
                confirm_presence(entry, SEPTEMBER, by=scene.owner, on=dt.date(2026, 9, number), at=AT)
    assert PresenceConfirmation.objects.get().ends_on == SEPTEMBER


@pytest.mark.parametrize("ends_on", [dt.date(2026, 1, 1), dt.date(2028, 3, 1)])
def test_a_month_outside_of_the_term_is_refused(scene: Scene, ends_on: dt.date) -> None:
    with pytest.raises(RefusedRowsError) as caught:
        confirm(scene, ends_on=ends_on, on=dt.date(2028, 4, 1))
    last = ends_on - dt.timedelta(days=1)
    assert reasons_of(caught, scene) == [
        f"{last}止的这一期不在本人挂职期内；请核对期间；期限有误的，请先更正挂职期限"
    ]


def test_nobody_can_be_confirmed_who_never_came(scene: Scene) -> None:
    coming = scene.add(state=PlacementState.APPOINTED)
    with pytest.raises(RefusedRowsError):
        confirm_presence([Entry(coming, Presence())], SEPTEMBER, by=scene.owner, on=ON, at=AT)


def test_a_month_handed_in_before_anybody_asked_is_noted_as_done(scene: Scene) -> None:
    confirm(scene, on=dt.date(2026, 9, 28))
    owed = Obligation.objects.get()
    assert (owed.state, owed.closed_on, owed.due_on) == ("met", dt.date(2026, 9, 28), dt.date(2026, 10, 5))
    ask_for_records(on=ON)
    owed.refresh_from_db()
    assert owed.state == "met"


def test_nothing_chosen_is_refused(scene: Scene) -> None:
    with pytest.raises(NothingHandedInError):
        confirm_presence([], SEPTEMBER, by=scene.owner, on=ON, at=AT)


@pytest.mark.parametrize("role", [Role.HOME_UNIT, Role.SECONDEE, Role.LEADER, Role.INSPECTOR])
def test_only_host_and_organisation_department_confirm(scene: Scene, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        confirm(scene, by=make_user(role, scene.root))


def test_a_host_elsewhere_may_not(scene: Scene) -> None:
    with pytest.raises(NotAllowedError):
        confirm(scene, by=scene.host_clerk(1))


# reports


@pytest.mark.parametrize(("n", "is_taken"), [(499, True), (500, True), (501, False)])
def test_a_report_has_at_most_five_hundred_characters_in_all(scene: Scene, n: int, is_taken: bool) -> None:
    content = Report(thinking="思" * 200, work="工" * (n - 200))
    if is_taken:
        assert report(scene, content) == 1
        return
    with pytest.raises(RefusedRowsError) as caught:
        report(scene, content)
    assert reasons_of(caught, scene) == ["各栏合计501个字；请缩短到合计500个字以内"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (Report(), "没有填写内容；请至少填写一项；确实没有的，请勾选"),
        (Report(has_no_news=True, work="有"), "既勾选了没有情况，又填写了内容；请只保留一种"),
    ],
)
def test_a_report_says_something_or_that_there_is_nothing(scene: Scene, content: Report, reason: str) -> None:
    with pytest.raises(RefusedRowsError) as caught:
        report(scene, content)
    assert reasons_of(caught, scene) == [reason]


def test_a_third_quarter_running_without_news_is_refused(scene: Scene) -> None:
    for ends_on in QUARTERS[:2]:
        assert report(scene, ends_on=ends_on) == 1
    with pytest.raises(RefusedRowsError) as caught:
        report(scene, ends_on=QUARTERS[2])
    assert reasons_of(caught, scene) == ["已连续2期没有情况；本期请写明情况，哪怕一句话"]
    assert report(scene, Report(work="推进产业"), ends_on=QUARTERS[2]) == 1
    assert report(scene, ends_on=QUARTERS[3]) == 1


def test_a_correction_cannot_make_three_quiet_quarters_either(scene: Scene) -> None:
    report(scene, ends_on=QUARTERS[0])
    report(scene, Report(work="推进产业"), ends_on=QUARTERS[1])
    report(scene, ends_on=QUARTERS[2])
    with pytest.raises(RefusedRowsError):
        report(scene, ends_on=QUARTERS[1])
    assert HostReport.objects.filter(has_no_news=True, is_current=True).count() == 2


def test_a_quarter_without_any_report_interrupts_the_run(scene: Scene) -> None:
    for ends_on in (QUARTERS[0], QUARTERS[1], QUARTERS[3]):
        assert report(scene, ends_on=ends_on) == 1


def test_a_quarter_under_way_can_be_reported_on_and_one_ahead_cannot(scene: Scene) -> None:
    assert report(scene, ends_on=QUARTERS[3], on=dt.date(2026, 10, 1)) == 1
    with pytest.raises(RefusedRowsError):
        report(scene, ends_on=dt.date(2027, 4, 1), on=dt.date(2026, 12, 31))


def test_no_report_is_about_a_month_within_a_quarter(scene: Scene) -> None:
    with pytest.raises(RefusedRowsError):
        report(scene, ends_on=OCTOBER)


# notices


def test_a_notice_reaches_the_secondee_and_is_confirmed_by_one_click(scene: Scene) -> None:
    account = make_user(Role.SECONDEE, scene.home)
    Person.objects.filter(pk=scene.people[0].person_id).update(account=account)
    assert give(scene, Notice(logistics="体检安排在十月"), by=scene.home_clerk()) == 1
    assert [str(one.title) for one in Message.objects.filter(recipient=account)] == ["示例厅的告知单"]
    notice = HomeNotice.objects.get()
    assert Message.objects.get(recipient=account).path == f"/daily/notices/{notice.pk}/"
    read_notice(notice, by=account, at=AT)
    read_notice(notice, by=account, at=AT + dt.timedelta(days=1))
    notice.refresh_from_db()
    assert notice.read_at == AT
    assert AuditEvent.objects.filter(action="home_notice.read").count() == 1
    with pytest.raises(NotAllowedError):
        read_notice(notice, by=scene.owner, at=AT)


def test_that_there_is_nothing_is_no_message(scene: Scene) -> None:
    account = make_user(Role.SECONDEE, scene.home)
    Person.objects.filter(pk=scene.people[0].person_id).update(account=account)
    give(scene, Notice(has_no_matters=True))
    assert Message.objects.count() == 0


def test_a_second_matter_stands_beside_the_first_and_the_same_twice_once(scene: Scene) -> None:
    assert give(scene, Notice(logistics="体检")) == 1
    assert give(scene, Notice(major_matters="单位更名")) == 1
    assert give(scene, Notice(logistics="体检")) == 0
    assert HomeNotice.objects.filter(is_current=True).count() == 2


def test_a_matter_takes_the_place_of_a_notice_without_one(scene: Scene) -> None:
    give(scene, Notice(has_no_matters=True))
    give(scene, Notice(logistics="体检"))
    quiet, told = HomeNotice.objects.order_by("pk")
    assert (quiet.is_current, told.is_current, told.replaces) == (False, True, quiet)
    with pytest.raises(RefusedRowsError) as caught:
        give(scene, Notice(has_no_matters=True))
    assert reasons_of(caught, scene) == ["本期已经有告知内容；不用再填无事项"]


def test_a_notice_is_corrected_once(scene: Scene) -> None:
    give(scene, Notice(logistics="体检"))
    first = HomeNotice.objects.get()
    assert give(scene, Notice(logistics="体检改期"), corrects=first, adds=False) == 1
    with pytest.raises(AlreadyReplacedError):
        give(scene, Notice(logistics="体检取消"), corrects=first, adds=False)
    assert HomeNotice.objects.get(is_current=True).logistics == "体检改期"


def test_a_third_quarter_running_without_matters_is_refused(scene: Scene) -> None:
    for ends_on in QUARTERS[:2]:
        assert give(scene, Notice(has_no_matters=True), ends_on=ends_on) == 1
    with pytest.raises(RefusedRowsError) as caught:
        give(scene, Notice(has_no_matters=True), ends_on=QUARTERS[2])
    assert reasons_of(caught, scene) == ["已连续2期没有情况；本期请写明情况，哪怕一句话"]


@pytest.mark.parametrize("role", [Role.HOST_UNIT, Role.SECONDEE, Role.LEADER])
def test_only_home_unit_and_organisation_department_give_notices(scene: Scene, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        give(scene, Notice(logistics="体检"), by=make_user(role, scene.root))
