"""What the page of a placement shows: life cycle, course of events, facts of both sides."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.audit.actions import sentence_of
from secondment.audit.models import AuditEvent
from secondment.campaigns.eligibility_rules import RULE_BY_CODE
from secondment.campaigns.shown_findings import rule_title
from secondment.common.components import Fact, Step, TimelineEntry, steps_to
from secondment.common.sentences import labelled
from secondment.people.rules import sections_of
from secondment.placements.choices import Origin, PlacementState
from secondment.placements.lists import appointment_of, destination_of, removal_of
from secondment.placements.models import Placement, TermChange
from secondment.placements.rules import may_manage, may_read_end_plan

COURSE = (
    "issue_notice",
    "confirm_report",
    "record_arrival",
    "record_formalities",
    "start_placement",
    "cancel_placement",
    "set_term",
    "change_term",
    "end_placement",
    "reopen_placement",
    "place_single",
    "record",
    "correct",
)
"""The actions that make the course of events; looks and downloads are for the auditor."""
ORDER = (PlacementState.DECIDED, PlacementState.APPOINTED, PlacementState.IN_POST, PlacementState.ENDED)


def steps_of(placement: Placement) -> list[Step]:
    """The life cycle; a cancelled placement stops at its last state."""
    labels = (_("集体决定"), _("挂职通知"), _("到岗在挂"), _("期满"))
    days = (None, placement.notice_on, placement.reported_on, placement.last_day)
    if placement.state == PlacementState.CANCELLED:
        reached = 1 if placement.notice_on else 0
        done = [Step(labels[at], "done", days[at]) for at in range(reached + 1)]
        return [*done, Step(_("已取消"), "current")]
    reached = ORDER.index(PlacementState(placement.state))
    # of one recorded from a list, decision and notice are known only where the list has them
    first = 2 if placement.origin == Origin.RECORDED else 0
    return steps_to(reached - first, labels[first:], days[first:])


def timeline_of(placement: Placement) -> list[TimelineEntry]:
    """What was done to the placement, newest first, from the trail."""
    events = AuditEvent.objects.filter(
        object_type="placements.placement",
        object_id=str(placement.pk),
        action__in=[f"placement.{action}" for action in COURSE],
    )
    entries = [TimelineEntry(event.at, sentence_of(event.action), event.actor_name) for event in events]
    return entries or _known_days(placement)


def _known_days(placement: Placement) -> list[TimelineEntry]:
    """The days on the row itself, for a placement taken over from elsewhere without a trail."""
    days = [
        (placement.reported_on, "placement.start_placement"),
        (placement.notice_on, "placement.issue_notice"),
    ]
    return [TimelineEntry(day, sentence_of(action)) for day, action in days if day is not None]


def main_facts(user: User, placement: Placement) -> list[Fact]:
    """Person, post, term and documents."""
    return [
        Fact(_("姓名"), placement.person.name),
        Fact(_("现任职务"), placement.person.post_title),
        Fact(_("联系电话"), placement.person.phone),
        Fact(_("挂任职务"), placement.post.title),
        Fact(_("挂职项目"), placement.programme_version.programme.name),
        Fact(_("批次"), placement.campaign.name if placement.campaign else ""),
        Fact(_("来源"), _origin(placement)),
        Fact(_("脱产方式"), placement.get_work_mode_display()),
        Fact(_("培养目的"), placement.get_purpose_display()),
        Fact(_("挂职开始"), placement.starts_on),
        Fact(_("挂职结束"), placement.last_day),
        *([Fact(_("期限调整理由"), placement.term_reason, is_wide=True)] if placement.term_reason else []),
        Fact(_("决定文号"), placement.decision_number),
        *_exceptions(user, placement),
        Fact(_("挂职通知"), placement.notice_number),
        *_ending_facts(placement),
        Fact(_("岗位职责"), placement.post.duties, is_wide=True),
    ]


def _exceptions(user: User, placement: Placement) -> list[Fact]:
    """What an approval let pass; a rule tells of a penalty or an investigation, so it is named to the owner and to those
    who read what it is about."""
    known, is_owner = sections_of(user, placement.person), may_manage(user, placement)
    shown = [one for one in placement.exceptions if is_owner or RULE_BY_CODE[one["rule"]].sections <= known]
    words = [f"{rule_title(one['rule'])}：{one['document']}" for one in shown]
    return [Fact(_("批准的例外"), "；".join(words), is_wide=True)] if words else []


def _origin(placement: Placement) -> str:
    origin = placement.get_origin_display()
    return labelled(origin, placement.source) if placement.source else origin


def _ending_facts(placement: Placement) -> list[Fact]:
    if placement.state != PlacementState.ENDED:
        return []
    return [
        Fact(_("结束方式"), placement.get_ending_display()),
        Fact(_("办结日期"), placement.closed_on),
        Fact(_("去向"), destination_of(placement)),
    ]


def change_facts(placement: Placement) -> list[tuple[TermChange, list[Fact]]]:
    """Each change of the term (form F16), the first first, with the opinions it rests on."""
    return [(one, _facts_of_change(one)) for one in placement.term_changes.all()]


def _facts_of_change(one: TermChange) -> list[Fact]:
    return [
        Fact(_("原定最后一天"), one.old_last_day),
        Fact(_("变更后最后一天"), one.last_day),
        Fact(_("审批日期"), one.decided_on),
        Fact(_("审批文号"), one.number),
        Fact(_("本人意见"), one.own_opinion),
        Fact(_("派出单位意见"), one.home_opinion),
        Fact(_("接收单位意见"), one.host_opinion),
        Fact(_("理由"), one.reason, is_wide=True),
    ]


def end_plan_facts(user: User, placement: Placement) -> list[Fact]:
    """What is intended for the end, as long as the person is in post, for those who may read it."""
    if placement.state != PlacementState.IN_POST or not may_read_end_plan(user, placement):
        return []
    plan = placement.end_plans.filter(ends_on=placement.ends_on).first()
    if plan is None:
        return []
    intention = plan.get_intention_display()
    return [Fact(_("期满安排"), labelled(intention, plan.note) if plan.note else intention)]


def home_facts(placement: Placement) -> list[Fact]:
    """What the home side is."""
    return [
        Fact(_("派出单位"), placement.home_unit.name),
        Fact(_("所属"), _above(placement.home_unit.parent)),
        Fact(_("人事关系"), _("保留在派出单位")),
        Fact(_("保险单号"), placement.insurance_number),
    ]


def host_facts(placement: Placement) -> list[Fact]:
    """What the host side has arranged; without a receipt nobody has said whether there is a place to live."""
    is_known = placement.lodging_arranged or placement.reported_on is not None
    return [
        Fact(_("接收单位"), placement.host_unit.name),
        Fact(_("所属"), _above(placement.host_unit.parent)),
        Fact(_("联系领导"), placement.contact_leader or placement.post.contact_leader),
        Fact(_("带教导师"), placement.mentor or placement.post.mentor),
        Fact(_("联系人"), placement.post.contact_name),
        Fact(_("联系电话"), placement.post.contact_phone),
        Fact(_("办公住宿已落实"), placement.lodging_arranged if is_known else None),
        Fact(_("食宿交通条件"), placement.post.lodging, is_wide=True),
        Fact(_("分工"), placement.duties, is_wide=True),
    ]


def formality_facts(placement: Placement) -> list[Fact]:
    """Where the party membership is, and the appointment by law."""
    out = " ".join(str(part) for part in (placement.party_out_on, placement.party_out_number) if part)
    return [
        Fact(_("组织关系转出"), out),
        Fact(_("党支部"), placement.party_branch),
        Fact(_("组织关系转入"), placement.party_in_on),
        Fact(_("组织关系转回"), placement.party_back_on),
        Fact(_("法定任命"), appointment_of(placement)),
        Fact(_("免职"), removal_of(placement)),
    ]


def own_facts(placement: Placement) -> list[Fact]:
    """What the secondee needs to know before leaving: where, when, who to ask."""
    region = placement.post.region
    return [
        Fact(_("挂职单位和地点"), placement.host_unit.name),
        Fact(_("工作地点"), region.full_name if region else ""),
        Fact(_("挂任职务"), placement.post.title),
        Fact(_("报到期限"), placement.report_by),
        Fact(_("挂职开始"), placement.starts_on),
        Fact(_("挂职结束"), placement.last_day),
        Fact(_("联系人"), placement.post.contact_name),
        Fact(_("联系电话"), placement.post.contact_phone),
        Fact(_("联系领导"), placement.contact_leader or placement.post.contact_leader),
        Fact(_("带教导师"), placement.mentor or placement.post.mentor),
        Fact(_("党支部"), placement.party_branch),
        Fact(_("保险单号"), placement.insurance_number),
        Fact(_("食宿交通条件"), placement.post.lodging, is_wide=True),
        Fact(_("分工"), placement.duties or placement.post.duties, is_wide=True),
    ]


def days_left(placement: Placement, on: dt.date) -> int | None:
    """Days until the last day, for a person in post."""
    return (placement.last_day - on).days if placement.stage(on) == PlacementState.IN_POST else None


def _above(unit: object) -> str:
    return str(unit) if unit else ""
