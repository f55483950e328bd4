"""Whatever order slips are issued, cast, sent again, made void and the vote closed in: each used code is one ballot."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.makers import ON

from secondment.appraisals.box.ballot_box import About, BallotBox
from secondment.appraisals.box.entries import enter, send_back, take_back
from secondment.appraisals.box.errors import BoxInUseError, EntryError
from secondment.appraisals.box.sheets import Item, Ratee, Sheet
from secondment.common.errors import DomainError

PAPERS = (1, 2)
LEVELS = ("低", "高")


def sheet(paper: int) -> Sheet:
    return Sheet(paper, "", "", "", (Ratee("1", "甲", "", LEVELS, (Item("a", "一"), Item("b", "二"))),))


marks_of_any = st.fixed_dictionaries(
    {"a": st.sampled_from([None, 1, 2]), "b": st.sampled_from([None, 1, 2])}
).map(lambda marks: {"1": marks})
clerks = st.integers(1, 3)


class Votes(RuleBasedStateMachine):
    """A box, and beside it what an honest book-keeper would write down."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.box = BallotBox(Path(self.folder.name) / "one.sqlite3")
        self.box.make(About("测评", ON, is_practice=False), [sheet(paper) for paper in PAPERS])
        self.codes: dict[str, int] = {}
        self.used: dict[str, tuple[int, dict]] = {}
        self.receipts: dict[str, str] = {}
        self.blocked: dict[int, str] = {}
        self.void: set[str] = set()
        self.entered: dict[str, dict[int, dict]] = {}
        self.is_sealed = False

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def pick(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.codes)))

    def is_usable(self, code: str) -> bool:
        return code not in self.void and code not in self.blocked.values()

    def is_locked(self, code: str) -> bool:
        return len(self.entered.get(code, {})) == 2

    @rule(paper=st.sampled_from(PAPERS), n=st.integers(1, 3))
    def issue(self, paper: int, n: int) -> None:
        try:
            codes = self.box.issue(paper, n)
        except DomainError:
            assert self.is_sealed
            return
        self.codes |= dict.fromkeys(codes, paper)

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), marks=marks_of_any, late=st.booleans())
    def cast(self, data: st.DataObject, marks: dict, late: bool) -> None:
        code = self.pick(data)
        on = ON + dt.timedelta(days=1) if late else ON
        try:
            receipt = self.box.cast(code, marks, on=on)
        except DomainError:
            assert not self.is_usable(code) or ((self.is_sealed or late) and code not in self.used)
            return
        assert self.receipts.setdefault(code, receipt) == receipt
        self.used.setdefault(code, (self.codes[code], marks))
        self.entered.pop(code, None)

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), marks=marks_of_any, clerk=clerks)
    def enter(self, data: st.DataObject, marks: dict, clerk: int) -> None:
        code = self.pick(data)
        try:
            entered = enter(self.box, code, marks, clerk=clerk, on=ON)
        except DomainError:
            assert not self.is_usable(code) or self.is_sealed or code in self.used or self.is_locked(code)
            return
        assert clerk not in self.entered.get(code, {}) or not self.is_locked(code)
        others = [one for who, one in self.entered.get(code, {}).items() if who != clerk]
        if not entered.receipt:
            assert marks not in others
            self.entered.setdefault(code, {})[clerk] = marks
            return
        assert len(others) == 2 or others == [marks]
        self.used[code] = (self.codes[code], marks)
        self.receipts[code] = entered.receipt
        del self.entered[code]

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), clerk=clerks)
    def take_back(self, data: st.DataObject, clerk: int) -> None:
        code = self.pick(data)
        had = clerk in self.entered.get(code, {})
        try:
            assert take_back(self.box, code, clerk=clerk) is had
        except EntryError:
            assert had
            assert self.is_locked(code)
            return
        if had:
            del self.entered[code]

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), clerk=clerks)
    def send_back(self, data: st.DataObject, clerk: int) -> None:
        code = self.pick(data)
        is_third = self.is_locked(code) and clerk not in self.entered[code]
        try:
            send_back(self.box, code, clerk=clerk)
        except EntryError:
            assert not is_third
            return
        assert is_third
        del self.entered[code]

    @precondition(lambda self: self.codes)
    @rule(data=st.data())
    def block(self, data: st.DataObject) -> None:
        code, request = self.pick(data), len(self.blocked) + len(self.void) * 100 + 1
        while request in self.blocked:
            request += 1
        try:
            self.box.block(request, code, paper=self.codes[code])
        except DomainError:
            assert not self.is_usable(code) or code in self.used or self.is_sealed
            return
        self.blocked[request] = code

    @precondition(lambda self: self.blocked)
    @rule(data=st.data(), is_void=st.booleans())
    def decide(self, data: st.DataObject, is_void: bool) -> None:
        request = data.draw(st.sampled_from(sorted(self.blocked)))
        self.box.settle_blocked(request, is_void=is_void)
        code = self.blocked.pop(request)
        if is_void:
            self.void.add(code)
            self.entered.pop(code, None)

    @rule(paper=st.sampled_from(PAPERS))
    def void_unused(self, paper: int) -> None:
        unused = {
            code
            for code, of in self.codes.items()
            if of == paper and code not in self.used and code not in self.void
        }
        try:
            n = self.box.void_unused(paper)
        except DomainError:
            assert self.is_sealed
            return
        assert n == len(unused)
        self.void |= unused
        self.blocked = {request: code for request, code in self.blocked.items() if code not in unused}
        self.entered = {code: given for code, given in self.entered.items() if code not in unused}

    @rule()
    def seal(self) -> None:
        try:
            self.box.seal()
        except BoxInUseError:
            assert self.entered
            return
        assert not self.entered
        self.is_sealed = True

    @invariant()
    def sealed_ballots_are_the_used_codes(self) -> None:
        if not hasattr(self, "box"):
            return
        content = self.box.content()
        key = lambda one: (one[0], repr(sorted(one[1]["1"].items(), key=str)))  # noqa: E731
        assert sorted(content.ballots, key=key) == sorted(self.used.values(), key=key)
        assert content.receipts == sorted(self.receipts.values())
        for paper in PAPERS:
            count = content.counts[paper]
            codes = {code for code, of in self.codes.items() if of == paper}
            assert count.issued == len(codes) == count.spent + count.void + count.unused
            assert count.spent == len(codes & self.used.keys())
            assert count.void == len(codes & self.void)


Votes.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestVotes = Votes.TestCase
