"""Copy a proposal to try something else, choose the one to be consulted on."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.rules import may_manage
from secondment.common.errors import require
from secondment.common.versions import lock_version
from secondment.matching.holding import check_holds
from secondment.matching.models import Proposal, ProposalPair, Unplaced
from secondment.matching.rules import require_may_adjust
from secondment.matching.services.interventions import copy_interventions
from secondment.matching.services.reviewing import lock_reviewed


@transaction.atomic
def copy_proposal(proposal: Proposal, *, name: str, by: User, at: dt.datetime) -> Proposal:
    """A new proposal with the same pairs, to be changed apart from the first."""
    campaign = proposal.run.campaign
    require_may_adjust(by, campaign)
    proposal.run.campaign = lock_reviewed(campaign)
    copy = Proposal.objects.create(
        run=proposal.run,
        name=name,
        principle=proposal.principle,
        principle_reason=proposal.principle_reason,
        total_score=proposal.total_score,
        created_by=by,
        created_at=at,
    )
    pairs, unplaced = list(proposal.pairs.all()), list(proposal.unplaced.all())
    for pair in pairs:
        pair.pk, pair.proposal = None, copy
    for one in unplaced:
        one.pk, one.proposal = None, copy
    ProposalPair.objects.bulk_create(pairs, batch_size=500)
    Unplaced.objects.bulk_create(unplaced, batch_size=500)
    copy_interventions(proposal, copy)
    record("proposal.copy", copy, by=by, at=at, details={"from": proposal.pk})
    return copy


@transaction.atomic
def choose_proposal(proposal: Proposal, *, version: int | None, by: User, at: dt.datetime) -> Proposal:
    """Make this the one proposal of the campaign that goes to consultation and decision."""
    campaign = proposal.run.campaign
    require(may_manage(by, campaign), _("只有主办批次的组织部门可以采用方案。"))
    proposal.run.campaign = lock_reviewed(campaign)
    check_holds(proposal)
    chosen = lock_version(proposal, version=version)
    Proposal.objects.filter(run__campaign=campaign, is_chosen=True).update(is_chosen=False)
    chosen.is_chosen = True
    chosen.save()
    record("proposal.choose", chosen, by=by, at=at)
    return chosen
