"""Reviews and appeals as pages show them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.appeals.choices import AppealKind, AppealState
from secondment.appeals.lists import grade_words
from secondment.appeals.models import Appeal
from secondment.common.components import Fact, Step, steps_to
from secondment.units.official_names import place_and_title


def appeal_facts(appeal: Appeal) -> list[Fact]:
    """Who asks what of whom, and the days of the law."""
    evaluation = appeal.grade.evaluation
    found = [
        Fact(_("考核年度"), str(evaluation.year)),
        Fact(_("原等次"), grade_words(appeal)),
        Fact(_("原决定文号"), appeal.grade.decision.number),
        Fact(_("结果签收日期"), appeal.grade.received_on),
        Fact(_("接收单位"), place_and_title(evaluation.placement.host_unit, evaluation.placement.post.title)),
        Fact(_("受理单位"), appeal.office.name),
        Fact(_("提出日期"), appeal.filed_on),
        Fact(_("法定最后一日"), appeal.last_day),
        Fact(_("来源"), appeal.get_source_display()),
        Fact(_("办理期限"), appeal.due_on),
    ]
    if appeal.late_reason:
        found.append(Fact(_("逾期提出的正当理由"), appeal.late_reason, is_wide=True))
    if appeal.extension_days:
        words = _("%(n)d 天：%(reason)s") % {"n": appeal.extension_days, "reason": appeal.extension_reason}
        found.append(Fact(_("延长办理"), words, is_wide=True))
    return [*found, Fact(_("请求和理由"), appeal.text, is_wide=True)]


def outcome_facts(appeal: Appeal) -> list[Fact]:
    """What was decided; nothing before."""
    if appeal.state != AppealState.DECIDED:
        return []
    found = [
        Fact(_("决定"), appeal.get_outcome_display()),
        Fact(_("决定文号"), appeal.number),
        Fact(_("决定日期"), appeal.decided_on),
        Fact(_("参加决定的人员"), appeal.deciders),
        Fact(_("签收日期"), appeal.received_on),
    ]
    found += [
        Fact(
            _("得分更正"),
            _("第 %(n)d 版") % {"n": one.number},
            url=reverse("appeals:recomputed", args=[one.pk]),
        )
        for one in appeal.versions.all()
    ]
    if appeal.correction:
        found.append(Fact(_("等次的更正"), appeal.correction.get_state_display()))
    return [*found, Fact(_("决定理由"), appeal.outcome_reason, is_wide=True)]


def appeal_steps(appeal: Appeal) -> list[Step]:
    """How far it is."""
    if appeal.state == AppealState.WITHDRAWN:
        return [Step(_("提出"), "done", appeal.filed_on), Step(_("本人撤回"), "current")]
    kind = AppealKind(appeal.kind).label
    labels = [_("提出%(kind)s") % {"kind": kind}, _("决定"), _("签收决定")]
    reached = 1 + (appeal.decided_on is not None) + (appeal.received_on is not None)
    return steps_to(
        reached, labels, [appeal.filed_on, appeal.decided_on or appeal.due_on, appeal.received_on]
    )
