"""Lists of raters: ask units for theirs, write them, hand them in, give them back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.appraisals.errors import AppraisalError, RosterError
from secondment.appraisals.models import Appraisal, BallotPaper, RosterEntry
from secondment.appraisals.raters import MOST_RATERS, NewRater, faults_of, known_list, namesakes_in
from secondment.appraisals.rules import may_manage, require_may_fill, role_of
from secondment.appraisals.services.locking import in_draft
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.notices.services import send_notice

MOST_SHOWN = 20


@transaction.atomic
def ask_for_rosters(appraisal: Appraisal, *, until: dt.date, by: User, on: dt.date, at: dt.datetime) -> int:
    """Ask the offices of all papers whose list was not handed in; returns how many papers are newly asked for."""
    row = in_draft(appraisal, by)
    if until < on:
        raise AppraisalError(_("名单报送期限已过。请改为今天或以后。"), field="until")
    if until > row.held_on:
        raise AppraisalError(
            _("名单报送期限晚于测评日期（%(day)s）。请提前。") % {"day": row.held_on}, field="until"
        )
    papers = list(row.papers.filter(asked_on=None).select_related("unit"))
    if not row.papers.exists():
        raise AppraisalError(_("还没有票种。请先生成票种，再请各单位报送名单。"), field="until")
    row.papers.filter(pk__in=[one.pk for one in papers]).update(asked_on=on)
    row.rosters_by = until
    row.save()
    record("appraisal.ask_rosters", row, by=by, at=at, details={"n": len(papers), "deadline": f"{until}"})
    _tell(papers, row, at=at)
    return len(papers)


@transaction.atomic
def add_raters(
    paper: BallotPaper, rows: Sequence[NewRater], *, by: User, at: dt.datetime
) -> list[RosterEntry]:
    """Put these people onto the list, all or none; every row that cannot be is named."""
    known_paper = locked_paper(paper, by)
    if not rows:
        raise RosterError(_("没有填写人员。请每行写一人：姓名，空格，单位职务或身份。"), field="text")
    if any(one.is_namesake for one in rows):
        require(may_manage(by, known_paper.appraisal), _("同名的另一人由主办组织部门核实后加入。"))
    known = known_list(known_paper)
    faults = [str(one) for one in faults_of(rows, known, by)]
    if faults:
        shown = faults[:MOST_SHOWN]
        if len(faults) > len(shown):
            shown.append(_("……共 %(n)d 处。") % {"n": len(faults)})
        raise RosterError("；".join(shown), reasons=shown, field="text")
    if known.n + len(rows) > MOST_RATERS:
        raise RosterError(_("一份名单最多 %(n)d 人。请分到多个票种。") % {"n": MOST_RATERS}, field="text")
    last = known_paper.roster.aggregate(last=Max("position"))["last"] or 0
    made = RosterEntry.objects.bulk_create(
        RosterEntry(
            paper=known_paper,
            position=last + number,
            name=one.name,
            duty=one.duty,
            is_namesake=one.is_namesake,
        )
        for number, one in enumerate(rows, 1)
    )
    details = _details(known_paper, len(made))
    if namesakes := namesakes_in(rows, known):
        details["namesakes"] = "、".join(namesakes)
    record("appraisal.add_raters", known_paper.appraisal, by=by, at=at, details=details)
    return made


@transaction.atomic
def remove_raters(paper: BallotPaper, entries: Sequence[RosterEntry], *, by: User, at: dt.datetime) -> int:
    """Take people off before lists are locked."""
    known = locked_paper(paper, by)
    n, _by_model = known.roster.filter(pk__in=[one.pk for one in entries]).delete()
    if n:
        record("appraisal.remove_raters", known.appraisal, by=by, at=at, details=_details(known, n))
    return n


@transaction.atomic
def hand_in_roster(paper: BallotPaper, *, by: User, on: dt.date, at: dt.datetime) -> BallotPaper:
    """The office says that its list is complete; from then on the department alone changes it, or gives it back."""
    known = locked_paper(paper, by)
    if known.handed_in_on is not None:
        return known
    if not known.roster.exists():
        raise RosterError(_("名单是空的。请先填写参评人员，再报送。"))
    known.handed_in_on = on
    known.save()
    record(
        "appraisal.hand_in_roster",
        known.appraisal,
        by=by,
        at=at,
        details=_details(known, known.roster.count()),
    )
    return known


@transaction.atomic
def return_roster(paper: BallotPaper, *, by: User, at: dt.datetime) -> BallotPaper:
    """Give a list back to its office, which finds it among its to-dos again."""
    row = in_draft(paper.appraisal, by)
    known = row.papers.select_related("unit").get(pk=paper.pk)
    if known.handed_in_on is None:
        raise RosterError(_("这份名单还没有报送，不用退回。请刷新页面，查看最新情况。"))
    known.handed_in_on = None
    known.save()
    record("appraisal.return_roster", row, by=by, at=at, details=_details(known, known.roster.count()))
    _tell([known], row, at=at)
    return known


def locked_paper(paper: BallotPaper, by: User) -> BallotPaper:
    """The paper while its list may be written by this account; acts on one appraisal wait for each other."""
    row = (
        Appraisal.objects.select_for_update(of=("self",))
        .select_related("owner_unit")
        .get(pk=paper.appraisal_id)
    )
    known = BallotPaper.objects.select_related("unit").filter(pk=paper.pk).first()
    if known is None:
        raise RosterError(_("这种票已被主办组织部门删除。请刷新页面，查看最新情况。"))
    known.appraisal = row
    require_may_fill(by, known)
    return known


def _tell(papers: Sequence[BallotPaper], appraisal: Appraisal, *, at: dt.datetime) -> None:
    """One message to each account of the offices; where nobody can sign in, the department writes the list itself."""
    units = defaultdict(list)
    for one in papers:
        units[role_of(one)].append(one.unit)
    accounts = [account for role, theirs in units.items() for account in accounts_of(theirs, role)]
    title = say("请于%(day)s前报送民主测评参评人员名单", day=f"{appraisal.rosters_by}")
    send_notice(
        accounts, title=title, path=reverse("appraisals:appraisal_detail", args=[appraisal.pk]), at=at
    )


def _details(paper: BallotPaper, n: int) -> dict[str, object]:
    return {"paper": f"{paper.unit.name} {paper.group}", "n": n}
