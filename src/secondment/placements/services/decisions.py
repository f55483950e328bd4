"""What becomes of the placements of a collective decision that is taken back, as long as nobody has a notice."""

import datetime as dt

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.lapses import shorten
from secondment.campaigns.models import Campaign
from secondment.common.errors import DomainError
from secondment.common.sentences import say
from secondment.jobs.queries import unfinished
from secondment.placements.choices import Origin, PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import decided_in
from secondment.placements.services.batches import ISSUE_JOB
from secondment.placements.services.errors import NoticeOutError
from secondment.placements.services.notifying import notify_home, notify_host, notify_secondee, owe_nothing_of


def obstacle_to_cancelling(campaign: Campaign) -> DomainError | None:
    """Notices that are out, or are being written: they are withdrawn or ended first, one by one."""
    if unfinished(ISSUE_JOB, "campaign", campaign.pk).exists():
        return NoticeOutError(
            _("本批次的挂职通知正在印发，不能撤回决定。请等待完成或取消印发。"),
            way=(_("查看印发进度"), reverse("placements:notices_issue", args=[campaign.pk])),
        )
    own = decided_in(campaign).filter(origin=Origin.CAMPAIGN)
    out = own.exclude(state__in=(PlacementState.DECIDED, PlacementState.CANCELLED))
    names = list(out.order_by("person__name_key", "pk").values_list("person__name", flat=True))
    if not names:
        return None
    return NoticeOutError(
        _(
            "已有 %(n)d 人印发挂职通知（%(names)s），不能撤回决定。通知有误的，请更正；确须撤回决定的，请先将通知全部作废；"
            "只涉及个别人员的，请在其挂职页取消挂职，已报到的办理提前结束。"
        )
        % {"n": len(names), "names": shorten(names)},
        way=(_("更正或作废通知"), f"{reverse('placements:notice_list')}?campaign={campaign.pk}"),
    )


def cancel_with_decision(
    campaign: Campaign, *, decision_number: str, by: User, on: dt.date, at: dt.datetime
) -> list[Placement]:
    """Cancel every placement of the locked campaign whose notice is not out; the reason stays with the decision.

    Whoever had a notice, since withdrawn, is told; the others were never told that they were decided on.
    """
    rows = decided_in(campaign).filter(state=PlacementState.DECIDED)
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    placements = list(rows.select_related("person__account", "host_unit", "home_unit"))
    keys = [one.pk for one in placements]
    told = list(
        Placement.objects.filter(pk__in=keys, notices__isnull=False).distinct().values_list("pk", flat=True)
    )
    Placement.objects.filter(pk__in=keys).update(
        state=PlacementState.CANCELLED,
        decision_withdrawn=True,
        cancel_reason=f"集体决定（{decision_number}）已撤回，重新研究",
        version=F("version") + 1,
    )
    decided_in(campaign).filter(state=PlacementState.CANCELLED).update(decision_withdrawn=True)
    owe_nothing_of(placements, on=on)
    details = {"n": len(placements), "decision_number": decision_number}
    record("campaign.cancel_placements", campaign, by=by, at=at, details=details)
    for one in placements:
        if one.pk in told:
            _notify(one, at=at)
    return placements


def _notify(placement: Placement, *, at: dt.datetime) -> None:
    title = say(
        "%(person)s同志到%(unit)s的挂职随集体决定撤回，另行研究",
        person=placement.person.name,
        unit=placement.host_unit.name,
    )
    for notify in (notify_home, notify_host, notify_secondee):
        notify(placement, title, at=at)
