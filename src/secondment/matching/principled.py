"""Plans by another principle: how far down their own lists people and posts stand with each other, and who would rather change."""

from functools import cached_property

from django.utils.translation import gettext as _

from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.explanation import Placing
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.what_if import WhatIf
from secondment.matching.two_sided import TwoSided


class Wanting:
    """What people and posts of a plan want; pairs are rows of the snapshot."""

    def __init__(self, plan: ProposalPlan) -> None:
        self.plan = plan

    @cached_property
    def _market(self) -> TwoSided:
        run = self.plan.proposal.run
        return TwoSided(self.plan.snapshot, run.weights, run.seed)

    def order(self, asked: WhatIf, placing: Placing) -> float:
        """Where a placing stands on the list of the post, or of the person, that is asked about."""
        by_person, by_post = self._standing((placing.person, placing.post))
        return by_person if asked.post is None else by_post

    def text(self, pair: Pair) -> str:
        """Who of the two would rather have the other than what the plan gives them."""
        by_person, by_post = self._standing(pair)
        nomination, post = self.plan.ids(pair)
        held = self.plan.post_of.get(nomination)
        holders = [one for one, other in self.plan.post_of.items() if other == post]
        worst = max((self._standing(self.plan.indices((one, post)))[1] for one in holders), default=-1)
        has_room = len(holders) < int(self.plan.snapshot.headcount[pair[1]])
        person_wants = held is None or by_person < self._standing(self.plan.indices((nomination, held)))[0]
        post_wants = has_room or by_post < worst
        if person_wants and post_wants:
            return _("双方都更愿意")
        if person_wants:
            return _("本人更愿意，岗位不愿意")
        return _("岗位更愿意，本人不愿意") if post_wants else _("双方都不愿意")

    def _standing(self, pair: Pair) -> tuple[int, int]:
        row = self.plan.row_of(self.plan.ids(pair))
        return self._market.standing(row)
