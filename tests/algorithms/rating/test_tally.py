"""The plain tally: hand-computed values, groups at and under the limits, and nothing that a subtraction reveals."""

from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondment.algorithms.rating.tally import (
    FEWEST_SPREAD,
    LEAST,
    CandidateTally,
    TallyError,
    plain_tally,
    pooled_groups,
)

SCORES = [40, 60, 80, 100]
WEIGHTS = {"leaders": 30, "colleagues": 30, "masses": 20, "home": 10, "organisation": 10}
INDICATORS = {"virtue": 60, "ability": 40}


@dataclass(frozen=True)
class Sheet:
    group: str
    marks: dict[int, dict[str, int | None]]


def sheets(group: str, *levels: tuple[int | None, int | None], candidate: int = 1) -> list[Sheet]:
    return [Sheet(group, {candidate: {"virtue": one, "ability": two}}) for one, two in levels]


def tally(*ballots: list[Sheet], weights: dict[str, float] | None = None) -> CandidateTally:
    rows = [sheet for some in ballots for sheet in some]
    return plain_tally(
        rows, level_scores=SCORES, group_weights=weights or WEIGHTS, indicator_weights=INDICATORS
    )[1]


def test_a_score_by_hand():
    found = tally(sheets("colleagues", *[(4, 3)] * 3, *[(3, 2)] * 2), sheets("masses", *[(2, 4)] * 5))
    colleagues, masses = found.groups
    # virtue (3·100 + 2·80)/5 = 92, ability (3·80 + 2·60)/5 = 72; .6·92 + .4·72 = 84
    assert colleagues.score == pytest.approx(84, abs=1e-12)
    # .6·60 + .4·100 = 76
    assert masses.score == pytest.approx(76, abs=1e-12)
    # (30·84 + 20·76) / 50 = 80.8
    assert found.score == pytest.approx(80.8, abs=1e-12)
    assert found.absent == ("leaders", "home", "organisation")
    assert found.withheld == ()
    assert found.weight_present == pytest.approx(50)
    assert found.n_ballots == 10


def test_what_one_does_not_know_leaves_every_denominator():
    found = tally(sheets("colleagues", *[(4, None)] * 5, *[(2, 3)] * 5))
    (group,) = found.groups
    # virtue (5·100 + 5·60)/10 = 80; ability by five: 80
    assert group.score == pytest.approx(80)
    assert group.unknown_share == pytest.approx(5 / 20)
    assert group.indicators["ability"].n == 5
    assert group.indicators["ability"].counts is None  # five judgements: a mean, no distribution
    assert group.indicators["virtue"].counts == (0, 5, 0, 5)


@pytest.mark.parametrize(("n", "is_shown"), [(4, False), (5, True), (6, True)])
def test_a_group_alone_is_shown_from_five(n, is_shown):
    found = tally(sheets("masses", *[(3, 3)] * n))
    assert bool(found.groups) is is_shown
    assert (found.score is not None) is is_shown
    assert found.withheld == (() if is_shown else ("masses",))
    assert "masses" not in found.absent
    assert found.weight_present == (pytest.approx(20) if is_shown else 0)


@pytest.mark.parametrize(("n", "members"), [(4, ("colleagues", "leaders")), (5, ("leaders",))])
def test_leaders_join_colleagues_below_five(n, members):
    found = tally(sheets("leaders", *[(4, 4)] * n), sheets("colleagues", *[(2, 2)] * 6))
    by_members = {one.members: one for one in found.groups}
    assert members in by_members
    if n == 4:
        (group,) = found.groups
        assert (group.group, group.n, group.weight) == ("colleagues", 10, 60)
        assert group.score == pytest.approx((4 * 100 + 6 * 60) / 10)
        assert found.score == pytest.approx(76)


@pytest.mark.parametrize(("n", "is_told"), [(9, False), (10, True)])
def test_distributions_from_ten(n, is_told):
    (group,) = tally(sheets("colleagues", *[(3, 3)] * (n - 1), (4, 4))).groups
    assert bool(group.indicators) is is_told
    if is_told:
        assert group.indicators["virtue"].counts == (0, 0, n - 1, 1)


def test_a_unanimous_indicator_keeps_its_counts_to_itself():
    (group,) = tally(sheets("colleagues", *[(3, 4)] * 9, (3, 3))).groups
    assert group.indicators["virtue"].counts is None
    assert group.indicators["ability"].counts == (0, 0, 1, 9)


@pytest.mark.parametrize(("n", "counts"), [(4, False), (5, True)])
def test_an_indicator_that_few_could_judge_does_not_count(n, counts):
    (group,) = tally(sheets("colleagues", *[(2, 4)] * n, *[(2, None)] * (12 - n))).groups
    assert ("ability" in group.indicators) is counts
    assert group.score == pytest.approx(60 if not counts else 0.6 * 60 + 0.4 * 100)


def test_a_group_that_could_judge_nothing_has_no_score():
    found = tally(sheets("colleagues", *[(None, None)] * 6), sheets("masses", *[(4, 4)] * 5))
    assert [one.score for one in found.groups] == [None, pytest.approx(100)]
    assert found.groups[0].unknown_share == 1
    assert found.score == pytest.approx(100)


def test_groups_join_down_the_chain():
    found = tally(sheets("leaders", *[(4, 4)] * 2), sheets("home", (4, 4)), sheets("masses", *[(1, 1)] * 2))
    (group,) = found.groups
    assert set(group.members) == {"leaders", "home", "masses"}
    assert (group.n, group.weight) == (5, 60)
    assert found.absent == ("colleagues", "organisation")
    assert found.score == pytest.approx((3 * 100 + 2 * 40) / 5)


def test_all_that_stays_too_small_is_withheld_by_name():
    found = tally(sheets("leaders", (4, 4)), sheets("masses", *[(3, 3)] * 3))
    assert found.groups == ()
    assert set(found.withheld) == {"leaders", "masses"}
    assert found.score is None


def test_who_signs_is_shown_at_any_number():
    found = tally(sheets("organisation", (4, 3)), sheets("masses", *[(3, 3)] * 4))
    (group,) = found.groups
    assert group.members == ("organisation",)
    assert found.score == pytest.approx(0.6 * 100 + 0.4 * 80)
    assert group.indicators["virtue"].n == 1
    assert found.withheld == ("masses",)


def test_a_group_without_a_weight_does_not_count_but_is_shown():
    found = tally(sheets("masses", *[(4, 4)] * 5), weights={"masses": 0, "colleagues": 0})
    assert found.groups[0].score == pytest.approx(100)
    assert found.score is None
    assert found.absent == ()
    assert found.weight_present == 0


def test_a_sheet_without_any_line_has_nothing_unknown():
    rows = [Sheet("masses", {1: {}})] * 5
    (group,) = plain_tally(rows, level_scores=SCORES, group_weights=WEIGHTS, indicator_weights=INDICATORS)[
        1
    ].groups
    assert (group.unknown_share, group.score) == (0, None)


@pytest.mark.parametrize("level", [0, 5, -1])
def test_a_level_outside_the_scale_is_refused(level):
    with pytest.raises(TallyError, match=rf"level {level} of “virtue” is not among 1…4"):
        tally(sheets("masses", (level, 3)))


def test_every_candidate_of_a_sheet_is_tallied():
    rows = [Sheet("masses", {1: {"virtue": 4}, 2: {"virtue": 1}})] * 5
    found = plain_tally(rows, level_scores=SCORES, group_weights=WEIGHTS, indicator_weights=INDICATORS)
    assert [found[one].score for one in (1, 2)] == [100, 40]


def test_pooling_by_numbers_alone():
    assert pooled_groups({"leaders": 3, "colleagues": 8, "masses": 4}) == (
        {"leaders": "colleagues", "colleagues": "colleagues"},
        ("masses",),
    )
    assert pooled_groups({"leaders": 0, "colleagues": 5, "organisation": 1}) == (
        {"colleagues": "colleagues", "organisation": "organisation"},
        (),
    )


LEVEL = st.sampled_from([None, 1, 2, 3, 4])
BALLOT = st.tuples(st.sampled_from(["leaders", "colleagues", "masses", "home", "organisation"]), LEVEL, LEVEL)


@given(st.lists(BALLOT, max_size=40))
def test_everything_shown_is_made_of_enough(ballots):
    rows = [Sheet(group, {1: {"virtue": one, "ability": two}}) for group, one, two in ballots]
    found = plain_tally(rows, level_scores=SCORES, group_weights=WEIGHTS, indicator_weights=INDICATORS).get(1)
    if found is None:
        assert not ballots
        return
    counted = [one for one in found.groups if one.score is not None]
    for group in found.groups:
        if group.group == "organisation":
            continue
        assert group.n >= LEAST
        assert not group.indicators or group.n >= FEWEST_SPREAD
        for one in group.indicators.values():
            assert one.n >= LEAST
            assert one.counts is None or (sum(one.counts) >= FEWEST_SPREAD and max(one.counts) < one.n)
    # the score is a function of what is shown: no group can be found by subtraction
    if counted:
        expected = sum(one.weight * one.score for one in counted) / sum(one.weight for one in counted)
        assert found.score == pytest.approx(expected)
    members = [member for one in found.groups for member in one.members]
    assert sorted(members + list(found.withheld)) == sorted({group for group, _one, _two in ballots})


@given(st.lists(BALLOT, min_size=1, max_size=30), st.randoms())
def test_order_does_not_matter(ballots, random):
    def score(some):
        rows = [Sheet(group, {1: {"virtue": one, "ability": two}}) for group, one, two in some]
        return plain_tally(rows, level_scores=SCORES, group_weights=WEIGHTS, indicator_weights=INDICATORS)[1]

    shuffled = list(ballots)
    random.shuffle(shuffled)
    first, second = score(ballots), score(shuffled)
    assert first.score == (None if second.score is None else pytest.approx(second.score))
    assert set(first.withheld) == set(second.withheld)


def test_withheld_votes_change_no_figure():
    """Whatever three masses vote, every shown figure stays the same."""
    shown = set()
    for votes in product([1, 4], repeat=3):
        found = tally(sheets("colleagues", *[(3, 2)] * 12), sheets("masses", *[(one, one) for one in votes]))
        shown.add((found.score, found.groups[0].score, str(found.groups)))
    assert len(shown) == 1
