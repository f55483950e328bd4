"""A list of raters as somebody types or pastes it, and everything that is wrong with it; page, workbook and service ask here."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.models import BallotPaper, RosterEntry
from secondment.appraisals.queries import with_people
from secondment.appraisals.recusal import BarredNames, barred_names, spelt
from secondment.common.file_faults import told_whole
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.names import PrivateSignError, checked_name, clean_name

NAME_LENGTH, DUTY_LENGTH, MOST_RATERS = 40, 80, 2_000
TWICE = gettext_noop("请删去这一行；同名的两人请写明单位职务")
ASKED = gettext_noop(
    "是否同一人？同一人的请只留一行；不是同一人的，在名单页勾选“已核实：与名单中同名的人不是同一人”后加入"
)
_NUMBER = re.compile(r"^\s*\d+(?:\s*[.．、)）]\s*|\s+)")
_GAP = re.compile(r"[\t,，;；、]+|\s+")
# 王 芳 妇女主任: a name of two or three signs that was spread as forms do it
_SPREAD = re.compile(r"^([\u4e00-\u9fff])[ \u00a0\u3000]+([\u4e00-\u9fff]{1,2})(?![\u4e00-\u9fff])")
_BRACKETS = re.compile(r"[（）()<>＜＞\[\]【】]")
_BEHIND = re.compile(r"^([^\s（(]+)[（(]([^）)]*)[）)]?")  # 王芳（妇女主任）


@dataclass(frozen=True)
class NewRater:
    """Somebody who may vote.

    `is_namesake`: the department has checked that it is not the candidate or relative of the same name; `is_another`: whoever
    writes the list has checked that it is not somebody of the same name who is on one of the unit's lists.
    """

    name: str
    duty: str = ""
    is_namesake: bool = False
    is_another: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By which two rows are the same person."""
        return spelt(self.name), spelt(self.duty)


@dataclass(frozen=True)
class RaterFault:
    """What is wrong with a row (from 1) of what was typed: in which field, and what to do."""

    line: int
    field: str
    fault: Fault

    def __str__(self) -> str:
        return str(_("第 %(line)d 行：%(words)s") % {"line": self.line, "words": told_whole(self.fault)})


def parse_lines(text: str) -> list[NewRater]:
    """A person a line: the name, then unit, duty or what they are; a number in front is left out.

    A name that is spread by a gap is put together, and what stands behind it in brackets is the duty.
    """
    lines = (_NUMBER.sub("", line).strip() for line in text.splitlines())
    lines = (_BEHIND.sub(r"\1 \2 ", _SPREAD.sub(r"\1\2", line)) for line in lines)
    parts = (_GAP.split(line, maxsplit=1) for line in lines if line)
    return [NewRater(clean_name(name), " ".join("".join(rest).split())) for name, *rest in parts]


@dataclass(frozen=True)
class KnownList:
    """What a list is checked against: names that must not judge, who is on it, and who is on the unit's other lists."""

    barred: BarredNames
    own: dict[tuple[str, str], int]
    others: dict[tuple[str, str], str]

    @property
    def n(self) -> int:
        """How many are on it."""
        return len(self.own)

    def namesake_of(self, one: NewRater) -> Fault | None:
        """A question, where somebody of the same name and another duty is on one of the unit's lists."""
        name = spelt(one.name)
        for (known, _duty), position in self.own.items():
            if known == name:
                found = gettext_noop("“{name}”与名单第 {n} 位同名、职务不同")
                return in_chinese(found, ASKED, name=one.name, n=position)
        for (known, _duty), group in self.others.items():
            if known == name:
                found = gettext_noop("“{name}”与本单位“{group}”名单中一人同名、职务不同")
                return in_chinese(found, ASKED, name=one.name, group=group)
        return None


def known_list(paper: BallotPaper) -> KnownList:
    """Read it, in a handful of queries."""
    candidates = list(with_people(paper.candidates.all()))
    rows = RosterEntry.objects.filter(paper=paper).values_list("name", "duty", "position")
    beside = RosterEntry.objects.filter(paper__appraisal=paper.appraisal_id, paper__unit=paper.unit_id)
    others = beside.exclude(paper=paper).select_related("paper")
    return KnownList(
        barred_names(candidates),
        {NewRater(name, duty).key: position for name, duty, position in rows},
        {NewRater(one.name, one.duty).key: one.paper.get_group_display() for one in others},
    )


def faults_of(rows: Sequence[NewRater], known: KnownList, user: User) -> Iterator[RaterFault]:
    """Everything that is wrong with these rows, each by its own line; two of one name are asked about, never taken as one or two."""
    before: dict[tuple[str, str], int] = {}
    names: dict[str, int] = {}
    for line, one in enumerate(rows, 1):
        for field, fault in _faults_of_row(one, known, user):
            yield RaterFault(line, field, fault)
        same = before.setdefault(one.key, line)
        if same != line:
            found = gettext_noop("“{name}”与本表第 {same} 人重复")
            yield RaterFault(line, "name", in_chinese(found, TWICE, name=one.name, same=same))
        elif asked := _namesake(one, known, names):
            yield RaterFault(line, "name", asked)
        names.setdefault(spelt(one.name), line)


def _namesake(one: NewRater, known: KnownList, names: Mapping[str, int]) -> Fault | None:
    if not one.name or one.is_another or one.key in known.own or one.key in known.others:
        return None
    same = names.get(spelt(one.name))
    if same is None:
        return known.namesake_of(one)
    found = gettext_noop("“{name}”与本表第 {same} 人同名、职务不同")
    return in_chinese(found, ASKED, name=one.name, same=same)


def namesakes_in(rows: Sequence[NewRater], known: KnownList) -> list[str]:
    """Names that stand for two people, as whoever wrote the list has checked."""
    names: dict[str, int] = {}
    found = []
    for line, one in enumerate(rows, 1):
        if _namesake(replace(one, is_another=False), known, names):
            found.append(one.name)
        names.setdefault(spelt(one.name), line)
    return found


def _faults_of_row(one: NewRater, known: KnownList, user: User) -> Iterator[tuple[str, Fault]]:
    yield from _faults_of_text(one)
    barred = known.barred.get(spelt(one.name), ())
    if barred and not one.is_namesake:
        yield "name", barred[0].fault(one.name, user)
    if one.key in known.own:
        found = gettext_noop("“{name}”已在名单中（第 {n} 位）")
        yield "name", in_chinese(found, TWICE, name=one.name, n=known.own[one.key])
    elif one.key in known.others:
        found = gettext_noop("“{name}”已在本单位“{group}”名单中，一人只投一票")
        remedy = gettext_noop("请删去其中一处")
        yield "name", in_chinese(found, remedy, name=one.name, group=known.others[one.key])


def _faults_of_text(one: NewRater) -> Iterator[tuple[str, Fault]]:
    if not one.name:
        yield "name", in_chinese(gettext_noop("没有姓名"), gettext_noop("请填写姓名"))
    if len(one.name) > NAME_LENGTH:
        found, remedy = gettext_noop("姓名超过 {n} 个字"), gettext_noop("请核对是否与职务粘在一起")
        yield "name", in_chinese(found, remedy, n=NAME_LENGTH)
    if _BRACKETS.search(one.name):
        found, remedy = gettext_noop("“{name}”中有括号"), gettext_noop("请只写姓名，职务写到单位职务一栏")
        yield "name", in_chinese(found, remedy, name=one.name)
    if len(one.duty) > DUTY_LENGTH:
        found, remedy = gettext_noop("单位职务或身份超过 {n} 个字"), gettext_noop("请写简称")
        yield "duty", in_chinese(found, remedy, n=DUTY_LENGTH)
    try:
        checked_name(one.name)
    except PrivateSignError as error:
        yield "name", error.fault


def barred_on(paper: BallotPaper, entries: Collection[RosterEntry], user: User) -> list[str]:
    """Who is on the list and must not judge, in words: candidates may have come onto the paper after its list was written."""
    barred = barred_names(list(with_people(paper.candidates.all())))
    rows = ((one, barred.get(spelt(one.name), ())) for one in entries if not one.is_namesake)
    return [told_whole(found[0].fault(one.name, user)) for one, found in rows if found]
