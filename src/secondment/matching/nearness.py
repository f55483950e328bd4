"""How a plan differs from the one before it, and which inputs changed in between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.common.sentences import joined_sentences, labelled, listed
from secondment.matching.choices import ChangeCause, LockKind
from secondment.matching.models import MatchingRun, Proposal
from secondment.matching.side_rules.stated import pack_rules
from secondment.matching.snapshot import THOUSANDTHS, Pairs, Snapshot, unpack
from secondment.units.models import Unit

MOST_NAMED = 5
# A person's or a post's own facts have changed when most of its pairs have.
MOST_PAIRS = 0.5


@dataclass(frozen=True)
class Cause:
    """One kind of changed input: how many, and the first few by id, or by name for weights."""

    kind: ChangeCause
    n: int = 0
    people: Sequence[int] = ()
    posts: Sequence[int] = ()
    units: Sequence[int] = ()
    weights: Sequence[str] = ()


@dataclass(frozen=True)
class Nearness:
    """What a run's plan has changed of the plan before it; kept in the run's report as a dictionary.

    `is_proven`: no plan that is equally good changes less. `n_moved` people have another post, `n_in` came, `n_out` left.
    """

    n_moved: int
    n_in: int
    n_out: int
    is_proven: bool
    causes: Sequence[Cause]

    @property
    def n_changed(self) -> int:
        """People for whom anything changed."""
        return self.n_moved + self.n_in + self.n_out


def nearness_of(
    reference: Proposal,
    snapshot: Snapshot,
    weights: Mapping[str, float],
    plan: Mapping[int, int],
    *,
    is_proven: bool,
) -> dict[str, Any]:
    """The comparison as JSON; `plan` is post by nomination, in ids."""
    before = dict(reference.pairs.order_by("pk").values_list("nomination_id", "campaign_post_id"))
    both = before.keys() & plan.keys()
    found = Nearness(
        n_moved=sum(before[one] != plan[one] for one in both),
        n_in=len(plan.keys() - both),
        n_out=len(before.keys() - both),
        is_proven=is_proven,
        causes=list(causes_of(reference, snapshot, weights, before, plan)),
    )
    return asdict(found)


def causes_of(
    reference: Proposal,
    after: Snapshot,
    weights: Mapping[str, float],
    plan_before: Mapping[int, int],
    plan: Mapping[int, int],
) -> Iterator[Cause]:
    """What has changed between the inputs of two runs, in the order of `ChangeCause`; plans are post by nomination."""
    before = unpack(reference.run.snapshot)
    yield from _lists(before, after)
    yield from _frame(before, after, plan_before, plan)
    changed = [
        name
        for name in WEIGHT_LABELS
        if float(reference.run.weights.get(name, 0)) != float(weights.get(name, 0))
    ]
    if changed:
        yield Cause(ChangeCause.WEIGHTS, len(changed), weights=changed)
    if _is_scored_otherwise(before, after):
        yield Cause(ChangeCause.SCORING)
    yield from _pairs(before, after)
    n_by_hand = _n_by_hand(reference)
    if n_by_hand:
        yield Cause(ChangeCause.BY_HAND, n_by_hand)


def nearness_text(run: MatchingRun) -> str:
    """What changed against the plan before it, and why; "" for a first run."""
    stored = run.report.get("nearness")
    if stored is None:
        return ""
    found = Nearness(**stored | {"causes": [Cause(**one) for one in stored["causes"]]})
    name = _("已删除的方案") if run.reference is None else str(run.reference)
    causes = joined_sentences(_cause_texts(found.causes)) or _("计算所依据的材料没有变动")
    values = {
        "name": name,
        "n": found.n_changed,
        "moved": found.n_moved,
        "came": found.n_in,
        "left": found.n_out,
        "causes": causes,
    }
    if not found.n_changed:
        return _("与上一方案（%(name)s）相同，无人变动。") % values
    text = (
        _(
            "与上一方案（%(name)s）相比变动 %(n)d 人：%(moved)d 人换岗，%(came)d 人进入，%(left)d 人退出；原因：%(causes)s。"
        )
        % values
    )
    return text if found.is_proven else text + _("未能证明变动人数已为最少。")


def tie_text(run: MatchingRun) -> str:
    """How many posts were decided by the fixed order alone; "" for none."""
    n_drawn = run.report.get("n_drawn", 0)
    if not n_drawn:
        return ""
    return _("并列：%(n)d 个岗位的人选与其他方案总匹配度相同，按固定次序确定。") % {"n": n_drawn}


def _lists(before: Snapshot, after: Snapshot) -> Iterator[Cause]:
    """People and posts that came or went."""
    for kind, ids in (
        (ChangeCause.PEOPLE_IN, _beyond(after.nominations, before.nominations)),
        (ChangeCause.PEOPLE_OUT, _beyond(before.nominations, after.nominations)),
    ):
        if ids:
            yield Cause(kind, len(ids), people=ids[:MOST_NAMED])
    for kind, ids in (
        (ChangeCause.POSTS_IN, _beyond(after.posts, before.posts)),
        (ChangeCause.POSTS_OUT, _beyond(before.posts, after.posts)),
    ):
        if ids:
            yield Cause(kind, len(ids), posts=ids[:MOST_NAMED])


def _frame(
    before: Snapshot, after: Snapshot, plan_before: Mapping[int, int], plan: Mapping[int, int]
) -> Iterator[Cause]:
    """Places, locks, caps and side rules."""
    places = _differing(_by_id(before.posts, before), _by_id(after.posts, after))
    if places:
        yield Cause(ChangeCause.PLACES, len(places), posts=places[:MOST_NAMED])
    # a new lock that the plan before keeps, or one lifted that the plan now keeps, has changed nothing
    was, now = _fixed(before), _fixed(after)
    locks = sorted(_broken(now - was, plan_before) | _broken(was - now, plan))
    if locks:
        people = sorted({nomination for _kind, nomination, _post in locks})
        yield Cause(ChangeCause.LOCKS, len(locks), people=people[:MOST_NAMED])
    caps = _differing_or_new(_caps(before), _caps(after))
    if caps:
        yield Cause(ChangeCause.CAPS, len(caps), units=caps[:MOST_NAMED])
    rules = [
        {one["key"]: (one["kind"], one["values"], one["names"]) for one in pack_rules(snapshot.side_rules)}
        for snapshot in (before, after)
    ]
    changed = _differing_or_new(*rules)
    if changed:
        yield Cause(ChangeCause.SIDE_RULES, len(changed))


def _pairs(before: Snapshot, after: Snapshot) -> Iterator[Cause]:
    """Pairs that became possible or impossible, and pairs whose components changed."""
    ids, rows_before, rows_after = _common_pairs(before, after)
    people = set(before.nominations) & set(after.nominations)
    posts = set(before.posts) & set(after.posts)
    n_common = [_n_pairs_among(snapshot, people, posts) for snapshot in (before, after)]
    n_let = n_common[0] + n_common[1] - 2 * len(ids)
    if n_let:
        yield Cause(ChangeCause.ELIGIBILITY, n_let)
    is_changed = _differ(before.admissible, rows_before, after.admissible, rows_after)
    by_person = _mostly(ids[:, 0], is_changed)
    rest = is_changed & ~np.isin(ids[:, 0], by_person)
    by_post = _mostly(ids[:, 1], rest)
    others = np.unique(ids[rest & ~np.isin(ids[:, 1], by_post), 0])
    if people_changed := sorted({*by_person.tolist(), *others.tolist()}):
        yield Cause(ChangeCause.PEOPLE_FACTS, len(people_changed), people=people_changed[:MOST_NAMED])
    if len(by_post):
        yield Cause(ChangeCause.POSTS_FACTS, len(by_post), posts=by_post.tolist()[:MOST_NAMED])


def _common_pairs(before: Snapshot, after: Snapshot) -> tuple[IntArray, IntArray, IntArray]:
    """Ids (person, post) of the pairs in both, shape (n, 2), and their rows in each."""
    keys = [_ids(snapshot) for snapshot in (before, after)]
    base = 1 + max((int(one[:, 1].max(initial=0)) for one in keys), default=0)
    numbers = [one[:, 0] * base + one[:, 1] for one in keys]
    both, first, second = np.intersect1d(numbers[0], numbers[1], return_indices=True)
    return np.stack([both // base, both % base], axis=1), first, second


def _ids(snapshot: Snapshot) -> IntArray:
    """Nomination and post ids of the admissible pairs; shape (n_pairs, 2)."""
    people = np.array(snapshot.nominations, dtype=np.int64)[snapshot.admissible.person]
    posts = np.array(snapshot.posts, dtype=np.int64)[snapshot.admissible.post]
    return np.stack([people, posts], axis=1)


def _n_pairs_among(snapshot: Snapshot, people: set[int], posts: set[int]) -> int:
    ids = _ids(snapshot)
    return int((np.isin(ids[:, 0], list(people)) & np.isin(ids[:, 1], list(posts))).sum())


def _differ(first: Pairs, rows: IntArray, second: Pairs, others: IntArray) -> BoolArray:
    """Whether any component differs by a thousandth, pair by pair."""
    one, other = (
        np.rint(np.nan_to_num(pairs.components[at], nan=-1.0) * THOUSANDTHS)
        for pairs, at in ((first, rows), (second, others))
    )
    return np.asarray((one != other).any(axis=1))


def _mostly(ids: IntArray, is_changed: BoolArray) -> IntArray:
    """The ids most of whose pairs have changed."""
    found, place = np.unique(ids, return_inverse=True)
    share = np.bincount(place, weights=is_changed) / np.maximum(np.bincount(place), 1)
    return np.asarray(found[share > MOST_PAIRS])


def _beyond(these: Sequence[int], those: Sequence[int]) -> list[int]:
    known = set(those)
    return [one for one in these if one not in known]


def _by_id(ids: Sequence[int], snapshot: Snapshot) -> dict[int, tuple[int, int]]:
    return dict(
        zip(ids, zip(snapshot.headcount.tolist(), snapshot.priority.tolist(), strict=True), strict=True)
    )


def _fixed(snapshot: Snapshot) -> set[tuple[str, int, int]]:
    return {
        (kind, snapshot.nominations[person], snapshot.posts[post])
        for kind, pairs in (("lock", snapshot.locked), ("forbid", snapshot.forbidden))
        for person, post in pairs
    }


def _broken(fixed: set[tuple[str, int, int]], plan: Mapping[int, int]) -> set[tuple[str, int, int]]:
    """Of locks and prohibitions those that the plan does not keep."""
    return {one for one in fixed if (plan.get(one[1]) == one[2]) is not (one[0] == LockKind.LOCK)}


def _is_scored_otherwise(before: Snapshot, after: Snapshot) -> bool:
    """Whether something that could not be judged was left out before, and now counts at a neutral value."""
    if before.neutral is not None or after.neutral is None:
        return False
    counts = np.isfinite(after.neutral)
    return bool(np.isnan(before.admissible.components[:, counts]).any())


def _n_by_hand(reference: Proposal) -> int:
    """Changes by hand that still hold; plans older than their record count pairs."""
    kept = [one for one in reference.interventions.select_related("undone_by") if one.is_undoable]
    return sum(one.has_changed_plan for one in kept) or reference.pairs.filter(is_manual=True).count()


def _caps(snapshot: Snapshot) -> dict[int, int]:
    return dict(zip(snapshot.units, snapshot.cap.tolist(), strict=True))


def _differing(before: Mapping[int, Any], after: Mapping[int, Any]) -> list[int]:
    return [one for one in after if one in before and before[one] != after[one]]


def _differing_or_new(before: Mapping[int, Any], after: Mapping[int, Any]) -> list[int]:
    return sorted(one for one in {*before, *after} if before.get(one) != after.get(one))


def _cause_texts(causes: Sequence[Cause]) -> Iterator[str]:
    """Each cause with the names it has; one query a kind of name."""
    people = Nomination.objects.select_related("person").in_bulk(
        {one for cause in causes for one in cause.people}
    )
    posts = CampaignPost.objects.select_related("post__host_unit").in_bulk(
        {one for cause in causes for one in cause.posts}
    )
    units = Unit.objects.in_bulk({one for cause in causes for one in cause.units})
    for cause in causes:
        found = (
            *(people.get(one) for one in cause.people),
            *(posts.get(one) for one in cause.posts),
            *(units.get(one) for one in cause.units),
            *(WEIGHT_LABELS.get(one) for one in cause.weights),
        )
        names = [str(one) for one in found if one is not None]
        label = str(ChangeCause(cause.kind).label)
        if not cause.n:
            yield label
        elif not names:
            yield _("%(label)s %(n)d 项") % {"label": label, "n": cause.n}
        elif cause.n > len(names):
            yield labelled(label, _("%(names)s等 %(n)d 项") % {"names": listed(names), "n": cause.n})
        else:
            yield labelled(label, listed(names))
