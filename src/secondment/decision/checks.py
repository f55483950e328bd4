"""What still prevents the decision on a proposal; pages show all of it, services refuse with the first."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.lapses import shorten
from secondment.campaigns.models import Campaign, Nomination
from secondment.common.errors import DomainError
from secondment.decision.errors import (
    EarlyDateError,
    NotificationMissingError,
    ObjectionOpenError,
    ReplyMissingError,
    TalkMissingError,
    UnaskedError,
    UnpostedError,
)
from secondment.decision.heard import open_objections, unheard
from secondment.decision.models import NotificationObjection, PreAppointmentTalk
from secondment.decision.parameters import needed_talks, notification_workdays
from secondment.decision.queries import posted_of, taken_back
from secondment.decision.rules import UNDER_WAY
from secondment.matching.models import Proposal


def refuse_first(obstacles: Iterable[DomainError]) -> None:
    """Raise the first obstacle, if there is one."""
    for obstacle in obstacles:
        raise obstacle


def planned_on(proposal: Proposal) -> dt.date:
    """The day from which there was a plan that people could be asked, talked with or decided about."""
    return timezone.localtime(proposal.created_at).date()


def refuse_before_plan(proposal: Proposal, day: dt.date, *, field: str = "") -> None:
    """Refuse a talk or a decision about a plan that was not there yet."""
    if day < planned_on(proposal):
        raise EarlyDateError(
            _("%(day)s早于所采用方案的产生日期（%(planned)s）。请核对日期。")
            % {"day": day, "planned": planned_on(proposal)},
            field=field,
        )


def refuse_before_withdrawal(campaign: Campaign, day: dt.date, *, field: str = "") -> None:
    """Refuse a decision of a day on which the one before still stood."""
    last = taken_back(campaign).values_list("withdrawn_on", flat=True).first()
    if last is not None and day < last:
        raise EarlyDateError(
            _("%(day)s早于上次决定的撤回日期（%(last)s）。请核对日期。") % {"day": day, "last": last},
            field=field,
        )


def consultation_obstacles(proposal: Proposal, *, on: dt.date) -> Iterator[DomainError]:
    """Units that may still reply, and objections without a conclusion; no reply after the deadline counts as consent.

    An answer is about a person in a post: units that were asked about other posts are to be asked anew.
    """
    campaign = proposal.run.campaign
    waiting, unasked = unheard(proposal, on=on)
    if waiting:
        yield ReplyMissingError(
            _("%(n)d 个单位尚未答复且未到期限：%(names)s。请等待答复，或催办。")
            % {"n": len(waiting), "names": shorten([unit.name for unit in waiting])}
        )
    if unasked:
        yield UnaskedError(
            _("尚未就现方案的岗位征求 %(n)d 个单位的意见：%(names)s。对原岗位的答复不再计入，请征求意见。")
            % {"n": len(unasked), "names": shorten([unit.name for unit in unasked])},
            way=_way_to_ask(campaign),
        )
    names = [one.unit.name for one in open_objections(proposal)]
    if names:
        yield ObjectionOpenError(
            _("%(names)s有异议，尚无处理结论。请先与单位沟通，写明处理结论。") % {"names": shorten(names)},
            way=(_("处理异议"), _page(campaign, "decision_detail") + "?reply=open_objection#consultations"),
        )


def decision_obstacles(
    proposal: Proposal, nomination_ids: Iterable[int], *, decided_on: dt.date
) -> Iterator[DomainError]:
    """Everything that must be done before these people can be decided on that day."""
    yield from consultation_obstacles(proposal, on=decided_on)
    yield from notification_obstacles(proposal, nomination_ids, decided_on=decided_on)
    yield from talk_obstacles(proposal, nomination_ids)


def notification_obstacles(
    proposal: Proposal, nomination_ids: Iterable[int], *, decided_on: dt.date
) -> Iterator[DomainError]:
    """Everyone was named in the public notification, it is over, and what was reported is cleared up.

    One from before the campaign went back to matching named others, and counts no longer.
    """
    campaign = proposal.run.campaign
    n_workdays = notification_workdays(campaign)
    is_posted = campaign.state == CampaignState.NOTIFICATION
    notification = posted_of(proposal) if is_posted else None
    if notification is None:
        if n_workdays:
            yield NotificationMissingError(
                _("本项目要求公示不少于 %(n)d 个工作日。请先发布公示。") % {"n": n_workdays},
                way=(_("发布公示"), _page(campaign, "notification_publish")),
            )
        return
    posted = proposal.pairs.values_list("nomination_id", flat=True)
    if missing := set(nomination_ids).difference(posted):
        yield UnpostedError(
            _("%(names)s没有公示过。请退回匹配，调整方案后重新征求意见和公示。")
            % {"names": shorten(_names(campaign.nominations.filter(pk__in=missing)))},
            way=(_("退回匹配"), _page(campaign, "review_resume")),
        )
    if decided_on <= notification.last_day:
        yield NotificationMissingError(
            _("公示期至 %(day)s 届满，次日起方可作出决定。") % {"day": notification.last_day}
        )
    n_open = NotificationObjection.objects.filter(notification__proposal=proposal, resolved_on=None).count()
    if n_open:
        yield ObjectionOpenError(
            _("公示期间的 %(n)d 条反映尚无核实结论。请先核实，写明结论。") % {"n": n_open},
            way=(_("核实反映情况"), _page(campaign, "decision_detail") + "#notification"),
        )


def talk_obstacles(proposal: Proposal, nomination_ids: Iterable[int]) -> Iterator[DomainError]:
    """Everyone to be sent has been talked with, where the programme asks for it."""
    campaign = proposal.run.campaign
    if not needed_talks(campaign):
        return
    talked = set(PreAppointmentTalk.objects.filter(proposal=proposal).values_list("nomination_id", flat=True))
    missing = [one for one in nomination_ids if one not in talked]
    if missing:
        names = _names(campaign.nominations.filter(pk__in=missing))
        yield TalkMissingError(
            _("%(n)d 人尚无任前谈话记录：%(names)s。请先谈话并登记。")
            % {"n": len(names), "names": shorten(names)},
            way=(_("登记谈话"), _page(campaign, "talks_record")),
        )


def _way_to_ask(campaign: Campaign) -> tuple[str, str]:
    """A round that is under way goes back to matching first."""
    if campaign.state in UNDER_WAY:
        return _("退回匹配"), _page(campaign, "review_resume")
    return _("征求意见"), _page(campaign, "consultation_start")


def _page(campaign: Campaign, name: str) -> str:
    return reverse(f"decision:{name}", args=[campaign.pk])


def _names(nominations: QuerySet[Nomination]) -> list[str]:
    rows = nominations.select_related("person").order_by("person__name_key", "pk")
    return [one.person.name for one in rows]
