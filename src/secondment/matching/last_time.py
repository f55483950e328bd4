"""A campaign beside the one before it in the same programme, by the figures that the pages of each already show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.models import Campaign
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.common.display import NOTHING
from secondment.common.sentences import labelled, listed
from secondment.matching.choices import GroupedBy
from secondment.matching.fairness import UNKNOWN, GroupRow, group_rows, share_text
from secondment.matching.figures import figure_text
from secondment.matching.intervention_lines import n_by_hand
from secondment.matching.models import Proposal
from secondment.matching.options import of_those
from secondment.matching.queries import (
    campaigns_visible_to,
    proposal_summary,
    proposals_visible_to,
)

GROUPINGS = (GroupedBy.SEX, GroupedBy.AGE, GroupedBy.LEVEL)


@dataclass(frozen=True)
class SideRow:
    """One figure of both campaigns."""

    label: str
    now: str
    then: str


def previous_of(user: User, campaign: Campaign) -> Campaign | None:
    """The campaign before it, of the same programme and organisation department, that has come to review."""
    earlier = Q(starts_on__lt=campaign.starts_on) | Q(starts_on=campaign.starts_on, pk__lt=campaign.pk)
    return (
        campaigns_visible_to(user)
        .filter(
            earlier,
            programme_version__programme=campaign.programme_version.programme_id,
            owner_unit=campaign.owner_unit_id,
        )
        .order_by("-starts_on", "-pk")
        .first()
    )


def plan_of(user: User, campaign: Campaign) -> Proposal | None:
    """The plan that the campaign adopted, else the last one of its last run; None where nothing was computed."""
    known = proposals_visible_to(user).filter(run__campaign=campaign)
    return known.order_by("-is_chosen", "-run__number", "-pk").first()


def side_rows(now: Proposal | None, then: Proposal | None) -> list[SideRow]:
    """Every figure of both plans; a dash where a campaign has no plan or nobody of the group."""
    first, second = _figures(now), _figures(then)
    return [
        SideRow(key[1], first.get(key, NOTHING), second.get(key, NOTHING))
        for key in sorted({*first, *second})
    ]


def weight_differences(now: Proposal, then: Proposal) -> str:
    """Which weights differ, now and then; "" for none."""
    pairs = {
        label: (now.run.weights.get(name, 0), then.run.weights.get(name, 0))
        for name, label in WEIGHT_LABELS.items()
    }
    return listed(labelled(label, f"{one} / {two}") for label, (one, two) in pairs.items() if one != two)


Key = tuple[tuple[int, int], str]


def _figures(proposal: Proposal | None) -> dict[Key, str]:
    """The figures by place on the page and label."""
    if proposal is None:
        return {}
    summary, groups = proposal_summary(proposal), group_rows(proposal)
    plain = (
        (_("安排原则"), str(proposal.get_principle_display())),
        (_("岗位名额"), str(proposal.run.report["n_places"])),
        (_("已安排"), str(summary.n_pairs)),
        (_("平均匹配度"), figure_text(summary.mean)),
        (_("第一志愿"), of_those(summary.n_first_wishes, summary.n_stated)),
        (_("志愿之内"), of_those(summary.n_wishes_met, summary.n_stated)),
        (_("人工干预"), str(n_by_hand(proposal))),
    )
    return {((0, place), label): text for place, (label, text) in enumerate(plain)} | dict(_placed(groups))


def _placed(groups: Sequence[GroupRow]) -> Iterator[tuple[Key, str]]:
    """Who was placed, of everybody and group by group."""
    for one in groups:
        if one.by == GroupedBy.ALL:
            yield ((1, 0), _("安排率")), share_text(one.own.placed)
        elif one.by in GROUPINGS:
            label = _("安排率：%(by)s %(group)s") % {"by": one.by.label, "group": one.label}
            is_last = int(one.label == str(UNKNOWN))
            yield ((2 + GROUPINGS.index(one.by), is_last), label), share_text(one.own.placed)
