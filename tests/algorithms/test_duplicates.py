"""Near-duplicate texts: exact pairs, recall against brute force, ties to order and copies."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondment.algorithms import shingle_join
from secondment.algorithms.duplicates import (
    Pair,
    jaccard,
    miss_probability,
    near_duplicates,
    normalised,
    shingles,
)

CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 1500)]


def edited(text: str, n_edits: int, source: random.Random) -> str:
    letters = list(text)
    for _ in range(n_edits):
        letters[source.randrange(len(letters))] = source.choice(CHARACTERS)
    return "".join(letters)


def corpus(n_texts: int, length: int, seed: int) -> list[str]:
    """Random Chinese; every fifth text is an edited copy of the one before."""
    source = random.Random(seed)
    texts: list[str] = []
    for number in range(n_texts):
        if number % 5 == 4:
            texts.append(edited(texts[-1], source.randrange(0, 12), source))
        else:
            texts.append("".join(source.choices(CHARACTERS, k=length)))
    return texts


def by_brute_force(texts: list[str], threshold: float) -> set[Pair]:
    sets = [shingles(text, 3) for text in texts]
    owners: dict[str, list[int]] = {}
    for number, parts in enumerate(sets):
        for part in parts:
            owners.setdefault(part, []).append(number)
    touching = {pair for numbers in owners.values() for pair in combinations(numbers, 2)}
    measured = (Pair(one, other, jaccard(sets[one], sets[other])) for one, other in touching)
    return {pair for pair in measured if pair.similarity >= threshold}


@pytest.mark.parametrize(("threshold", "n_least"), [(0.7, 250), (0.95, 60)])
def test_no_pair_of_two_thousand_texts_is_missed(threshold: float, n_least: int) -> None:
    texts = corpus(2000, 120, seed=4)
    truth = by_brute_force(texts, threshold)
    report = near_duplicates(texts, threshold=threshold)
    assert len(truth) > n_least
    assert report.is_exact
    assert set(report.pairs) == truth


@pytest.mark.parametrize("limit", ["MOST_SHINGLES", "MOST_TOUCHES"])
def test_recall_of_the_sketch_and_no_false_pair(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(shingle_join, limit, 100)
    texts = corpus(1000, 120, seed=4)
    truth = by_brute_force(texts, 0.7)
    report = near_duplicates(texts, threshold=0.7)
    assert not report.is_exact
    found = set(report.pairs)
    assert found <= truth
    assert len(found) >= 0.98 * len(truth)


@settings(max_examples=100)
@given(
    st.lists(st.text("甲乙丙丁😀", min_size=1, max_size=12), max_size=9, unique=True),
    st.integers(1, 4),
    st.sampled_from([0.05, 0.3, 0.5, 2 / 3, 0.75, 0.9, 1.0]),
)
def test_the_join_leaves_out_no_pair(texts: list[str], size: int, threshold: float) -> None:
    long = [text for text in texts if len(text) >= size]
    sets = [shingles(text, size) for text in long]
    alike = {
        (one, other)
        for one, other in combinations(range(len(long)), 2)
        if jaccard(sets[one], sets[other]) >= threshold
    }
    reached = shingle_join.pairs_within_reach(long, size, threshold)
    assert reached is not None
    assert alike <= {(one, other) for one, other in reached.tolist()}
    assert reached.tolist() == sorted(reached.tolist())


def test_signs_spaces_and_width_do_not_hide_a_copy() -> None:
    assert normalised("Ａ村 2024 年，修路１０ km！") == "a村2024年修路10km"
    report = near_duplicates(["本月走访农户三十户，修路两公里。", "本月走访农户 三十户、修路两公里！"])
    assert report.pairs == (Pair(0, 1, 1.0),)


def test_similarity_is_the_exact_share() -> None:
    # abc bcd cde def | bcd cde def efg: three of five.
    assert jaccard(shingles("abcdef", 3), shingles("bcdefg", 3)) == 0.6
    assert jaccard(frozenset(), frozenset()) == 0.0


def test_all_copies_of_a_text_pair_up_with_its_neighbours() -> None:
    text = "".join(CHARACTERS[:200])
    near = text[:-1] + "甲"
    report = near_duplicates([text, near, text, text], threshold=0.9)
    assert {(p.first, p.second) for p in report.pairs} == {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)}
    assert [p.similarity for p in report.pairs[:3]] == [1.0, 1.0, 1.0]
    assert report.n_pairs == 6
    assert not report.is_cut


def test_a_cut_list_keeps_the_most_alike_and_says_so() -> None:
    text = "".join(CHARACTERS[:200])
    report = near_duplicates([text, text[:-1] + "甲", text], threshold=0.9, most_pairs=1)
    assert report.pairs == (Pair(0, 2, 1.0),)
    assert (report.n_pairs, report.is_cut) == (3, True)


def test_texts_shorter_than_a_shingle_are_counted_not_compared() -> None:
    report = near_duplicates(["无", "无", "", "，。！"])
    assert (report.pairs, report.n_too_short) == ((), 4)


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.1])
def test_thresholds_outside_are_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold must be above 0 and at most 1"):
        near_duplicates(["a"], threshold=threshold)


def test_only_equal_sets_pair_at_threshold_one() -> None:
    assert near_duplicates(["甲乙丙丁", "甲乙丙丁", "甲乙丙戊"], threshold=1.0).pairs == (Pair(0, 1, 1.0),)


def test_misses_fade_above_the_threshold() -> None:
    chances = [miss_probability(s, threshold=0.8) for s in (0.8, 0.85, 0.9, 0.95)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] <= 0.01
    assert chances[2] < 1e-5


@pytest.mark.parametrize("threshold", [0.05, 0.3, 0.5, 0.7, 0.9, 1.0])
def test_at_most_one_in_a_hundred_is_missed_at_the_threshold(threshold: float) -> None:
    assert miss_probability(threshold, threshold=threshold) <= 0.01


@settings(max_examples=20)
@given(st.lists(st.text("甲乙丙丁戊", max_size=12), max_size=8), st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_of_texts(texts: list[str], source: random.Random) -> None:
    order = list(range(len(texts)))
    source.shuffle(order)
    plain = near_duplicates(texts, threshold=0.5)
    mixed = near_duplicates([texts[place] for place in order], threshold=0.5)
    back = {(*sorted((order[p.first], order[p.second])), p.similarity) for p in mixed.pairs}
    assert back == {(p.first, p.second, p.similarity) for p in plain.pairs}
