"""What blocks the next step of an appraisal, each with its cure; the page lists what services refuse with."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.models import User
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate, RosterEntry
from secondment.appraisals.queries import rated_indicators, with_people
from secondment.appraisals.recusal import barred_names, spelt
from secondment.common.file_faults import told_whole
from secondment.common.sentences import listed
from secondment.standards.choices import ANONYMOUS_GROUPS, RaterGroup

MOST_NAMED = 5


@dataclass(frozen=True)
class Blocker:
    """Why the step cannot be taken, and the page on which that is cured."""

    words: str
    way: tuple[str | Promise, str]


@dataclass(frozen=True)
class Prepared:
    """All that was prepared, read at once: papers with candidates and lists."""

    appraisal: Appraisal
    candidates: Mapping[int, Candidate]
    papers: Sequence[BallotPaper]
    on_paper: Mapping[int, Sequence[int]]
    entries: Mapping[int, Sequence[RosterEntry]]


def prepared(appraisal: Appraisal) -> Prepared:
    """Four queries at any number."""
    on_paper: dict[int, list[int]] = defaultdict(list)
    through = BallotPaper.candidates.through.objects.filter(ballotpaper__appraisal=appraisal)
    for paper, candidate in through.values_list("ballotpaper", "candidate"):
        on_paper[paper].append(candidate)
    entries: dict[int, list[RosterEntry]] = defaultdict(list)
    for row in RosterEntry.objects.filter(paper__appraisal=appraisal):
        entries[row.paper_id].append(row)
    return Prepared(
        appraisal,
        {one.pk: one for one in with_people(appraisal.candidates.all())},
        list(appraisal.papers.select_related("unit")),
        on_paper,
        entries,
    )


def blockers_of_freeze(appraisal: Appraisal, user: User, ready: Prepared | None = None) -> list[Blocker]:
    """Before lists are locked."""
    return list(_before_freeze(ready or prepared(appraisal), user))


def blockers_of_opening(appraisal: Appraisal, on: dt.date) -> list[Blocker]:
    """Before ballots are issued: the day of the vote has come, and its period is not over."""
    if on < appraisal.held_on:
        words = _("测评日期是%(day)s，当天才能开始投票。需要提前的，请先修改测评日期；事先可以演练。")
        values = {"day": appraisal.held_on}
    elif on > appraisal.closes_on:
        words = _("截止日期%(day)s已过，不能开始投票。请先修改日期。")
        values = {"day": appraisal.closes_on}
    else:
        return []
    way = (_("修改日期"), reverse("appraisals:appraisal_change", args=[appraisal.pk]))
    return [Blocker(words % values, way)]


def draws_by_chance(appraisal: Appraisal, ready: Prepared | None = None) -> bool:
    """Whether chance decides who votes on some paper: only then a seed is needed."""
    now = ready or prepared(appraisal)
    return any(
        one.n_wanted is not None and one.n_wanted < len(now.entries.get(one.pk, ())) for one in now.papers
    )


def _before_freeze(now: Prepared, user: User) -> Iterator[Blocker]:
    if not now.candidates:
        way = (_("选择测评对象"), reverse("appraisals:candidates_choose", args=[now.appraisal.pk]))
        yield Blocker(_("还没有测评对象。"), way)
        return
    yield from _papers_missing(now)
    yield from _masses_without_items(now)
    for one in now.papers:
        if not now.on_paper.get(one.pk):
            words = _("%(paper)s：没有测评对象。请补上，或删除这种票。") % {"paper": paper_name(one)}
            yield Blocker(words, (_("打开名单"), reverse("appraisals:roster", args=[one.pk])))
    yield from _empty_lists(now)
    yield from _barred(now, user)


def _empty_lists(now: Prepared) -> Iterator[Blocker]:
    """One line, however many: on the first day all are empty."""
    empty = [one for one in now.papers if not now.entries.get(one.pk)]
    if len(empty) == 1:
        words = _("%(paper)s：名单是空的。请填写，或请单位报送。") % {"paper": paper_name(empty[0])}
        yield Blocker(words, (_("打开名单"), reverse("appraisals:roster", args=[empty[0].pk])))
    elif empty:
        n = len(empty)
        names = [paper_name(one) for one in empty[:MOST_NAMED]]
        words = ngettext(
            "%(n)d 份名单是空的：%(papers)s。请填写、从 Excel 导入，或请单位报送。",
            "%(n)d 份名单是空的：%(papers)s。请填写、从 Excel 导入，或请单位报送。",
            n,
        )
        papers = listed(names) if n <= MOST_NAMED else _("%(names)s等") % {"names": listed(names)}
        values = {"n": n, "papers": papers}
        way = (_("票种和名单"), reverse("appraisals:paper_list", args=[now.appraisal.pk]))
        yield Blocker(words % values, way)


def _papers_missing(now: Prepared) -> Iterator[Blocker]:
    """Every group that the standard gives weight needs a paper; absent groups would be left out of the score."""
    groups: dict[int, set[str]] = defaultdict(set)
    for paper in now.papers:
        for candidate in now.on_paper.get(paper.pk, ()):
            groups[candidate].add(paper.group)
    for group in ANONYMOUS_GROUPS:
        without = [
            one.placement.person.name
            for one in now.candidates.values()
            if one.standard.group_weights.get(group) and group not in groups[one.pk]
        ]
        if without:
            words = _("%(names)s没有“%(group)s”票。测评标准规定这一组参评，请生成或补上票种。")
            values = {"names": _some(without), "group": RaterGroup(group).label}
            yield Blocker(
                words % values, (_("补票种"), reverse("appraisals:paper_list", args=[now.appraisal.pk]))
            )


def _masses_without_items(now: Prepared) -> Iterator[Blocker]:
    """Ballots of the masses hold indicators that the standard names for them, and no others."""
    about = {
        key for one in now.papers if one.group == RaterGroup.MASSES for key in now.on_paper.get(one.pk, ())
    }
    standards = {one.standard_id: one.standard for key, one in now.candidates.items() if key in about}
    rated = rated_indicators(sorted(standards)) if standards else {}
    for key, standard in standards.items():
        if not any(one.for_masses for one in rated[key]):
            words = _("“%(standard)s”没有列入群众票的指标。请另签批一版标准，或删除群众票。")
            way = (_("查看测评标准"), reverse("standards:standard_list"))
            yield Blocker(words % {"standard": standard}, way)


def _barred(now: Prepared, user: User) -> Iterator[Blocker]:
    """Candidates may have come onto a paper after its list was written."""
    barred = barred_names(list(now.candidates.values()))
    for paper in now.papers:
        about = set(now.on_paper.get(paper.pk, ()))
        for one in now.entries.get(paper.pk, ()):
            found = [each for each in barred.get(spelt(one.name), ()) if each.candidate.pk in about]
            if found and not one.is_namesake:
                values = {"paper": paper_name(paper), "why": told_whole(found[0].fault(one.name, user))}
                way = (_("打开名单"), reverse("appraisals:roster", args=[paper.pk]))
                yield Blocker(_("%(paper)s：%(why)s") % values, way)


def paper_name(paper: BallotPaper) -> str:
    """A paper by unit and group."""
    return f"{paper.unit.name} · {paper.get_group_display()}"


def _some(names: Sequence[str]) -> str:
    shown = listed(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else _("%(names)s等%(n)d人") % {"names": shown, "n": len(names)}
