"""Answers about a plan in words: who takes whose place, what each exchange gains or costs, and what it comes to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.explanation import Chain, Step
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.queries import nominations_named, posts_named
from secondment.common.errors import DomainError
from secondment.common.sentences import joined_sentences, listed
from secondment.matching.exact_lines import KnownCost, KnownCosts, conclusion_of, is_tie
from secondment.matching.figures import DIGITS, places_texts, points_text, signed_text
from secondment.matching.principled import Wanting
from secondment.matching.services.plans import Cost, Move, ProposalPlan
from secondment.matching.services.what_if import Answer

PRECISE = 1e-6  # of the solver
NO_NAME = "—"


@dataclass(frozen=True)
class AnswerLine:
    """One answer: whom and what it is about, where the person is now, the chain step by step, and its sum."""

    nomination: Nomination | None
    post: CampaignPost | None
    score: float
    holds: CampaignPost | None
    lead: str
    steps: list[str]
    total: str
    others: str
    is_tie: bool

    @property
    def text(self) -> str:
        """The chain in one line."""
        return joined_sentences([*self.steps, self.total])


class Telling:
    """Sentences about answers; names of whom they mention are read once for all of them (of everybody if `None`)."""

    def __init__(
        self, plan: ProposalPlan, answers: Sequence[Answer] | None, found: Sequence[KnownCost] = ()
    ) -> None:
        self.plan, snapshot = plan, plan.snapshot
        people = set(range(len(snapshot.nominations))) if answers is None else set()
        posts = set(range(len(snapshot.posts))) if answers is None else set()
        self.known = KnownCosts(plan)
        self.wanting = Wanting(plan)
        steps = [step for one in found for step in one.steps]
        for answer in answers or ():
            steps += [*answer.chain.steps, *self._known_steps(answer.pair)]
            posts |= {answer.pair[1], *self._held(answer)}
            people.add(answer.pair[0])
        posts |= {step.post for step in steps}
        people |= {row for step in steps for row in _people_of(step)}
        self.people = nominations_named(snapshot.nominations[row] for row in people)
        self.posts = posts_named(snapshot.posts[row] for row in posts)
        units = [one.post.host_unit_id for one in self.posts.values()]
        titles = {one.post.title for one in self.posts.values()}
        self.is_told_by_unit = len(titles) == 1 and len(set(units)) == len(units)

    def line(self, answer: Answer, *, is_without: bool = False) -> AnswerLine:
        """One answer in words; `is_without` if it is about doing without the pair."""
        nomination, post = self.plan.ids(answer.pair)
        held = self._held(answer)
        if found := self.known.of(answer.pair, is_without=is_without):
            return self._exact(answer, found, "" if is_without else self._lead(answer))
        if self.plan.snapshot.side_rules or not self.plan.is_for_best_total:
            tell = at_least_text if self.plan.is_for_best_total else self._direct
            return AnswerLine(
                self.people.get(nomination),
                self.posts.get(post),
                100 * answer.score,
                self.posts.get(self.plan.snapshot.posts[held[0]]) if held else None,
                "" if is_without else self._lead(answer),
                [],
                tell(self.plan, answer, is_without=is_without),
                "",
                is_tie=False,
            )
        return AnswerLine(
            self.people.get(nomination),
            self.posts.get(post),
            100 * answer.score,
            self.posts.get(self.plan.snapshot.posts[held[0]]) if held else None,
            "" if is_without else self._lead(answer),
            self.steps([answer.chain]),
            total_text(self.plan, [answer.chain]),
            _("其余人选重新优化：%(total)s") % {"total": total_text(self.plan, answer.others)}
            if answer.others
            else "",
            answer.is_tie,
        )

    def steps(self, chains: Iterable[Chain]) -> list[str]:
        """Chains step by step, and who is left without a post."""
        return [text for one in chains for text in (*map(self._step, one.steps), *self._left_over(one))]

    def _known_steps(self, pair: Pair) -> Iterator[Step]:
        for is_without in (False, True):
            if found := self.known.of(pair, is_without=is_without):
                yield from found.steps

    def _exact(self, answer: Answer, found: KnownCost, lead: str) -> AnswerLine:
        """An answer under side rules that a search of its own has found."""
        nomination, post = self.plan.ids(answer.pair)
        held = self._held(answer)
        return AnswerLine(
            self.people.get(nomination),
            self.posts.get(post),
            100 * answer.score,
            self.posts.get(self.plan.snapshot.posts[held[0]]) if held else None,
            lead,
            self.steps(found.chains),
            conclusion_of(self.plan, found.cost),
            "",
            is_tie=is_tie(found.cost.report),
        )

    def _held(self, answer: Answer) -> list[int]:
        """The post that the person of the answer holds now, if it is another one."""
        snapshot = self.plan.snapshot
        post = self.plan.post_of.get(snapshot.nominations[answer.pair[0]])
        row = None if post is None else snapshot.post_of[post]
        return [] if row is None or row == answer.pair[1] else [row]

    def _lead(self, answer: Answer) -> str:
        """Where the person is now, and how well each place fits."""
        values = {"person": self._person(answer.pair[0]), "score": points_text(answer.score)}
        held = self._held(answer)
        if not held:
            return _("%(person)s现未安排岗位，此处匹配度 %(score)s。") % values
        nomination = self.plan.snapshot.nominations[answer.pair[0]]
        there = self.plan.score_of((nomination, self.plan.post_of[nomination]))
        values |= {"post": self._post(held[0]), "there": points_text(there)}
        if there > answer.score and values["there"] != values["score"]:
            return _("%(person)s在“%(post)s”更能发挥作用（%(there)s，此处 %(score)s）。") % values
        if values["there"] == values["score"]:
            return _("%(person)s现拟安排到“%(post)s”，两处同样合适（%(score)s）。") % values
        return _("%(person)s现拟安排到“%(post)s”（%(there)s，此处 %(score)s）。") % values

    def _direct(self, plan: ProposalPlan, answer: Answer, *, is_without: bool) -> str:
        """In a plan by another principle: the direct exchange alone, as chains would give up the principle."""
        if is_without:
            return _(
                "本方案按“%(principle)s”原则安排，不以总匹配度最高为准；只列直接对调、替换的影响，不推算其余人选的调整"
            ) % {"principle": plan.proposal.get_principle_display()}
        nomination, post = plan.ids(answer.pair)
        found = [
            (cost.places, cost.score, label)
            for label, move in self._exchanges(nomination, post)
            if (cost := _cost_if_allowed(plan, move))
        ]
        if not found:
            return listed([self.wanting.text(answer.pair), _("不能直接对调或替换")])
        places, score, label = max(found)
        return listed(
            [
                self.wanting.text(answer.pair),
                label,
                *places_texts([-places]),
                _("合计 %(score)s 分") % {"score": signed_text(score)},
            ]
        )

    def _exchanges(self, nomination: int, post: int) -> Iterator[tuple[str, Move]]:
        """A free place, changing places with a holder, or the place of one who is then without."""
        plan, holders = self.plan, [one for one, held in self.plan.post_of.items() if held == post]
        if len(holders) < plan.snapshot.headcount[plan.snapshot.post_of[post]]:
            yield _("安排到空缺名额"), plan.assigning(nomination, post)
        names = nominations_named(holders)
        for holder in holders:
            values = {"name": names.get(holder, NO_NAME)}
            if nomination in plan.post_of:
                yield _("与%(name)s对调") % values, plan.swapping(nomination, holder)
            else:
                yield (
                    _("替换%(name)s（转为未匹配）") % values,
                    plan.assigning(nomination, post, displaced=holder),
                )

    def _step(self, step: Step) -> str:
        values = {
            "post": self._post(step.post),
            "leaver": self._person(step.leaver),
            "comer": self._person(step.comer),
            "gain": signed_text(step.gain),
        }
        if step.leaver is None:
            return _("“%(post)s”空缺名额由%(comer)s填补（%(gain)s）") % values
        if step.comer is None:
            return _("“%(post)s”原由%(leaver)s，改为空缺（%(gain)s）") % values
        return _("“%(post)s”由%(leaver)s改为%(comer)s（%(gain)s）") % values

    def _left_over(self, chain: Chain) -> Iterator[str]:
        """Who ends up without a post, and for whom."""
        room_for = dict(chain.room_for)
        for person in chain.without_post:
            values: dict[str, object] = {"person": self._person(person)}
            if person in room_for:
                group = self.plan.snapshot.group[person]
                values |= {"other": self._person(room_for[person]), "n": int(self.plan.snapshot.cap[group])}
                yield _("%(person)s转为未匹配，为同单位%(other)s腾出派出名额（最多派出 %(n)d 人）") % values
            else:
                yield _("%(person)s转为未匹配") % values

    def _person(self, row: int | None) -> str:
        found = None if row is None else self.people.get(self.plan.snapshot.nominations[row])
        return NO_NAME if found is None else str(found)

    def _post(self, row: int) -> str:
        found = self.posts.get(self.plan.snapshot.posts[row])
        if found is None:
            return NO_NAME
        return str(found.post.host_unit) if self.is_told_by_unit else str(found)


def _cost_if_allowed(plan: ProposalPlan, move: Move) -> Cost | None:
    try:
        plan.check(move)
    except DomainError:
        return None
    return plan.cost(move)


def _people_of(step: Step) -> list[int]:
    return [row for row in (step.leaver, step.comer) if row is not None]


def total_text(plan: ProposalPlan, chains: Iterable[Chain]) -> str:
    """What chains come to: places by priority first, then points; a tie is called one."""
    chains = tuple(chains)
    places = np.sum([one.loss.places for one in chains], axis=0).tolist()
    score = -round(sum(one.loss.score for one in chains), DIGITS)
    if not score and not any(places):
        return _("并列：填补岗位和总匹配度都不变，由组织决定")
    total = _("合计 %(score)s 分") % {"score": signed_text(score)}
    return listed([*places_texts(places, plan.snapshot.priority), total])


def at_least_text(plan: ProposalPlan, answer: Answer, *, is_without: bool) -> str:
    """Under side rules: what is proven of the cost; the exact one takes another run."""
    loss = at_least(plan, answer, is_without=is_without)
    if answer.n_places > 0:
        return _("附加规则下至少少填补 %(n)d 个岗位；可计算精确代价") % {"n": answer.n_places}
    if loss > 0:
        return _("附加规则下总匹配度至少 %(score)s 分；可计算精确代价") % {"score": signed_text(-loss)}
    return _("附加规则下没有证明的代价下限；可计算精确代价")


def at_least(plan: ProposalPlan, answer: Answer, *, is_without: bool) -> float:
    """Score that is lost at least as long as no place is: by the plan without the rules, and by the rules' prices."""
    found = [answer.loss if answer.n_places == 0 else -np.inf]
    is_as_full = len(plan.post_of) == plan.proposal.run.report["n_assigned"]
    if plan.best_with_each is not None and is_as_full and not is_without:
        best = plan.best_with_each[plan.row_of(plan.ids(answer.pair))]
        found.append(float(plan.total(plan.post_of) - best))
    return float(np.nanmax(found)) - PRECISE
