"""A proposal as pairs over its run's snapshot: what a change does to it, exactly, without touching scores."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext as _

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.assignment import NO_GROUP, AssignmentProblem
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.explanation import Chain
from secondment.campaigns.choices import NominationState
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.matching.choices import LockKind, Principle, UnplacedKind
from secondment.matching.errors import (
    CapReachedError,
    LockedPairError,
    NotAdmissibleError,
    NotInPlanError,
    NotUndoableError,
    PostFullError,
)
from secondment.matching.models import Intervention, Lock, Proposal
from secondment.matching.reasons import rules_text
from secondment.matching.side_rules.bounds import unpack_bounds
from secondment.matching.side_rules.kinds import rule_values_of
from secondment.matching.side_rules.stated import StatedRule
from secondment.matching.snapshot import Snapshot, unpack


@dataclass(frozen=True)
class Cost:
    """What a change does to a proposal: points of total score, and places filled; negative is a loss."""

    score: float
    places: int


@dataclass(frozen=True)
class Move:
    """Pairs taken out and pairs put in, as (nomination id, campaign post id)."""

    removed: tuple[Pair, ...]
    added: tuple[Pair, ...]


class ProposalPlan:
    """The pairs of a proposal with everything that judges a change."""

    def __init__(self, proposal: Proposal, kept: frozenset[str] = frozenset()) -> None:
        self.kept = kept
        self.proposal = proposal
        self.snapshot: Snapshot = unpack(proposal.run.snapshot)
        self.problem: AssignmentProblem = self.snapshot.problem(proposal.run.weights)
        rows = proposal.pairs.values_list("nomination_id", "campaign_post_id", "is_locked", "is_manual")
        self.post_of: dict[int, int] = {}
        self.locked: set[Pair] = set()
        self.by_hand: set[Pair] = set()
        for nomination, post, is_locked, is_manual in rows:
            self.post_of[nomination] = post
            if is_locked:
                self.locked.add((nomination, post))
            if is_locked or is_manual:
                self.by_hand.add((nomination, post))

    @property
    def is_for_best_total(self) -> bool:
        """Whether the plan was made for the best total; others follow a principle that chains do not keep."""
        return self.proposal.principle == Principle.BEST_TOTAL

    @cached_property
    def forbidden(self) -> frozenset[Pair]:
        """Pairs ruled out by hand, as of now."""
        found = Lock.objects.filter(campaign=self.proposal.run.campaign_id, kind=LockKind.FORBID)
        return frozenset(found.values_list("nomination_id", "campaign_post_id"))

    @cached_property
    def taken_out(self) -> frozenset[int]:
        """Nominations that somebody took out of the proposal by hand."""
        found = self.proposal.unplaced.filter(kind=UnplacedKind.MANUAL)
        return frozenset(found.values_list("nomination_id", flat=True))

    @cached_property
    def withdrawn(self) -> frozenset[int]:
        """Nominations that were valid at the time of the run and are no longer."""
        found = Nomination.objects.filter(campaign=self.proposal.run.campaign_id)
        return frozenset(found.exclude(state=NominationState.NOMINATED).values_list("pk", flat=True))

    @cached_property
    def standing(self) -> str:
        """A mark of everything about the plan that an answer rests on: it changes when somebody changes something."""
        parts = (self.post_of.items(), self.by_hand, self.forbidden, self.taken_out, self.withdrawn)
        text = json.dumps([sorted(part) for part in parts])
        return sha256(text.encode()).hexdigest()[:32]

    @cached_property
    def best_with_each(self) -> FloatArray | None:
        """Under side rules, above what no plan scores that has a pair and fills as many places as the run's."""
        bounds = self.proposal.run.bounds
        return unpack_bounds(bounds) if bounds else None

    def assigning(self, nomination: int, post: int, *, displaced: int | None = None) -> Move:
        """Give the person the post; the one displaced, if any, leaves the plan."""
        if self.post_of.get(nomination) == post:
            raise NotInPlanError(_("该人选已经安排在该岗位上。"))
        if displaced is not None and self.post_of.get(displaced) != post:
            raise NotInPlanError(_("被替换的人选不在该岗位。请刷新页面后重试。"))
        leaving = [one for one in (nomination, displaced) if one is not None and one in self.post_of]
        return Move(tuple((one, self.post_of[one]) for one in leaving), ((nomination, post),))

    def swapping(self, first: int, second: int) -> Move:
        """Let two placed people change posts."""
        if first not in self.post_of or second not in self.post_of:
            raise NotInPlanError(_("对调的两名人选必须都已有岗位。请刷新页面后重试。"))
        a, b = self.post_of[first], self.post_of[second]
        if a == b:
            raise NotInPlanError(_("两名人选在同一个岗位上，不需要对调。"))
        return Move(((first, a), (second, b)), ((first, b), (second, a)))

    def removing(self, nomination: int) -> Move:
        """Take the person out of the plan."""
        if nomination not in self.post_of:
            raise NotInPlanError(_("该人选在本方案中没有岗位。"))
        return Move(((nomination, self.post_of[nomination]),), ())

    def carrying_out(self, chain: Chain) -> Move:
        """Do what a chain tells."""
        removed = [(one.leaver, one.post) for one in chain.steps if one.leaver is not None]
        added = [(one.comer, one.post) for one in chain.steps if one.comer is not None]
        return Move(tuple(map(self.ids, removed)), tuple(map(self.ids, added)))

    def reversing(self, intervention: Intervention) -> Move:
        """Put everybody back where they were before it; refused where somebody concerned has moved on."""
        removed = tuple((person, post) for person, post in intervention.added)
        added = tuple((person, post) for person, post in intervention.removed)
        leaving = dict(removed)
        has_moved_on = any(self.post_of.get(person) != post for person, post in removed)
        is_back = any(person in self.post_of and person not in leaving for person, _post in added)
        if has_moved_on or is_back:
            raise NotUndoableError(
                _("第 %(n)d 项之后，其中的人选又作了调整。请先撤销后面的调整。") % {"n": intervention.number}
            )
        return Move(removed, added)

    def is_computed(self, pair: Pair) -> bool:
        """Whether the run itself has the pair."""
        return list(self.indices(pair)) in self.proposal.run.report["optimum"]

    def check(self, move: Move) -> None:
        """Refuse a move that a rule, a lock, a place or a cap forbids, naming which."""
        if self.locked & set(move.removed):
            raise LockedPairError(_("其中有已锁定的安排。请先解除锁定，再作调整。"))
        for pair in move.added:
            self.check_admissible(pair)
        self._check_places(move)
        self._check_caps(move)

    def cost(self, move: Move) -> Cost:
        """Exact change of total score and places."""
        score = sum(map(self.score_of, move.added)) - sum(map(self.score_of, move.removed))
        return Cost(round(score, 6) + 0.0, len(move.added) - len(move.removed))

    def score_of(self, pair: Pair) -> float:
        """Score of an admissible pair."""
        return float(self.problem.score[self.row_of(pair)])

    def row_of(self, pair: Pair) -> int:
        """Row of an admissible pair in the snapshot."""
        row = self._row(pair)
        if row is None:
            raise NotAdmissibleError(_("该人选不能安排到该岗位：资格条件、回避规定或岗位要求不允许。"))
        return row

    def total(self, post_of: Mapping[int, int]) -> float:
        """Total score of a set of pairs."""
        return round(sum(map(self.score_of, post_of.items())), 6)

    def after(self, move: Move) -> dict[int, int]:
        """Who holds what after the move."""
        left = {
            nomination: post
            for nomination, post in self.post_of.items()
            if (nomination, post) not in move.removed
        }
        return left | dict(move.added)

    def newly_broken(self, move: Move) -> list[StatedRule]:
        """Side rules of the run that the plan keeps now and would not keep after the move."""
        before, after = self._broken(self.post_of), self._broken(self.after(move))
        return [rule for rule in self.snapshot.side_rules if rule.key in after - before]

    def _broken(self, post_of: Mapping[int, int]) -> set[int]:
        rows = dict(map(self.indices, post_of.items()))
        return {
            rule.key
            for rule in self.snapshot.side_rules
            if not all(one.is_kept for one in rule_values_of(rule, rows))
        }

    def indices(self, pair: Pair) -> Pair:
        """Rows of a pair of the proposal in the snapshot."""
        return self.snapshot.person_of[pair[0]], self.snapshot.post_of[pair[1]]

    def known_indices(self, pair: Pair) -> Pair | None:
        """The same of any pair; None for whom or what the run does not know."""
        is_known = pair[0] in self.snapshot.person_of and pair[1] in self.snapshot.post_of
        return self.indices(pair) if is_known else None

    def ids(self, rows: Pair) -> Pair:
        """Nomination and campaign post of a pair given by rows of the snapshot."""
        return self.snapshot.nominations[rows[0]], self.snapshot.posts[rows[1]]

    def _row(self, pair: Pair) -> int | None:
        rows = self.known_indices(pair)
        return None if rows is None else self.problem.arc_of(rows)

    def check_admissible(self, pair: Pair) -> None:
        """Refuse a pair that a rule or a person keeps out."""
        if self._row(pair) is None:
            raise NotAdmissibleError(self._refusal(pair))
        if pair in self.forbidden:
            raise NotAdmissibleError(_("“%(person)s → %(post)s”已被排除。请先解除排除。") % _names(pair))

    def _refusal(self, pair: Pair) -> str:
        rules = self._rules_against(pair)
        names = _names(pair)
        if rules:
            return _("%(person)s不能安排到“%(post)s”：资格审查未通过（%(rules)s）。") % {
                **names,
                "rules": rules_text(rules, self.kept),
            }
        return _("%(person)s不能安排到“%(post)s”：不符合岗位条件，或在计算之后才推荐。请重新计算。") % names

    def _rules_against(self, pair: Pair) -> list[str]:
        if pair[0] not in self.snapshot.person_of or pair[1] not in self.snapshot.post_of:
            return []
        person, post = self.indices(pair)
        if person in self.snapshot.blocked_by:
            return list(self.snapshot.blocked_by[person])
        return [
            rule
            for rule, pairs in self.snapshot.ruled_out.items()
            if bool(((pairs.person == person) & (pairs.post == post)).any())
        ]

    def _check_places(self, move: Move) -> None:
        taken = self._counts(self.after(move).values())
        for _nomination, post in move.added:
            places = int(self.snapshot.headcount[self.snapshot.post_of[post]])
            if taken[post] > places:
                raise PostFullError(
                    _("“%(post)s”共 %(n)d 个名额，已满。请选择对调，或指明由谁让出岗位。")
                    % {"post": _post(post), "n": places}
                )

    def _check_caps(self, move: Move) -> None:
        groups = self.snapshot.group
        released = self._counts(int(groups[self.snapshot.person_of[one]]) for one in self.after(move))
        for nomination, _post_id in move.added:
            group = int(groups[self.snapshot.person_of[nomination]])
            if group != NO_GROUP and released[group] > self.snapshot.cap[group]:
                raise CapReachedError(
                    _("%(person)s的派出单位最多派出 %(n)d 人，已满。请先从该单位调出一人。")
                    % {"person": _person(nomination), "n": int(self.snapshot.cap[group])}
                )

    @staticmethod
    def _counts(values: Iterable[int]) -> dict[int, int]:
        counts: dict[int, int] = {}
        for value in values:
            counts[value] = counts.get(value, 0) + 1
        return counts


def _names(pair: Pair) -> dict[str, str]:
    return {"person": _person(pair[0]), "post": _post(pair[1])}


def _person(nomination: int) -> str:
    return str(Nomination.objects.select_related("person").get(pk=nomination))


def _post(campaign_post: int) -> str:
    return str(CampaignPost.objects.select_related("post__host_unit").get(pk=campaign_post))
