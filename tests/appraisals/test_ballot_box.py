"""The box: codes are spent once, wrong marks leave them unspent, and the file tells nobody what it must not."""

import datetime as dt
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from tests.appraisals.box_makers import same_mark, shapes
from tests.appraisals.killed import dying, in_a_process_that_is_killed
from tests.makers import ON

from secondment.appraisals.box import ballot_box, files
from secondment.appraisals.box.ballot_box import About, BallotBox, Count, rounded
from secondment.appraisals.box.codes import new_code
from secondment.appraisals.box.errors import (
    BoxClosedError,
    BoxGoneError,
    CodeError,
    MarksError,
    SpentCodeError,
    UnknownCodeError,
)
from secondment.appraisals.box.sheets import Item, Ratee, Sheet

LEVELS = ("差", "中", "良", "好")
ITEMS = (Item("a", "指标甲", LEVELS), Item("b", "指标乙"))
SHEET = Sheet(
    7,
    "测评",
    "某乡",
    "群众",
    (Ratee("1", "张三", "副乡长", LEVELS, ITEMS), Ratee("2", "李四", "", LEVELS, ITEMS[:1])),
)
OTHER = Sheet(9, "测评", "某乡", "领导", SHEET.ratees[:1])
MARKS = {"1": {"a": 4, "b": None}, "2": {"a": 1}}


@pytest.fixture
def box(tmp_path: Path) -> BallotBox:
    made = BallotBox(tmp_path / "boxes" / "one.sqlite3")
    made.make(About("年度测评", ON, is_practice=False), [SHEET, OTHER])
    return made


def test_a_ballot_comes_out_as_it_was_cast(box: BallotBox) -> None:
    [code] = box.issue(7, 1)
    receipt = box.cast(code, MARKS, on=ON)
    content = box.content()
    assert content.ballots == [(7, MARKS)]
    assert content.receipts == [receipt]
    assert content.counts == {7: Count(1, 1, 0, 0), 9: Count()}


def test_a_spent_code_gives_its_receipt_again_and_counts_nothing(box: BallotBox) -> None:
    code, other = box.issue(7, 2)
    first = box.cast(code, MARKS, on=ON)
    assert box.cast(code, same_mark(SHEET, 1), on=ON) == first
    assert box.cast(other, MARKS, on=ON) != first
    assert [marks for _paper, marks in box.content().ballots] == [MARKS, MARKS]


def test_what_a_code_leads_to(box: BallotBox) -> None:
    [code] = box.issue(7, 1)
    found = box.find(code, on=ON)
    assert found is not None
    assert (found.sheet, found.is_spent, found.about) == (
        SHEET,
        False,
        About("年度测评", ON, is_practice=False),
    )
    receipt = box.cast(code, MARKS, on=ON)
    again = box.find(code, on=ON)
    assert again is not None
    assert (again.is_spent, again.receipt) == (True, receipt)


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({}, "张三 的“指标甲”还没有选"),
        ({"1": {"a": 4}}, "张三 的“指标乙”还没有选"),
        ({"1": {"a": 4, "b": 2}}, "李四 的“指标甲”还没有选"),
        ({"1": {"a": 0, "b": 2}, "2": {"a": 1}}, "张三 的“指标甲”不在所列档次"),
        ({"1": {"a": 5, "b": 2}, "2": {"a": 1}}, "张三 的“指标甲”不在所列档次"),
        ({"1": {"a": True, "b": 2}, "2": {"a": 1}}, "张三 的“指标甲”不在所列档次"),
        ({"1": {"a": "4", "b": 2}, "2": {"a": 1}}, "张三 的“指标甲”不在所列档次"),
    ],
)
def test_wrong_marks_are_named_and_leave_the_code_unspent(box: BallotBox, marks: dict, words: str) -> None:
    [code] = box.issue(7, 1)
    with pytest.raises(MarksError, match=words):
        box.cast(code, marks, on=ON)
    assert box.content().counts[7] == Count(1, 0, 0, 1)
    box.cast(code, MARKS, on=ON)
    assert len(box.content().ballots) == 1


def test_a_code_of_nobody(box: BallotBox) -> None:
    with pytest.raises(UnknownCodeError, match="没有这个投票码"):
        box.cast(new_code(), MARKS, on=ON)
    assert box.find(new_code(), on=ON) is None


def test_the_last_day_counts_and_the_day_after_does_not(box: BallotBox) -> None:
    first, second = box.issue(7, 2)
    box.cast(first, MARKS, on=ON)
    late = ON + dt.timedelta(days=1)
    with pytest.raises(BoxClosedError, match="已于 2026-11-23 截止"):
        box.cast(second, MARKS, on=late)
    with pytest.raises(BoxClosedError):
        box.find(second, on=late)
    assert box.cast(first, MARKS, on=late) in box.content().receipts  # who asks late still gets the receipt


def test_a_sealed_box_takes_nothing_and_says_so(box: BallotBox) -> None:
    spent, unspent = box.issue(7, 2)
    receipt = box.cast(spent, MARKS, on=ON)
    box.seal()
    box.seal()
    with pytest.raises(BoxClosedError, match="投票已经结束"):
        box.cast(unspent, MARKS, on=ON)
    with pytest.raises(BoxClosedError):
        box.issue(7, 1)
    with pytest.raises(BoxClosedError):
        box.find(unspent, on=ON)
    assert box.cast(spent, MARKS, on=ON) == receipt


def test_a_code_that_is_asked_to_be_void(box: BallotBox) -> None:
    code, other = box.issue(7, 2)
    box.block(1, code, paper=7)
    assert box.find(code, on=ON) is None
    with pytest.raises(UnknownCodeError):
        box.cast(code, MARKS, on=ON)
    with pytest.raises(UnknownCodeError):
        box.block(2, code, paper=7)
    assert box.counts()[7] == Count(2, 0, 0, 2)
    box.settle_blocked(1, is_void=False)
    box.cast(code, MARKS, on=ON)
    with pytest.raises(SpentCodeError, match="已经投出"):
        box.block(3, code, paper=7)
    with pytest.raises(CodeError, match="另一个票种"):
        box.block(4, other, paper=9)
    box.block(5, other, paper=7)
    box.settle_blocked(5, is_void=True)
    box.settle_blocked(5, is_void=False)  # a request is decided once
    assert box.counts()[7] == Count(2, 1, 1, 0)


def test_void_what_nobody_has_used(box: BallotBox) -> None:
    codes = box.issue(7, 3)
    kept = box.issue(9, 1)
    box.cast(codes[0], MARKS, on=ON)
    box.block(1, codes[1], paper=7)
    assert box.void_unused(7) == 2
    assert box.void_unused(7) == 0
    assert box.counts() == {7: Count(3, 1, 2, 0), 9: Count(1, 0, 0, 1)}
    box.settle_blocked(1, is_void=False)
    assert box.counts()[7].void == 2
    assert box.find(kept[0], on=ON) is not None


def test_participation_is_rounded(box: BallotBox) -> None:
    for code in box.issue(7, 3)[:3]:
        box.cast(code, MARKS, on=ON)
    assert box.participation() == {7: 5, 9: 0}
    assert [rounded(n) for n in (0, 2, 3, 7, 8, 12)] == [0, 0, 5, 5, 10, 10]


def test_many_at_once_are_each_counted_once(box: BallotBox) -> None:
    codes = box.issue(7, 24)
    receipts: list[str] = []

    def vote(code: str) -> None:
        receipts.append(box.cast(code, MARKS, on=ON))

    threads = [threading.Thread(target=vote, args=(code,)) for code in codes * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 48
    content = box.content()
    assert len(content.ballots) == 24
    assert sorted(set(receipts)) == content.receipts


def test_the_file_is_for_its_owner_alone_and_has_no_write_ahead_log(box: BallotBox) -> None:
    [code] = box.issue(7, 1)
    box.cast(code, MARKS, on=ON)
    for path in box.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {path.name for path in box.path.parent.iterdir()} == {
        "one.sqlite3",
        "one.sqlite3-journal",
        "one.lock",
    }
    assert stat.S_IMODE(box.path.parent.stat().st_mode) == 0o700


def test_no_journal_keeps_what_was_there_before_a_ballot(box: BallotBox) -> None:
    for code in box.issue(7, 5):
        box.cast(code, MARKS, on=ON)
        journal = box.path.with_name("one.sqlite3-journal").read_bytes()
        assert len(journal) > 4096
        assert not any(journal)


def test_codes_are_not_in_the_file(box: BallotBox) -> None:
    codes = box.issue(7, 20)
    content = box.path.read_bytes()
    for code in codes:
        assert code.encode() not in content


def test_casting_moves_nothing_in_the_file(box: BallotBox) -> None:
    """Rows keep their places: where a ballot or a spent code lies says nothing of when."""
    codes = box.issue(7, 40)
    before = box.path.read_bytes()
    with box.read() as tables:
        hashes = [row[0] for row in tables.execute("SELECT hash FROM code")]
    places = {one: list(shapes(before, one)) for one in hashes}
    for code in codes[:30]:
        box.cast(code, MARKS, on=ON)
    after = box.path.read_bytes()
    assert len(after) == len(before)
    assert {one: list(shapes(after, one)) for one in hashes} == places


def test_a_box_that_is_gone_says_what_that_means(box: BallotBox) -> None:
    [code] = box.issue(7, 1)
    box.destroy()
    box.destroy()
    assert list(box.path.parent.iterdir()) == []
    with pytest.raises(BoxGoneError, match="重新组织投票"):
        box.cast(code, MARKS, on=ON)


def test_a_destroyed_box_was_overwritten(box: BallotBox) -> None:
    box.issue(7, 1)
    watched = os.open(box.path, os.O_RDONLY)
    box.destroy()
    assert not any(os.pread(watched, 1 << 20, 0))
    os.close(watched)


def test_a_box_that_goes_while_somebody_waits_for_it(box: BallotBox, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_words: object, **_options: object) -> None:
        raise sqlite3.OperationalError

    monkeypatch.setattr(files.sqlite3, "connect", gone)
    with pytest.raises(BoxGoneError), box.read():
        pass


@pytest.mark.parametrize(("is_there", "said"), [(True, sqlite3.DatabaseError), (False, BoxGoneError)])
def test_a_box_that_goes_while_a_code_is_looked_up(box: BallotBox, is_there: bool, said: type) -> None:
    def look() -> None:
        with files.looked_into(box.path) as tables:
            box.path.write_bytes(bytes(4096))
            if not is_there:
                box.path.unlink()
            tables.execute("SELECT * FROM about").fetchall()

    with pytest.raises(said):
        look()


def test_a_box_that_is_not_there_is_not_looked_into(box: BallotBox) -> None:
    box.destroy()
    with pytest.raises(BoxGoneError):
        box.find(new_code(), on=ON)


def test_who_looks_a_code_up_waits_for_nobody_who_casts(box: BallotBox) -> None:
    [code] = box.issue(7, 1)
    with box.written() as tables:
        tables.execute("UPDATE about SET text = 'x' WHERE name = 'name'")
        found = box.find(code, on=ON)
    assert found is not None
    assert found.about.name == "年度测评"


@pytest.mark.parametrize("draws", [0, 1, 50])
def test_the_last_places_are_found_too(box: BallotBox, monkeypatch: pytest.MonkeyPatch, draws: int) -> None:
    monkeypatch.setattr(ballot_box, "DRAWS", draws)
    for code in box.issue(7, 12):
        box.cast(code, MARKS, on=ON)
    assert len(box.content().ballots) == 12


def test_a_box_is_made_once_and_leftovers_of_a_kill_go(box: BallotBox) -> None:
    with pytest.raises(FileExistsError):
        box.make(About("另一次", ON, is_practice=False), [SHEET])
    assert box.about().name == "年度测评"
    box.destroy()
    left = box.path.with_name("one.sqlite3.abcd.part")
    left.touch()
    box.make(About("重新开始", ON, is_practice=True), [SHEET])
    assert not left.exists()
    assert box.about() == About("重新开始", ON, is_practice=True)
    assert box.sheet(7) == SHEET


def test_a_failure_while_writing_leaves_nothing(box: BallotBox) -> None:
    [code] = box.issue(7, 1)

    def fail() -> None:
        with box.written() as tables:
            tables.execute("UPDATE code SET state = 1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert box.counts()[7].unused == 1
    box.cast(code, MARKS, on=ON)


def test_a_statement_that_ended_the_transaction_itself_is_reported_as_it_is(box: BallotBox) -> None:
    def fail() -> None:
        with box.written() as tables:
            tables.execute("ROLLBACK")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()


@pytest.mark.parametrize(
    ("owner", "step", "is_after"),
    [
        (files, "_connected", False),
        (ballot_box, "_free_place", False),
        (ballot_box, "put_in", True),  # everything is written, nothing is committed
        (files, "_wipe_journal", False),  # committed, and nobody was answered
        (files, "_wipe_journal", True),
    ],
)
def test_a_voter_whose_process_is_killed_votes_again(
    box: BallotBox, monkeypatch: pytest.MonkeyPatch, owner: object, step: str, is_after: bool
) -> None:
    code, other = box.issue(7, 2)
    with monkeypatch.context() as patched:
        patched.setattr(owner, step, dying(getattr(owner, step), is_after=is_after))
        in_a_process_that_is_killed(lambda: box.cast(code, MARKS, on=ON))
    receipts = [box.cast(one, MARKS, on=ON) for one in (code, code, other)]
    assert receipts[0] == receipts[1]
    assert sorted(receipts[1:]) == box.content().receipts
    assert len(box.content().ballots) == 2
    assert not any((box.path.parent / f"{box.path.name}-journal").read_bytes())
