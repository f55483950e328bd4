"""What the pages of yearly assessments show: facts, both opinions, the course of the grade."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import DecisionState, Side
from secondment.assessments.labels import decided_label, grade_label
from secondment.assessments.limits import known, told
from secondment.assessments.models import Evaluation, Grade, GradeDecision, Opinion
from secondment.assessments.parameters import who_assesses
from secondment.assessments.rules import source_of
from secondment.campaigns.lapses import shorten
from secondment.common.components import Fact, Step, steps_to
from secondment.common.workdays import is_announced
from secondment.people.rules import sections_at

ORDER = (
    DecisionState.RECORDED,
    DecisionState.CONFIRMED,
    DecisionState.POSTED,
    DecisionState.IN_FORCE,
)


@dataclass(frozen=True)
class SidePart:
    """One side's opinion on the page, and whether this reader may write it."""

    side: Side
    unit: str
    is_assessing: bool
    opinion: Opinion | None
    grade: str
    may_give: bool

    @property
    def label(self) -> str:
        """The side in words."""
        return str(self.side.label)

    @property
    def facts(self) -> list[Fact]:
        """The opinion as lines."""
        if self.opinion is None:
            return []
        one = self.opinion
        source = str(one.get_source_display())
        return [
            Fact(_("意见"), one.text, is_wide=True),
            Fact(_("建议等次"), self.grade),
            Fact(_("签署日期"), one.signed_on) if one.signed_on else Fact(_("填报时间"), one.recorded_at),
            Fact(_("来源"), source),
            Fact(_("填报人"), one.recorded_by.name),
        ]


def side_parts(user: User, evaluation: Evaluation, *, is_open: bool) -> list[SidePart]:
    """Both sides, the assessing one first."""
    given = {one.side: one for one in evaluation.opinions.select_related("recorded_by")}
    placement, first = evaluation.placement, Side(evaluation.assessing_side)
    units = {Side.HOST: placement.host_unit.name, Side.HOME: placement.home_unit.name}
    return [
        SidePart(
            side=side,
            unit=units[side],
            is_assessing=side == first,
            opinion=(opinion := given.get(side)),
            grade=grade_label(opinion.grade, evaluation.person.category) if opinion else "",
            may_give=is_open and source_of(user, evaluation, side) is not None,
        )
        for side in (first, first.other)
    ]


def overwritten(evaluations: Iterable[Evaluation], side: Side) -> str:
    """Whose opinion of this side would give way to the one that is written for many, and what it says."""
    rows = Opinion.objects.filter(evaluation__in=[one.pk for one in evaluations], side=side)
    words = [
        f"{one.evaluation.person.name}（{grade_label(one.grade, one.evaluation.person.category)}：{one.text}）"
        for one in rows.select_related("evaluation__person").order_by("evaluation__person__name_key", "pk")
    ]
    if not words:
        return ""
    told = {"side": side.label, "n": len(words), "names": shorten(words)}
    return _("%(n)d 人已有%(side)s意见，保存后改为本次填写的内容：%(names)s") % told


def fact_lines(evaluation: Evaluation) -> list[Fact]:
    """Whose year it is, how many days, who assesses and why."""
    placement, rule = evaluation.placement, who_assesses(evaluation.placement)
    days = _("%(n)d 天，全年工作日 %(all)d 天") % {
        "n": evaluation.host_workdays,
        "all": evaluation.year_workdays,
    }
    if not is_announced(evaluation.year):
        days = _("%(days)s（放假安排未公布，按周末推算）") % {"days": days}
    return [
        Fact(_("派出单位"), placement.home_unit.name),
        Fact(_("现任职务"), evaluation.person.post_title),
        Fact(_("接收单位"), placement.host_unit.name),
        Fact(_("挂任职务"), placement.post.title),
        Fact(
            _("挂职时间"),
            _("%(first)s 至 %(last)s") % {"first": placement.starts_on, "last": placement.last_day},
        ),
        Fact(_("挂职工作日"), days),
        Fact(_("病事假工作日"), evaluation.leave_workdays),
        Fact(_("考核单位"), Side(evaluation.assessing_side).label),
        Fact(_("名额分组"), str(evaluation.pool)),
        Fact(_("考核主体依据"), rule["basis"], is_wide=True),
    ]


def limits_known(user: User, evaluation: Evaluation) -> list[tuple[str, str]]:
    """(words, basis) of what bars a grade, as far as this reader may know."""
    sections = sections_at(user, evaluation.person.unit.path)
    return [(told(limit), str(limit.basis)) for limit in known(evaluation.limits, sections)]


@dataclass(frozen=True)
class GradeLine:
    """One decision on the grade: of all of them the newest is the one that counts."""

    grade: str
    proposed: str
    row: Grade

    @property
    def decision(self) -> GradeDecision:
        """The decision it belongs to."""
        return self.row.decision


def grade_history(evaluation: Evaluation, *, is_inside: bool) -> list[GradeLine]:
    """Every decision on the grade, the newest first; units see what is posted or in force."""
    rows = evaluation.grades.select_related("decision__recorded_by", "decision__confirmed_by").order_by("-pk")
    if not is_inside:
        rows = rows.filter(decision__state__in=(DecisionState.POSTED, DecisionState.IN_FORCE))
    category = evaluation.person.category
    return [
        GradeLine(decided_label(one.grade, category), grade_label(one.proposed, category), one)
        for one in rows
    ]


def decision_steps(decision: GradeDecision, *, is_posted: bool) -> list[Step]:
    """The way of a decision; one without 优秀 is not posted."""
    labels = [_("登记"), _("复核"), _("公示"), _("生效")]
    checked_on = timezone.localtime(decision.confirmed_at).date() if decision.confirmed_at else None
    days = [decision.decided_on, checked_on, decision.posted_from, decision.in_force_on]
    if decision.state == DecisionState.RETURNED:
        return [Step(labels[0], "done", days[0]), Step(_("已退回"), "current")]
    reached = ORDER.index(DecisionState(decision.state)) + 1
    if not is_posted:
        del labels[2], days[2]
        reached = min(reached, len(labels))
    return steps_to(reached, labels, days)


def decision_facts(decision: GradeDecision) -> list[Fact]:
    """Who decided, recorded and checked."""
    found = [
        Fact(_("事项"), decision.get_kind_display()),
        Fact(_("会议"), decision.meeting),
        Fact(_("决定文号"), decision.number),
        Fact(_("决定日期"), decision.decided_on),
        Fact(_("参加决定的人员"), decision.deciders, is_wide=True),
        Fact(_("登记人"), decision.recorded_by.name),
        Fact(_("复核人"), decision.confirmed_by.name if decision.confirmed_by else ""),
    ]
    if decision.posted_from:
        days = {"first": decision.posted_from, "last": decision.posted_until}
        found.append(Fact(_("公示时间"), _("%(first)s 至 %(last)s") % days))
    if decision.late_reason:
        found.append(Fact(_("补录说明"), decision.late_reason, is_wide=True))
    if decision.return_reason:
        found.append(Fact(_("退回理由"), decision.return_reason, is_wide=True))
    return found


def result_facts(grade: Grade) -> list[Fact]:
    """The result as it is told to the person."""
    evaluation = grade.evaluation
    placement = evaluation.placement
    return [
        Fact(_("考核年度"), str(evaluation.year)),
        Fact(_("等次"), decided_label(grade.grade, evaluation.person.category)),
        *([Fact(_("决定理由"), grade.told_reason, is_wide=True)] if grade.told_reason else []),
        Fact(_("接收单位"), f"{placement.host_unit.name} {placement.post.title}"),
        Fact(_("考核单位"), Side(evaluation.assessing_side).label),
        Fact(_("决定文号"), grade.decision.number),
        Fact(_("决定日期"), grade.decision.decided_on),
        Fact(_("主办组织部门"), grade.decision.register.owner_unit.name),
        Fact(_("签收日期"), grade.received_on),
    ]
