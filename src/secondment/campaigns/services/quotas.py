"""How many each home unit is asked to nominate."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.holding import lapses_of_homes
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.models import Campaign, Nomination, Quota
from secondment.campaigns.queries import live_nominations
from secondment.campaigns.rules import may_edit
from secondment.campaigns.services.notifying import NOMINATE, settle_nominations
from secondment.common.errors import DomainError, require
from secondment.common.versions import lock_version
from secondment.obligations.services import waive
from secondment.units.models import Unit


class QuotaBelowNominationsError(DomainError):
    """A quota cannot be smaller than what the unit has already nominated."""


@dataclass(frozen=True)
class QuotaLine:
    """What one home unit is asked for; `release_cap` None lets it release all it nominated."""

    home_unit: Unit
    n_asked: int
    release_cap: int | None = None


@transaction.atomic
def set_quotas(
    campaign: Campaign,
    lines: Sequence[QuotaLine],
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
) -> int:
    """Make the campaign's quotas exactly these; omitted units lose theirs if they have not nominated anyone.

    `version` is the campaign's when the editor was opened. Returns how many units have one.
    """
    campaign = lock_version(campaign, version=version)
    require(may_edit(by, campaign), _("批次已进入审查匹配，名额不能再调整。需要调整的，请先退回征集推荐。"))
    counts = _counts(campaign)
    _check(campaign, lines, counts)
    refuse_lapsed(lapses_of_homes(line.home_unit for line in lines if line.n_asked))
    kept = {line.home_unit.pk for line in lines}
    for quota in campaign.quotas.exclude(home_unit__in=kept).select_related("home_unit"):
        waive(campaign, NOMINATE, on=on, unit=quota.home_unit)
        quota.delete()
    for line in lines:
        quota, _created = Quota.objects.update_or_create(
            campaign=campaign,
            home_unit=line.home_unit,
            defaults={"n_asked": line.n_asked, "release_cap": line.release_cap},
        )
        if campaign.state == CampaignState.OPEN:
            settle_nominations(quota, counts.get(line.home_unit.pk, 0), on=on)
    campaign.save(update_fields=["version"])
    record(
        "campaign.set_quotas",
        campaign,
        by=by,
        at=at,
        details={"units": len(lines), "asked": sum(line.n_asked for line in lines)},
    )
    return len(lines)


def _counts(campaign: Campaign) -> dict[int, int]:
    counts: dict[int, int] = {}
    for unit_id in live_nominations(campaign).values_list("home_unit_id", flat=True):
        counts[unit_id] = counts.get(unit_id, 0) + 1
    return counts


def _check(campaign: Campaign, lines: Sequence[QuotaLine], counts: dict[int, int]) -> None:
    asked = {line.home_unit.pk: line.n_asked for line in lines}
    for unit_id, n_nominated in counts.items():
        if asked.get(unit_id, 0) < n_nominated:
            one = Nomination.objects.filter(campaign=campaign, home_unit=unit_id).select_related("home_unit")
            raise QuotaBelowNominationsError(
                _("%(unit)s已推荐 %(n)d 人，名额不能少于已推荐人数。请先撤回推荐，或调高名额。")
                % {"unit": one[0].home_unit.name, "n": n_nominated},
                field=f"asked-{unit_id}",
            )
