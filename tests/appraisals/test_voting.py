"""Opening and closing: one way in, one way out, and a kill at any point loses and doubles nothing."""

import datetime as dt
import json
from collections import Counter

import pytest
from tests.appraisals.box_makers import LAST, issued, make_appraisal, officer_of, opened, same_mark, slips_of
from tests.makers import AT, ON, make_user

from secondment.accounts.choices import Role
from secondment.algorithms.merkle import leaf, root
from secondment.appraisals.box import ballot_box, files
from secondment.appraisals.box.ballot_box import BallotBox
from secondment.appraisals.box.boxes import box_of, find, practice_box_of
from secondment.appraisals.box.entries import enter
from secondment.appraisals.box.errors import BoxGoneError, BoxInUseError, UnknownCodeError
from secondment.appraisals.choices import AppraisalState, SlipLoss
from secondment.appraisals.models import Appraisal, BallotPaper, CountedReceipt, RosterEntry, SealedBallot
from secondment.appraisals.reading import sheets_of
from secondment.appraisals.services import voting
from secondment.appraisals.services.practice import issue_practice_slips, open_practice, wipe_practice
from secondment.appraisals.services.slips import (
    ask_replacement,
    confirm_replacement,
    decline_replacement,
    issue_slips,
)
from secondment.appraisals.services.voting import close_voting, is_box_lost, open_voting, sweep_boxes
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.standards.choices import RaterGroup

pytestmark = pytest.mark.django_db


def cast_all(codes: list[str], level: int = 3) -> list[str]:
    receipts = []
    for code in codes:
        box, found = find(code, on=ON)
        receipts.append(box.cast(code, same_mark(found.sheet, level), on=ON))
    return receipts


def close(appraisal: Appraisal, by, capture) -> Appraisal:
    with capture(execute=True):
        return close_voting(appraisal, by=by, on=ON, at=AT)


def test_from_opening_to_sealed_ballots(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal(groups=(RaterGroup.MASSES, RaterGroup.LEADERS), n_candidates=2)
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    papers = {paper.group: paper for paper in appraisal.papers.all()}
    masses = issued(papers[RaterGroup.MASSES], 7, officer)
    leaders = issued(papers[RaterGroup.LEADERS], 3, officer)
    receipts = cast_all(masses[:5], 4) + cast_all(leaders[:1], 2)
    closed = close(appraisal, officer, django_capture_on_commit_callbacks)
    assert (closed.state, closed.closed_by, closed.closed_on) == (AppraisalState.CLOSED, officer, ON)
    counts = {
        paper.group: (paper.n_issued, paper.n_void, paper.n_counted) for paper in appraisal.papers.all()
    }
    assert counts == {RaterGroup.MASSES: (7, 0, 5), RaterGroup.LEADERS: (3, 0, 1)}
    sheets = sheets_of([closed])
    assert Counter(sheet.group for sheet in sheets) == {RaterGroup.MASSES: 5, RaterGroup.LEADERS: 1}
    candidates = set(appraisal.candidates.values_list("pk", flat=True))
    for sheet in sheets:
        expected = (
            {"item1": 4, "item3": 4}
            if sheet.group == RaterGroup.MASSES
            else {f"item{n}": 2 for n in (1, 2, 3)}
        )
        assert sheet.marks == dict.fromkeys(candidates, expected)
    assert list(CountedReceipt.objects.values_list("number", flat=True)) == sorted(receipts)
    assert not box_of(appraisal).is_there


def test_the_root_can_be_recomputed_and_stands_in_the_trail(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    cast_all(slips_of(appraisal, 4, officer)[:3])
    closed = close(appraisal, officer, django_capture_on_commit_callbacks)
    leaves = []
    for ballot in SealedBallot.objects.all():
        content = {"id": ballot.pk, "marks": ballot.marks, "paper": ballot.paper_id}
        leaves.append(leaf(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()))
    assert closed.root == root(leaves)
    event = AuditEvent.objects.get(action="appraisal.close_voting")
    assert event.details == {"issued": 4, "counted": 3, "void": 0, "unused": 1, "root": closed.root}


def test_a_ballot_leaves_no_event_and_no_row(django_assert_num_queries) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    codes = slips_of(appraisal, 2, officer)
    n_events = AuditEvent.objects.count()
    with django_assert_num_queries(0):
        cast_all(codes)
    assert AuditEvent.objects.count() == n_events


def test_numbers_of_sealed_ballots_are_random_and_of_62_bits(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal(n_candidates=1, n_items=1)
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    cast_all(slips_of(appraisal, 40, officer))
    before = {row[0] for row in _rows(box_of(appraisal), "SELECT id FROM ballot")}
    close(appraisal, officer, django_capture_on_commit_callbacks)
    numbers = set(SealedBallot.objects.values_list("pk", flat=True))
    assert len(numbers) == 40
    assert not numbers & before
    assert max(numbers) < 2**62
    assert max(numbers) > 2**60


def _rows(box: BallotBox, words: str) -> list[tuple]:
    with box.read() as tables:
        return tables.execute(words).fetchall()


def test_only_the_department_in_charge_opens_and_closes(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal()
    stranger = make_user(Role.ORGANISATION_DEPARTMENT)
    for act in (open_voting, close_voting):
        with pytest.raises(NotAllowedError):
            act(appraisal, by=stranger, on=ON, at=AT)
    assert not box_of(appraisal).is_there


def test_lists_must_be_locked_and_papers_complete() -> None:
    draft = make_appraisal(state=AppraisalState.DRAFT)
    with pytest.raises(BoxInUseError, match="名单锁定之后"):
        opened(draft, officer_of(draft))
    for bare in (make_appraisal(groups=()), make_appraisal(n_candidates=0), make_appraisal(n_items=0)):
        with pytest.raises(BoxInUseError, match="还没有测评对象或指标"):
            opened(bare, officer_of(bare))


@pytest.mark.parametrize(("days", "opens"), [(0, True), (1, False)])
def test_a_vote_is_opened_on_its_last_day_and_not_after(days: int, opens: bool) -> None:
    appraisal = make_appraisal()
    officer, day = officer_of(appraisal), LAST + dt.timedelta(days=days)
    if opens:
        assert open_voting(appraisal, by=officer, on=day, at=AT).opened_on == day
        return
    with pytest.raises(BoxInUseError, match="已过，不能开始投票") as refused:
        open_voting(appraisal, by=officer, on=day, at=AT)
    assert refused.value.way[1] == f"/appraisals/{appraisal.pk}/change/"
    assert not box_of(appraisal).is_there


@pytest.mark.parametrize(("days", "opens"), [(-1, False), (0, True)])
def test_a_vote_is_opened_on_its_day_and_not_before(days: int, opens: bool) -> None:
    appraisal = make_appraisal()
    officer, day = officer_of(appraisal), ON + dt.timedelta(days=days)
    if opens:
        assert open_voting(appraisal, by=officer, on=day, at=AT).opened_on == day
        return
    with pytest.raises(BoxInUseError, match="当天才能开始投票") as refused:
        open_voting(appraisal, by=officer, on=day, at=AT)
    assert refused.value.way[1] == f"/appraisals/{appraisal.pk}/change/"
    assert not box_of(appraisal).is_there


def test_opening_twice_keeps_the_box() -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    cast_all(slips_of(appraisal, 1, officer))
    opened(appraisal, officer)
    assert box_of(appraisal).counts()[appraisal.papers.get().pk].spent == 1
    assert AuditEvent.objects.filter(action="appraisal.open_voting").count() == 1


def test_a_box_of_an_opening_that_did_not_finish_gives_way_unless_it_holds_ballots() -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    Appraisal.objects.update(state=AppraisalState.FROZEN)  # as after a kill before the commit
    opened(appraisal, officer)
    cast_all(slips_of(appraisal, 1, officer))
    Appraisal.objects.update(state=AppraisalState.FROZEN)
    with pytest.raises(BoxInUseError, match="已有一个装有选票的票箱"):
        opened(appraisal, officer)


def test_only_an_open_vote_can_be_closed() -> None:
    appraisal = make_appraisal()
    with pytest.raises(BoxInUseError, match="只有正在投票的"):
        close_voting(appraisal, by=officer_of(appraisal), on=ON, at=AT)


def test_closing_again_counts_nothing_twice(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    cast_all(slips_of(appraisal, 3, officer))
    close(appraisal, officer, django_capture_on_commit_callbacks)
    again = close(appraisal, officer, django_capture_on_commit_callbacks)
    assert again.state == AppraisalState.CLOSED
    assert SealedBallot.objects.count() == 3
    assert AuditEvent.objects.filter(action="appraisal.close_voting").count() == 1


def test_closing_waits_for_ballots_on_paper(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    [code] = slips_of(appraisal, 1, officer)
    box, found = find(code, on=ON)
    marks = same_mark(found.sheet, 2)
    enter(box, code, marks, clerk=1, on=ON)
    with pytest.raises(BoxInUseError, match="还有 1 张纸质票"):
        close(appraisal, officer, django_capture_on_commit_callbacks)
    cast_all([])
    enter(box, code, marks, clerk=2, on=ON)
    close(appraisal, officer, django_capture_on_commit_callbacks)
    assert SealedBallot.objects.count() == 1


class Killed(BaseException):
    """The process ends here."""


STEPS = [
    (ballot_box.BallotBox, "seal"),
    (ballot_box.BallotBox, "content"),
    (voting, "seal_content"),
    (voting, "_sealed"),
    (voting, "record"),
    (voting, "_destroy_boxes"),
    (files, "destroy"),
    (files, "_gone_name"),
    (files, "erase"),
    (files, "_overwrite"),
    (files, "_sync_folder"),
]


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize(("owner", "step"), STEPS, ids=[step for _owner, step in STEPS])
def test_a_kill_at_any_step_of_closing(
    monkeypatch, django_capture_on_commit_callbacks, owner, step: str, is_after: bool
) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    codes = slips_of(appraisal, 4, officer)
    receipts = cast_all(codes[:3])
    plain = getattr(owner, step)

    def die(*words, **options):
        if is_after:
            plain(*words, **options)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(owner, step, die)
        with pytest.raises(Killed):
            close(appraisal, officer, django_capture_on_commit_callbacks)
    state = Appraisal.objects.get().state
    assert SealedBallot.objects.count() == (3 if state == AppraisalState.CLOSED else 0)
    assert state == AppraisalState.CLOSED or box_of(appraisal).is_there
    closed = close(appraisal, officer, django_capture_on_commit_callbacks)
    assert closed.state == AppraisalState.CLOSED
    assert SealedBallot.objects.count() == 3
    assert list(CountedReceipt.objects.values_list("number", flat=True)) == sorted(receipts)
    assert list(box_of(appraisal).path.parent.iterdir()) == []


@pytest.mark.parametrize("step", ["_destroy_boxes", "record"])
def test_what_a_kill_left_is_swept(monkeypatch, django_capture_on_commit_callbacks, step: str) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)

    def die(*_words, **_options):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(voting, step, die)
        with pytest.raises(Killed):
            close(appraisal, officer, django_capture_on_commit_callbacks)
    is_closed = step == "_destroy_boxes"
    assert sweep_boxes() == int(is_closed)
    assert box_of(appraisal).is_there is not is_closed


def test_half_a_destroyed_box_is_swept_and_disturbs_no_other(monkeypatch) -> None:
    appraisal, other = make_appraisal(), make_appraisal()
    officer = officer_of(other)
    opened(appraisal, officer_of(appraisal))
    opened(other, officer)
    [code] = slips_of(other, 1, officer)

    def die(*_words, **_options):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(files, "_overwrite", die)
        with pytest.raises(Killed):
            box_of(appraisal).destroy()
    cast_all([code])
    assert sweep_boxes() == 1
    assert len([path for path in box_of(other).path.parent.iterdir() if path.suffix == ".gone"]) == 0


def test_boxes_that_are_needed_are_not_swept() -> None:
    frozen, running, void = make_appraisal(), make_appraisal(), make_appraisal()
    for one in (frozen, running, void):
        opened(one, officer_of(one))
    Appraisal.objects.filter(pk=frozen.pk).update(state=AppraisalState.FROZEN)
    Appraisal.objects.filter(pk=void.pk).update(state=AppraisalState.VOID)
    assert sweep_boxes() == 1
    assert [box_of(one).is_there for one in (frozen, running, void)] == [True, True, False]
    Appraisal.objects.filter(pk=running.pk).delete()
    assert sweep_boxes() == 0
    assert box_of(running).is_there


def test_a_lost_box_is_noticed_and_nothing_is_counted() -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    assert not is_box_lost(appraisal)
    row = opened(appraisal, officer)
    [code] = slips_of(appraisal, 1, officer)
    assert not is_box_lost(row)
    box_of(row).destroy()
    assert is_box_lost(row)
    with pytest.raises(UnknownCodeError):
        find(code, on=ON)
    with pytest.raises(BoxGoneError):
        close_voting(row, by=officer, on=ON, at=AT)
    assert Appraisal.objects.get().state == AppraisalState.OPEN


def test_a_box_that_is_closed_while_codes_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    [code] = slips_of(appraisal, 1, officer)

    def gone(*_words, **_options):
        raise BoxGoneError("")

    monkeypatch.setattr(BallotBox, "find", gone)
    with pytest.raises(UnknownCodeError):
        find(code, on=ON)


def test_slips_are_issued_once_for_a_paper_that_is_open() -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    with pytest.raises(BoxInUseError, match="投票开始之后"):
        slips_of(appraisal, 3, officer)
    opened(appraisal, officer)
    paper = appraisal.papers.get()
    for at, standing in enumerate(("listed", "excluded"), start=3):  # beside the three who vote
        RosterEntry.objects.create(paper=paper, position=at, name=f"参评{at}", standing=standing)
    for n in (0, 4):
        with pytest.raises(BoxInUseError, match="参评 3 人，可发 1 至 3 张"):
            issue_slips(paper, n, by=officer, at=AT)
    with pytest.raises(NotAllowedError):
        slips_of(appraisal, 3, make_user(Role.ORGANISATION_DEPARTMENT))
    codes = slips_of(appraisal, 3, officer)
    assert len(set(codes)) == 3
    with pytest.raises(BoxInUseError, match="已经发出 3 张"):
        slips_of(appraisal, 3, officer)
    assert BallotPaper.objects.get().n_issued == 3


def replacement(appraisal: Appraisal, kind: SlipLoss, by, code: str = ""):
    paper = appraisal.papers.first()
    return ask_replacement(paper, kind, code=code, reason="打印机卡纸", by=by, on=ON, at=AT)


def test_a_damaged_slip_takes_two_persons(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal()
    officer, second = officer_of(appraisal), officer_of(appraisal)
    opened(appraisal, officer)
    with pytest.raises(BoxInUseError, match="还没有发出"):
        replacement(appraisal, SlipLoss.LOST, officer)
    damaged, other = slips_of(appraisal, 2, officer)
    asked = replacement(appraisal, SlipLoss.DAMAGED, officer, damaged)
    with pytest.raises(UnknownCodeError):
        cast_all([damaged])
    with pytest.raises(NotAllowedError, match="另一人"):
        confirm_replacement(asked, by=officer, on=ON, at=AT)
    [fresh] = confirm_replacement(asked, by=second, on=ON, at=AT)
    with pytest.raises(BoxInUseError, match="已经办结"):
        confirm_replacement(asked, by=second, on=ON, at=AT)
    cast_all([fresh, other])
    with pytest.raises(UnknownCodeError):
        cast_all([damaged])
    close(appraisal, officer, django_capture_on_commit_callbacks)
    paper = BallotPaper.objects.get()
    assert (paper.n_issued, paper.n_void, paper.n_counted) == (3, 1, 2)
    event = AuditEvent.objects.get(action="ballot_paper.replace")
    assert event.details == {"kind": "票面污损，投票码仍可辨认", "void": 1, "n": 1, "reason": "打印机卡纸"}


def test_a_damaged_slip_that_went_with_the_whole_sheet_brings_no_slip_of_its_own() -> None:
    appraisal = make_appraisal()
    officer, second = officer_of(appraisal), officer_of(appraisal)
    opened(appraisal, officer)
    damaged, _other = slips_of(appraisal, 2, officer)
    asked = replacement(appraisal, SlipLoss.DAMAGED, officer, damaged)
    sheet = replacement(appraisal, SlipLoss.SHEET, officer)
    assert len(confirm_replacement(sheet, by=second, on=ON, at=AT)) == 2
    with pytest.raises(BoxInUseError, match="已经办结"):
        confirm_replacement(asked, by=second, on=ON, at=AT)
    assert box_of(appraisal).counts()[appraisal.papers.get().pk].unused == 2


def test_a_declined_replacement_gives_the_code_back(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    [code] = slips_of(appraisal, 1, officer)
    asked = replacement(appraisal, SlipLoss.DAMAGED, officer, code)
    decline_replacement(asked, by=officer, on=ON, at=AT)
    cast_all([code])
    close(appraisal, officer, django_capture_on_commit_callbacks)
    paper = BallotPaper.objects.get()
    assert (paper.n_issued, paper.n_void, paper.n_counted) == (1, 0, 1)


def test_a_lost_slip_and_a_sheet_that_was_not_printed() -> None:
    appraisal = make_appraisal()
    officer, second = officer_of(appraisal), officer_of(appraisal)
    opened(appraisal, officer)
    codes = slips_of(appraisal, 4, officer)
    cast_all(codes[:1])
    lost = replacement(appraisal, SlipLoss.LOST, officer)
    assert len(confirm_replacement(lost, by=second, on=ON, at=AT)) == 1
    sheet = replacement(appraisal, SlipLoss.SHEET, officer)
    fresh = confirm_replacement(sheet, by=second, on=ON, at=AT)
    assert len(fresh) == 4
    paper = BallotPaper.objects.get()
    assert (paper.n_issued, paper.n_void) == (9, 4)
    count = box_of(appraisal).counts()[paper.pk]
    assert (count.issued, count.spent, count.void, count.unused) == (9, 1, 4, 4)


def test_requests_that_wait_lapse_at_the_close(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    opened(appraisal, officer)
    [code] = slips_of(appraisal, 1, officer)
    asked = replacement(appraisal, SlipLoss.DAMAGED, officer, code)
    close(appraisal, officer, django_capture_on_commit_callbacks)
    asked.refresh_from_db()
    assert asked.is_confirmed is False


def test_a_practice_run_is_about_nobody_real_and_wiped_by_one_act(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    open_practice(appraisal, by=officer, at=AT)
    paper = appraisal.papers.get()
    codes = issue_practice_slips(paper, 5, by=officer)
    cast_all(codes)
    _box, found = find(codes[0], on=ON)
    assert found.about.is_practice
    assert [ratee.name for ratee in found.sheet.ratees] == ["演练干部甲", "演练干部乙"]
    for n in (0, 21):
        with pytest.raises(BoxInUseError, match="1 至 20 张"):
            issue_practice_slips(paper, n, by=officer)
    with django_capture_on_commit_callbacks(execute=True):
        wipe_practice(appraisal, by=officer, at=AT)
        wipe_practice(appraisal, by=officer, at=AT)
    assert not practice_box_of(appraisal).is_there
    wipe_practice(appraisal, by=officer, at=AT)


def test_the_vote_wipes_the_practice_run_and_nothing_of_it_counts(django_capture_on_commit_callbacks) -> None:
    appraisal = make_appraisal()
    officer = officer_of(appraisal)
    open_practice(appraisal, by=officer, at=AT)
    open_practice(appraisal, by=officer, at=AT)
    practised = issue_practice_slips(appraisal.papers.get(), 2, by=officer)
    cast_all(practised)
    opened(appraisal, officer)
    assert not practice_box_of(appraisal).is_there
    with pytest.raises(UnknownCodeError):
        find(practised[0], on=ON)
    with pytest.raises(BoxInUseError, match="不能再演练"):
        open_practice(appraisal, by=officer, at=AT)
    close(appraisal, officer, django_capture_on_commit_callbacks)
    assert SealedBallot.objects.count() == 0


def test_a_practice_run_needs_something_to_vote_on() -> None:
    bare = make_appraisal(groups=())
    with pytest.raises(BoxInUseError, match="先补齐再演练"):
        open_practice(bare, by=officer_of(bare), at=AT)
