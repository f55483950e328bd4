"""What became of nominations: one word for one state, kept once the result of a campaign is published."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.accounts.queries import accounts_of
from secondment.campaigns.choices import UNPUBLISHED, Outcome
from secondment.campaigns.models import Campaign, Nomination
from secondment.campaigns.queries import live_nominations
from secondment.common.sentences import counted, say
from secondment.notices.services import send_notice


def settle_outcomes(
    campaign: Campaign, person_ids: Iterable[int], word: Outcome, *, called_off: Iterable[int] = ()
) -> None:
    """These people are chosen or sent, some were called off, everyone else nominated was not chosen."""
    going, gone = set(person_ids), set(called_off)
    rows = live_nominations(campaign)
    rows.filter(person__in=going).update(outcome=word)
    rows.filter(person__in=gone - going).update(outcome=Outcome.CALLED_OFF)
    rows.exclude(person__in=going | gone).update(outcome=Outcome.NOT_CHOSEN)


def recall(campaign: Campaign, person_id: int) -> None:
    """Someone who was sent waits for a notice again, and is chosen meanwhile."""
    live_nominations(campaign).filter(person=person_id, outcome=Outcome.SENT).update(outcome=Outcome.CHOSEN)


def call_off(campaign: Campaign, person_id: int) -> None:
    """Someone of a campaign whose result is published will not be sent after all."""
    rows = live_nominations(campaign).filter(person=person_id)
    rows.filter(outcome__in=(Outcome.CHOSEN, Outcome.SENT)).update(outcome=Outcome.CALLED_OFF)


def take_back(campaign: Campaign, *, at: dt.datetime) -> int:
    """The published result holds no longer: whoever was told it is told that it is decided anew; returns how many."""
    rows = live_nominations(campaign).exclude(outcome__in=UNPUBLISHED)
    n = rows.update(outcome=Outcome.WITHDRAWN)
    if n:
        title = say("“%(campaign)s”的集体决定已撤回，正在重新研究", campaign=campaign.name)
        _notify(campaign, title, at=at)
    return n


def notify_outcomes(campaign: Campaign, *, at: dt.datetime) -> None:
    """One message to each home unit, and one to each nominee with an account."""
    _notify(campaign, say("“%(campaign)s”结果已公布", campaign=campaign.name), at=at)


def _notify(campaign: Campaign, title: str, *, at: dt.datetime) -> None:
    rows = list(
        live_nominations(campaign)
        .select_related("home_unit", "person__account")
        .order_by("home_unit__path", "pk")
    )
    page = reverse("campaigns:nomination_list", args=[campaign.pk])
    for unit, found in groupby(rows, key=attrgetter("home_unit")):
        body = _body(list(found))
        send_notice(accounts_of([unit], Role.HOME_UNIT), title=title, body=body, path=page, at=at)
    _tell_nominees(rows, title, at=at)


def _body(nominations: list[Nomination]) -> str:
    """What a home unit is told about its people."""
    if any(one.outcome == Outcome.WITHDRAWN for one in nominations):
        return say("此前公布的结果不再有效，以重新公布的结果为准。")
    n_going = sum(one.outcome in (Outcome.CHOSEN, Outcome.SENT) for one in nominations)
    return counted("本单位推荐的人选中入选 %(n)d 人，各人结果和原因见名单。", n_going)


def _tell_nominees(rows: Iterable[Nomination], title: str, *, at: dt.datetime) -> None:
    accounts = [one.person.account for one in rows if one.person.account is not None]
    send_notice(accounts, title=title, body="", path=reverse("campaigns:my_nominations"), at=at)
