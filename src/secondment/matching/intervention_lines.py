"""What people did to a proposal, in order and in words: before the run by locks, after it by hand."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.queries import nominations_named, posts_named
from secondment.common.sentences import joined_sentences
from secondment.matching.chain_lines import NO_NAME
from secondment.matching.choices import InterventionKind, LockKind, Principle
from secondment.matching.figures import signed_count, signed_text
from secondment.matching.models import Intervention, Lock, MatchingRun, Proposal
from secondment.matching.services.interventions import unrecorded
from secondment.matching.services.plans import Move


@dataclass(frozen=True)
class InterventionLine:
    """One intervention: who, when, what, why, and what it costs; `row` is missing for what preceded the run."""

    number: int | None
    kind: str
    at: dt.datetime | None
    by: str
    what: str
    cost: str
    reason: str
    row: Intervention | None = field(default=None)


def intervention_lines(proposal: Proposal) -> list[InterventionLine]:
    """Everything that was decided by hand, the first first; a fixed number of queries, however much there is."""
    rows = list(proposal.interventions.select_related("by", "undone_by", "undoes").order_by("number"))
    locks, earlier = _locks_of(proposal.run), unrecorded(proposal)
    names = _Names.of(
        [
            *(one["pair"] for one in locks),
            *earlier.removed,
            *earlier.added,
            *(pair for row in rows for pair in [*row.removed, *row.added, *([row.pair] if row.pair else [])]),
        ]
    )
    users = User.objects.in_bulk({one["by"] for one in locks if one["by"]})
    before = [_lock_line(one, names, users) for one in locks]
    return [*before, *_unrecorded_line(proposal, earlier, rows, names), *(_line(row, names) for row in rows)]


def principle_text(proposal: Proposal) -> str:
    """By what other principle the plan was made, and how it falls short of the best total; "" for the best total."""
    if proposal.principle == Principle.BEST_TOTAL:
        return ""
    changed = proposal.interventions.aggregate(score=Sum("score"), places=Sum("places"))
    report = proposal.run.report
    score = proposal.total_score - (changed["score"] or 0) - report["total_score"]
    places = proposal.pairs.count() - (changed["places"] or 0) - report["n_assigned"]
    return _("本方案按“%(principle)s”原则安排，与总匹配度最高的方案相比：%(cost)s。") % {
        "principle": proposal.get_principle_display(),
        "cost": cost_words(round(score, 6), places),
    }


def n_by_hand(proposal: Proposal) -> int:
    """How much was decided by hand: before the run and after it."""
    return len(intervention_lines(proposal))


def lock_lines(run: MatchingRun) -> list[InterventionLine]:
    """The locks and prohibitions that a run has kept, each with what it costs."""
    locks = _locks_of(run)
    names = _Names.of([one["pair"] for one in locks])
    users = User.objects.in_bulk({one["by"] for one in locks if one["by"]})
    return [_lock_line(one, names, users) for one in locks]


@dataclass(frozen=True)
class _Names:
    """Names of the people and posts of pairs."""

    people: Mapping[int, Nomination]
    posts: Mapping[int, CampaignPost]

    @classmethod
    def of(cls, pairs: Sequence[Sequence[int]]) -> "_Names":
        return cls(nominations_named({one[0] for one in pairs}), posts_named({one[1] for one in pairs}))

    def person(self, key: int) -> str:
        return str(self.people[key]) if key in self.people else NO_NAME

    def post(self, key: int | None) -> str:
        if key is None:
            return _("未匹配")
        return str(self.posts[key]) if key in self.posts else NO_NAME

    def pair(self, pair: Sequence[int]) -> str:
        return f"{self.person(pair[0])} → {self.post(pair[1])}"

    def moves(self, removed: Iterable[Sequence[int]], added: Iterable[Sequence[int]]) -> Iterator[str]:
        """Person by person: where from and where to."""
        before, after = dict(map(_pair, removed)), dict(map(_pair, added))
        for person in [*after, *(one for one in before if one not in after)]:
            names = {
                "person": self.person(person),
                "before": self.post(before.get(person)),
                "after": self.post(after.get(person)),
            }
            yield _("%(person)s：%(before)s → %(after)s") % names


def _pair(pair: Sequence[int]) -> tuple[int, int]:
    return pair[0], pair[1]


def _line(row: Intervention, names: _Names) -> InterventionLine:
    texts = list(names.moves(row.removed, row.added)) or ([names.pair(row.pair)] if row.pair else [])
    kind = str(InterventionKind(row.kind).label)
    if row.undoes is not None:
        kind = _("撤销第 %(n)d 项") % {"n": row.undoes.number}
    return InterventionLine(
        row.number,
        kind,
        row.at,
        row.by.name,
        joined_sentences(texts),
        cost_words(row.score, row.places) if row.has_changed_plan else "",
        row.reason,
        row,
    )


def _unrecorded_line(
    proposal: Proposal, move: Move, rows: Sequence[Intervention], names: _Names
) -> Iterator[InterventionLine]:
    """One line for all that differs from the run without having been noted."""
    if move.removed or move.added:
        since = sum(one.score for one in rows)
        computed = proposal.run.report.get("total_score", 0.0)
        score = round(proposal.total_score - since - computed, 6)
        yield InterventionLine(
            None,
            _("系统记录人工干预之前的调整"),
            None,
            NO_NAME,
            joined_sentences(list(names.moves(move.removed, move.added))),
            cost_words(score, len(move.added) - len(move.removed)),
            "",
        )


def _lock_line(one: Mapping[str, Any], names: _Names, users: Mapping[int, User]) -> InterventionLine:
    by = users.get(one["by"] or 0)
    return InterventionLine(
        None,
        str(LockKind(one["kind"]).label),
        parse_datetime(one["at"]) if one["at"] else None,
        by.name if by else NO_NAME,
        names.pair(one["pair"]),
        lock_cost_words(one),
        one["reason"],
    )


def cost_words(score: float, places: int) -> str:
    """What a change did: points, and places where it changed any."""
    texts = [_("总匹配度 %(score)s 分") % {"score": signed_text(score)}]
    if places:
        texts.insert(0, _("填补岗位 %(n)s") % {"n": signed_count(places)})
    return joined_sentences(texts)


def lock_cost_words(one: Mapping[str, Any]) -> str:
    """What a lock or prohibition costs the plan of its run, and how sure that is."""
    if not one.get("is_measured", True):
        return _("当时未计算代价")
    if one["score"] is None:
        return _("代价未能在时限内算出")
    if not one["places"] and not one["score"]:
        return _("不影响结果")
    words = cost_words(one["score"], one["places"])
    return words if one["is_proven"] else _("%(cost)s（未证明）") % {"cost": words}


def _locks_of(run: MatchingRun) -> list[dict[str, Any]]:
    """As the report keeps them; runs before there were such reports have the pairs in their snapshot."""
    found: list[dict[str, Any]] | None = run.report.get("locks")
    return _locks_in_snapshot(run) if found is None else found


def _locks_in_snapshot(run: MatchingRun) -> list[dict[str, Any]]:
    kept = MatchingRun.objects.filter(pk=run.pk).values_list(
        "snapshot__locked", "snapshot__forbidden", "snapshot__nominations", "snapshot__posts"
    )
    locked, forbidden, nominations, posts = kept.get()
    pairs = [
        (kind, (nominations[person], posts[post]))
        for kind, rows in ((LockKind.LOCK, locked), (LockKind.FORBID, forbidden))
        for person, post in rows or ()
    ]
    standing = {
        (one.kind, (one.nomination_id, one.campaign_post_id)): one
        for one in Lock.objects.filter(nomination__in=[pair[0] for _kind, pair in pairs])
    }
    return [_old_entry(kind, pair, standing.get((kind, pair))) for kind, pair in pairs]


def _old_entry(kind: LockKind, pair: tuple[int, int], lock: Lock | None) -> dict[str, Any]:
    """A lock whose cost nobody worked out; who set it and why is known as long as it stands."""
    return {
        "pair": pair,
        "kind": kind,
        "by": lock.by_id if lock else None,
        "at": lock.at.isoformat() if lock and lock.at else "",
        "reason": lock.reason if lock else "",
        "is_measured": False,
    }
