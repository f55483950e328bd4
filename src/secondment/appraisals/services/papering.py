"""Kinds of ballot papers: proposed from where candidates work and come from, changed by the department."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.errors import PaperError
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate
from secondment.appraisals.parameters import raters_wanted
from secondment.appraisals.queries import with_people
from secondment.appraisals.services.locking import in_draft
from secondment.audit.services import record
from secondment.common.sentences import listed
from secondment.standards.choices import ANONYMOUS_GROUPS, RaterGroup
from secondment.units.models import Unit


@dataclass(frozen=True)
class NewPaper:
    """A paper as it is typed: one group of one unit, on these candidates; `n_wanted` None: everybody on the list votes."""

    group: str
    unit: Unit
    candidates: Sequence[Candidate]
    n_wanted: int | None = None


@transaction.atomic
def propose_papers(appraisal: Appraisal, *, by: User, at: dt.datetime) -> int:
    """A paper for each group that the standard gives weight, of each host unit, and of each home unit; returns how many are
    new.

    Candidates who are on a paper of the group already stay there, whatever its unit: asked again it only adds.
    """
    row = in_draft(appraisal, by)
    candidates = list(with_people(row.candidates.all()))
    on_paper = _groups_of(row)
    wanted: dict[tuple[str, int], list[Candidate]] = defaultdict(list)
    for one in candidates:
        for group in ANONYMOUS_GROUPS:
            if one.standard.group_weights.get(group) and group not in on_paper[one.pk]:
                wanted[group, _unit_of(one, group)].append(one)
    known = {(one.group, one.unit_id): one for one in row.papers.all()}
    made = 0
    for (code, unit), people in wanted.items():
        paper = known.get((code, unit))
        if paper is None:
            number = raters_wanted([one.placement for one in people], code)
            paper = BallotPaper.objects.create(appraisal=row, group=code, unit_id=unit, n_wanted=number)
            made += 1
        paper.candidates.add(*people)
    if wanted:
        row.save()
        record("appraisal.propose_papers", row, by=by, at=at, details={"n": made})
    return made


@transaction.atomic
def add_paper(appraisal: Appraisal, new: NewPaper, *, by: User, at: dt.datetime) -> BallotPaper:
    """A paper of the department's own: leaders of the township for all its villages, say."""
    row = in_draft(appraisal, by)
    _refuse(row, new, own=0)
    paper = BallotPaper.objects.create(appraisal=row, group=new.group, unit=new.unit, n_wanted=new.n_wanted)
    paper.candidates.set(new.candidates)
    row.save()
    record("appraisal.add_paper", row, by=by, at=at, details=_details(paper))
    return paper


@transaction.atomic
def change_paper(
    paper: BallotPaper,
    candidates: Sequence[Candidate],
    *,
    n_wanted: int | None,
    by: User,
    at: dt.datetime,
) -> BallotPaper:
    """Whom it is about, and how many vote; group and unit stay, for the list belongs to them."""
    row = in_draft(paper.appraisal, by)
    known = row.papers.select_related("unit").get(pk=paper.pk)
    _refuse(row, NewPaper(known.group, known.unit, candidates, n_wanted), own=known.pk)
    known.n_wanted = n_wanted
    known.save()
    known.candidates.set(candidates)
    row.save()
    record("appraisal.change_paper", row, by=by, at=at, details=_details(known))
    return known


@transaction.atomic
def remove_paper(paper: BallotPaper, *, by: User, at: dt.datetime) -> None:
    """The paper and its list are gone."""
    row = in_draft(paper.appraisal, by)
    record("appraisal.remove_paper", row, by=by, at=at, details=_details(paper))
    row.papers.filter(pk=paper.pk).delete()
    row.save()


def _refuse(appraisal: Appraisal, new: NewPaper, *, own: int) -> None:
    if new.group not in ANONYMOUS_GROUPS:
        raise PaperError(_("考核组实名评分，不用测评票。请在“考核组评分”中登记。"), field="group")
    if not new.candidates:
        raise PaperError(_("请至少选一名测评对象。"), field="candidates")
    _refuse_unweighted(new)
    others = appraisal.papers.filter(group=new.group, unit=new.unit).exclude(pk=own)
    if others.exists():
        raise PaperError(
            _("%(unit)s的“%(group)s”已有一种票。请直接修改已有的票种。")
            % {"unit": new.unit.name, "group": RaterGroup(new.group).label},
            field="unit",
        )
    if new.n_wanted == 0:
        raise PaperError(_("应抽取人数不能为 0。全员参评的请留空。"), field="n_wanted")


def _refuse_unweighted(new: NewPaper) -> None:
    """Nobody is asked for a vote that counts for nothing."""
    people = with_people(Candidate.objects.filter(pk__in=[one.pk for one in new.candidates]))
    names = [one.placement.person.name for one in people if not one.standard.group_weights.get(new.group)]
    if names:
        words = _("%(names)s的测评标准没有给“%(group)s”权重，投了也不计。请不选这些人，或另签批一版标准。")
        values = {"names": listed(names), "group": RaterGroup(new.group).label}
        raise PaperError(words % values, field="candidates")


def _groups_of(appraisal: Appraisal) -> dict[int, set[str]]:
    """Candidate → the groups whose papers name it."""
    found: dict[int, set[str]] = defaultdict(set)
    through = BallotPaper.candidates.through.objects.filter(ballotpaper__appraisal=appraisal)
    for candidate, group in through.values_list("candidate", "ballotpaper__group"):
        found[candidate].add(group)
    return found


def _unit_of(candidate: Candidate, group: str) -> int:
    placement = candidate.placement
    return placement.home_unit_id if group == RaterGroup.HOME else placement.host_unit_id


def _details(paper: BallotPaper) -> dict[str, object]:
    return {"paper": f"{paper.unit.name} {paper.group}", "n": paper.n_wanted or 0}
