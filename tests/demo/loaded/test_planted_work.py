"""What is planted in the daily work of G2 stands there, and stands out from what only looks like it."""

import datetime as dt
from collections import defaultdict

import pytest

from secondment.accounts.models import User
from secondment.daily_work.content import MOST_CHARACTERS, MOST_QUIET_RUNNING
from secondment.daily_work.cycles import BY_KIND
from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation
from secondment.demo.work.planted import OF_POST, POSTS, SIGNS, Case
from secondment.leave.alerts import alerts_of
from secondment.leave.choices import Alert, LeaveState
from secondment.leave.models import LeaveRequest
from secondment.obligations.models import Obligation
from secondment.placements.models import Placement
from secondment.talks.complaints import complaints_about
from secondment.talks.models import Suggestion
from secondment.task_books.facts import task_facts
from secondment.task_books.models import DivisionOfWork, TaskBook

ON = dt.date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def of(*cases: Case) -> list[Placement]:
    codes = [code for case in cases for code in POSTS[case]]
    rows = Placement.objects.filter(post__code__in=codes, state="in_post").select_related("host_unit__parent")
    found = sorted(rows, key=lambda one: codes.index(one.post.code))
    assert len(found) == len(codes)
    return found


def ordinary() -> list[Placement]:
    rows = Placement.objects.filter(state="in_post", campaign__name__contains="第一书记")
    return list(rows.exclude(post__code__in=OF_POST))


def texts(placement: Placement) -> list[tuple[str, ...]]:
    reports = placement.hostreport_set.filter(has_no_news=False).order_by("ends_on")
    return [tuple(getattr(one, name) for name in HostReport.TEXTS) for one in reports]


def test_every_case_is_planted_once_and_every_sign_has_two_of_both():
    assert set(POSTS) == set(Case)
    assert sum(map(len, POSTS.values())) == len(OF_POST) == len(of(*Case))
    for sign in SIGNS.values():
        assert len(sign.found_posts) >= 2
        assert len(sign.spared_posts) >= 2
        assert not set(sign.found_posts) & set(sign.spared_posts)


def test_two_years_are_full():
    now = Placement.objects.filter(state="in_post", campaign__name__contains="第一书记")
    assert now.count() == 351
    of_now = [
        model.objects.filter(placement__in=now) for model in (PresenceConfirmation, HostReport, HomeNotice)
    ]
    n_presence, n_reports, n_notices = (rows.count() for rows in of_now)
    assert 351 * 20 < n_presence <= 351 * 21
    assert 351 * 6 < n_reports <= 351 * 7
    assert 351 * 6 < n_notices <= 351 * 7
    assert LeaveRequest.objects.filter(placement__in=now).count() > 351 * 4
    assert set(LeaveRequest.objects.values_list("state", flat=True)) == set(LeaveState)
    assert TaskBook.objects.filter(placement__in=now, state="in_force").count() == 351 - len(POSTS[Case.NEW])


def test_texts_are_short_varied_and_never_silent_for_long():
    kinds = (HostReport, HomeNotice)
    for model in kinds:
        told = [tuple(getattr(one, name) for name in model.TEXTS) for one in model.objects.all()]
        assert max(sum(map(len, one)) for one in told) <= MOST_CHARACTERS
        assert len(set(told)) > len(told) * (0.8 if model is HostReport else 0.15)
        running: dict[int, int] = defaultdict(int)
        for one in model.objects.order_by("placement", "ends_on"):
            running[one.placement_id] = running[one.placement_id] + 1 if one.is_quiet else 0
            assert running[one.placement_id] <= MOST_QUIET_RUNNING


def test_copied_reports_say_the_same_and_others_do_not():
    for placement in of(Case.COPIED):
        assert len(texts(placement)) == 7
        assert len(set(texts(placement))) == 1
    one, other = of(Case.SAME_AS_NEIGHBOUR)
    assert one.host_unit.parent == other.host_unit.parent
    assert one.host_unit != other.host_unit
    assert texts(one) == texts(other)
    for placement in of(Case.SAME_PHRASE):
        assert len({told[0] for told in texts(placement)}) == 1
        assert len(set(texts(placement))) == len(texts(placement)) > 3


def test_a_broken_line_is_silent_and_a_late_one_is_not():
    for case, model in ((Case.HOST_SILENT, HostReport), (Case.HOME_SILENT, HomeNotice)):
        for placement in of(case):
            last = model.objects.filter(placement=placement).order_by("ends_on").last()
            assert last.handed_in_at.date() < ON - dt.timedelta(days=180)
            kind = next(kind for kind, cycle in BY_KIND.items() if cycle.model is model)
            rows = Obligation.objects.filter(kind=kind, subject_id=str(placement.pk), state="open")
            assert rows.count() == 2
            assert not rows.filter(escalated_on=None).exists()
    for placement in of(Case.LATE_ONCE, Case.QUIET):
        assert not Obligation.objects.filter(
            kind__in=BY_KIND, subject_id=str(placement.pk), state="open", due_on__lt=ON
        ).exists()


def test_late_hosts_are_late_in_everything():
    for placement in of(Case.LATE):
        rows = Obligation.objects.filter(
            kind__in=["host_report", "presence_confirmation"], subject_id=str(placement.pk), state="met"
        )
        assert rows.count() > 20
        assert all(one.closed_on > one.due_on for one in rows)


def test_who_is_absent_raises_an_alert_and_who_is_ill_or_at_home_on_business_does_not():
    for placement in of(Case.ABSENT):
        raised = {one.alert for one in alerts_of(placement, ON)}
        assert Alert.IN_YEAR in raised or Alert.RUNNING in raised
    for placement in of(Case.HOME_LEAVE, Case.SICK, Case.NEW):
        assert not {one.alert for one in alerts_of(placement, ON)} & {Alert.IN_YEAR, Alert.RUNNING}


def test_who_only_assists_has_no_task_of_their_own():
    placements = of(Case.ONLY_ASSISTS, Case.ONE_OF_OWN, Case.NO_DIVISION, Case.PASSING)
    facts = task_facts(placements, ON)
    for placement in of(Case.ONLY_ASSISTS):
        assert facts[placement.pk].is_only_assisting
    for placement in of(Case.ONE_OF_OWN):
        assert facts[placement.pk].n_own_responsibility == 1
    for placement in of(Case.PASSING):
        assert facts[placement.pk].n_accepted == 0
    divided = set(DivisionOfWork.objects.filter(is_current=True).values_list("placement", flat=True))
    without = {one.pk for one in of(Case.NO_DIVISION)}
    assert without | divided >= {one.pk for one in ordinary()}
    assert not without & divided
    assert {one.duties for one in of(Case.NO_DIVISION)} == {""}


def test_who_works_for_home_is_called_back_and_who_is_not_released_is_on_record():
    for placement in of(Case.WORKS_FOR_HOME):
        away = placement.presenceconfirmation_set.values_list("cause", "half_days_away")
        assert {cause for cause, _n in away} == {"回原单位加班"}
        assert all(n >= 8 for _cause, n in away)
        assert placement.work_mode == "full"
    assert {one.work_mode for one in of(Case.BESIDE)} == {"none"}
    for placement in of(Case.HOME_LEAVE):
        granted = placement.leave_requests.filter(type="home")
        assert granted.count() >= 5
        assert set(granted.values_list("state", flat=True)) <= {"returned", "granted"}


def test_who_is_new_came_days_ago():
    for placement in of(Case.NEW):
        assert placement.starts_on == placement.reported_on == dt.date(2026, 11, 15)
        assert not placement.task_books.exists()
        assert not placement.divisions_of_work.exists()


def test_the_page_of_the_secondee_is_full():
    placement = User.objects.get(username="secondee").person.placements.get()
    assert placement.task_books.get().state == "in_force"
    assert placement.hostreport_set.count() == placement.homenotice_set.count() == 7
    assert placement.homenotice_set.exclude(read_at=None).exists()
    assert placement.leave_requests.filter(source="own").count() >= 3
    assert placement.recusal_declarations.exists()


def test_complaints_are_planted_and_what_only_looks_like_them():
    found = defaultdict(list)
    people = of(Case.MEDDLES, Case.ABUSES, Case.UNFOUNDED, Case.OTHER_COMPLAINT)
    for one in complaints_about([one.pk for one in people], since=ON - dt.timedelta(days=180), until=ON):
        found[one.placement].append((one.category, one.is_unfounded))
    for case, expected in (
        (Case.MEDDLES, [("interference", False)] * 2),
        (Case.ABUSES, [("abuse", False)] * 2),
        (Case.UNFOUNDED, [("interference", True), ("abuse", True)]),
        (Case.OTHER_COMPLAINT, []),
    ):
        assert [found[one.pk] for one in of(case)] == [expected] * len(POSTS[case])
    others = Suggestion.objects.filter(about__in=of(Case.OTHER_COMPLAINT))
    assert sorted(others.values_list("category", flat=True)) == ["benefits"] * 2 + ["burden"] * 2
