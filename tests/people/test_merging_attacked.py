"""Merging against time: two places at once, chains, later changes, and records that are gone."""

import datetime as dt

import pytest
from tests.makers import (
    AT,
    make_campaign,
    make_nomination,
    make_person,
    make_placement,
    make_post,
    make_unit,
    make_user,
)
from tests.people.test_merging import NUMBER, OTHER, REASON, department, merged, numbered, pair_of, unit  # noqa: F401 -- fixtures

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.campaigns.models import Nomination
from secondment.campaigns.queries import IS_STALE
from secondment.common.errors import StaleObjectError
from secondment.jobs.models import Job
from secondment.obligations.models import Obligation, ObligationState
from secondment.people.errors import MergeRefusedError
from secondment.people.models import FamilyMember, Person, PersonMerge, SuspectedPair
from secondment.people.queries import open_pairs
from secondment.people.services.changes import PersonChanges
from secondment.people.services.duplicates import FIND_JOB, confirm_different, find_duplicates
from secondment.people.services.merging import merge_persons, undo_merge
from secondment.people.services.persons import edit_person
from secondment.placements.models import Placement

pytestmark = pytest.mark.django_db
TERM = (dt.date(2027, 3, 1), dt.date(2029, 3, 1))
ONE_DAY = dt.timedelta(days=1)


def placed(person: Person, starts_on: dt.date = TERM[0], state: str = "decided") -> Placement:
    ends_on = starts_on + (TERM[1] - TERM[0])
    return make_placement(
        make_campaign(), person, make_post(), starts_on=starts_on, ends_on=ends_on, state=state
    )


def undo(merge: PersonMerge, by) -> PersonMerge:
    return undo_merge(PersonMerge.objects.get(pk=merge.pk), reason=REASON, by=by, at=AT)


def follow_ups() -> int:
    rows = Obligation.objects.filter(state=ObligationState.OPEN).exclude(kind="people.duplicates")
    return rows.count()


@pytest.mark.parametrize("state", ["decided", "in_post"])
@pytest.mark.parametrize(("later", "is_refused"), [(-1, True), (0, False), (1, False)])
def test_nobody_comes_to_be_in_two_places(unit, department, state, later, is_refused) -> None:  # noqa: F811
    kept, other = numbered(unit), numbered(unit)
    placed(kept, state=state)
    second = placed(other, TERM[1] + later * ONE_DAY)
    if is_refused:
        with pytest.raises(MergeRefusedError, match=r"同一时间的两个挂职：.*2027-03-01至2029-02-28"):
            merged(kept, other, department)
    else:
        merged(kept, other, department)
    second.refresh_from_db()
    assert second.person == (other if is_refused else kept)


def test_who_is_retired_and_in_post_after_a_merge_is_a_to_do(unit, department) -> None:  # noqa: F811
    kept, other = numbered(unit, state="retired"), numbered(unit)
    placed(other, state="in_post")
    merge = merged(kept, other, department)
    assert follow_ups() == 1
    undo(merge, department)
    assert follow_ups() == 0


def test_a_merged_record_is_not_changed_by_a_form_that_stood_open(unit, department) -> None:  # noqa: F811
    kept, other = numbered(unit), numbered(unit)
    version = other.version
    merged(kept, other, department)
    for sent in (version, None):
        with pytest.raises(StaleObjectError):
            edit_person(other, PersonChanges({"state": "active"}), version=sent, by=department, at=AT)
    other.refresh_from_db()
    assert other.state == "merged"


def test_a_chain_of_merges_is_undone_from_its_end(unit, department) -> None:  # noqa: F811
    first, second, third = numbered(unit), numbered(unit), numbered(unit)
    stay = placed(first, state="in_post")
    inner = merged(second, first, department)
    outer = merged(third, second, department)
    stay.refresh_from_db()
    assert stay.person == third
    with pytest.raises(MergeRefusedError, match="后来又并入了另一人"):
        undo(inner, department)
    for merge, person in ((outer, second), (inner, first)):
        undo(merge, department)
        stay.refresh_from_db()
        assert stay.person == person


def test_two_merges_into_one_are_undone_in_turn(unit, department) -> None:  # noqa: F811
    kept, first, second = numbered(unit), numbered(unit), numbered(unit)
    one, other = merged(kept, first, department), merged(kept, second, department)
    with pytest.raises(MergeRefusedError, match="又有修改"):
        undo(one, department)
    undo(other, department)
    undo(one, department)
    assert set(Person.objects.values_list("state", flat=True)) == {"active"}


def test_a_change_between_two_merges_still_forbids_to_go_back(unit, department) -> None:  # noqa: F811
    kept, first, second = numbered(unit), numbered(unit), numbered(unit)
    one = merged(kept, first, department)
    kept.refresh_from_db()
    edit_person(kept, PersonChanges({"native_place": "示例县"}), version=None, by=department, at=AT)
    undo(merged(kept, second, department), department)
    with pytest.raises(MergeRefusedError, match="又有修改"):
        undo(one, department)


def test_a_pair_of_somebody_merged_meanwhile_is_not_decided(unit, department) -> None:  # noqa: F811
    first, second, third = numbered(unit), numbered(unit), numbered(unit)
    find_duplicates([first, second, third], at=AT)
    merged(second, first, department)
    pair = SuspectedPair.objects.get(first=first, second=third)
    assert pair not in open_pairs()
    with pytest.raises(MergeRefusedError, match="已经核实过"):
        confirm_different(pair, reason=REASON, by=department, at=AT)
    with pytest.raises(MergeRefusedError, match="已经核实过"):
        merge_persons(pair, third, reason=REASON, wrong=None, by=department, at=AT)


def test_an_undone_merge_is_a_to_do_again_and_is_searched_again(unit, department) -> None:  # noqa: F811
    merge = merged(numbered(unit), numbered(unit), department)
    assert not Obligation.objects.filter(kind="people.duplicates", state=ObligationState.OPEN).exists()
    undo(merge, department)
    assert Obligation.objects.filter(kind="people.duplicates", state=ObligationState.OPEN).count() == 1
    assert Job.objects.filter(kind=FIND_JOB).count() == 2
    assert open_pairs().count() == 1


def test_two_people_of_two_trees_are_nobodys_to_do(unit, department) -> None:  # noqa: F811
    elsewhere = make_unit("示例部")
    RoleAssignment.objects.create(user=department, role=Role.ORGANISATION_DEPARTMENT, unit=elsewhere)
    merge = merged(numbered(unit), numbered(elsewhere), department)
    assert undo(merge, department).pair.unit is None
    assert not Obligation.objects.exists()
    assert open_pairs().count() == 1


@pytest.mark.parametrize(("now", "comes_back"), [("moved", True), ("none", False), ("other", None)])
def test_an_account_that_was_changed_meanwhile_is_not_given_away(unit, department, now, comes_back) -> None:  # noqa: F811
    account = make_user(Role.SECONDEE, unit)
    kept, other = numbered(unit), numbered(unit, account=account)
    merge = merged(kept, other, department)
    accounts = {"moved": account, "none": None, "other": make_user(Role.SECONDEE, unit)}
    Person.objects.filter(pk=kept.pk).update(account=accounts[now])
    if comes_back is None:
        with pytest.raises(MergeRefusedError, match="换了账号"):
            undo(merge, department)
        return
    undo(merge, department)
    other.refresh_from_db()
    assert other.account == (account if comes_back else None)


@pytest.mark.parametrize("names_kept", [True, False])
def test_relatives_of_each_other_are_not_one(unit, department, names_kept) -> None:  # noqa: F811
    kept, other = numbered(unit), numbered(unit)
    person, relative = (other, kept) if names_kept else (kept, other)
    FamilyMember.objects.create(person=person, position=1, title="妻子", name="示例甲", relative=relative)
    with pytest.raises(MergeRefusedError, match="互相登记"):
        merged(kept, other, department)


def test_a_nomination_that_moved_is_checked_again_both_ways(unit, department) -> None:  # noqa: F811
    checked = {"checked_at": AT, "checked_person_version": 1, "checked_campaign_version": 1}
    kept, other = numbered(unit), numbered(unit)
    make_nomination(make_campaign(), other, **checked)
    merge = merged(kept, other, department)
    assert Nomination.objects.filter(IS_STALE).count() == 1
    undo(merge, department)
    assert Nomination.objects.filter(IS_STALE).count() == 1


def test_a_freed_number_may_be_taken_and_comes_back_twice_by_an_undo(unit, department) -> None:  # noqa: F811
    kept, other = numbered(unit, NUMBER), numbered(unit, OTHER)
    merge = merged(kept, other, department, wrong=other)
    third = make_person(unit, name="示例乙")
    edit_person(third, PersonChanges({}, identity=OTHER), version=None, by=department, at=AT)
    undo(merge, department)
    find_duplicates([Person.objects.get(pk=other.pk)], at=AT)
    assert pair_of(other, third) in open_pairs()
