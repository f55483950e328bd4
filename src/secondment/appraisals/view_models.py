"""What pages of an appraisal show: its steps, its facts, the pages it has."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.marks import marks_due
from secondment.appraisals.models import Appraisal, Candidate
from secondment.appraisals.rules import may_manage, reads_all
from secondment.common.components import Fact, Step, Tab, steps_to
from secondment.common.navigation import url_or_nothing

# which of the four steps is current
CURRENT = {
    AppraisalState.DRAFT: 0,
    AppraisalState.FROZEN: 2,
    AppraisalState.OPEN: 2,
    AppraisalState.CLOSED: 4,
    AppraisalState.VOID: 0,
}


@dataclass(frozen=True)
class Shared:
    """One of the candidates with whom raters are shared."""

    candidate: Candidate
    n: int


def steps_of(appraisal: Appraisal) -> list[Step]:
    """The four steps and when each was taken; a voided one begins anew elsewhere."""
    labels = (_("选对象、填名单"), _("锁定名单、抽取"), _("投票"), _("封存"))
    days = (None, appraisal.frozen_on, appraisal.opened_on, appraisal.closed_on)
    return steps_to(CURRENT[AppraisalState(appraisal.state)], labels, days)


def tabs_of(user: User, appraisal: Appraisal, current: str) -> list[Tab]:
    """The pages of an appraisal that this reader has."""
    if not reads_all(user, appraisal):
        return []
    pages = [
        ("detail", _("概况"), "appraisals:appraisal_detail"),
        ("candidates", _("测评对象"), "appraisals:candidate_list"),
        ("papers", _("票种和名单"), "appraisals:paper_list"),
    ]
    if may_manage(user, appraisal):
        pages.append(("marks", _("考核组评分"), "appraisals:marks_enter"))
        pages.append(("voting", _("投票"), "appraisals:voting"))
    return [
        Tab(label, reverse(name, args=[appraisal.pk]), is_current=key == current)
        for key, label, name in pages
    ]


def marks_open_words(appraisal: Appraisal) -> str:
    """What the organisation group has still to do before the box is sealed; later it cannot."""
    due = marks_due(appraisal)
    if due is None or (due.has_team and due.n_given >= due.n_due):
        return ""
    if not due.has_team:
        return _(
            "测评标准规定由考核组评分，还没有登记考核组成员。评分在封存以前进行，封存以后不能再补，考核组的权重由其他主体分摊。"
        )
    return _(
        "考核组应评 %(due)d 项，已评 %(given)d 项。留空的不计，封存以后不能再补；不了解的选“不了解”。"
    ) % {
        "due": due.n_due,
        "given": due.n_given,
    }


def facts_of(appraisal: Appraisal, *, sees_all: bool) -> list[Fact]:
    """What is known of it; how it was drawn, for everybody: that is published."""
    team = "、".join(one["name"] for one in appraisal.team)
    is_void = appraisal.state == AppraisalState.VOID
    rows: list[tuple[Any, Any, bool]] = [
        (_("考核年度"), appraisal.year, False),
        (_("类型"), appraisal.get_occasion_display(), False),
        (_("主办组织部门"), appraisal.owner_unit.name, False),
        (_("测评日期"), appraisal.held_on, False),
        (_("截止日期"), appraisal.closes_on, False),
        (_("名单报送期限"), appraisal.rosters_by, False),
        (_("考核组"), team if sees_all else "", True),
        (_("抽取种子"), appraisal.draw_seed, True),
        (_("名单摘要"), appraisal.frame_digest, True),
        (_("作废理由"), appraisal.void_reason if sees_all and is_void else "", True),
    ]
    return [Fact(label, value, is_wide=is_wide) for label, value, is_wide in rows if value]


def measured(user: User, appraisal: Appraisal) -> str:
    """Where its results are computed, once it is closed; "" before, and for those who do not compute."""
    is_closed = appraisal.state == AppraisalState.CLOSED
    return url_or_nothing("measurement:run_list") if is_closed and may_manage(user, appraisal) else ""
