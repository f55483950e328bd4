"""The root over leaves: known values, and what must change it."""

import hashlib

from secondment.algorithms.merkle import EMPTY, leaf, root


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_leaf_is_not_its_plain_digest() -> None:
    assert leaf(b"x") == digest(b"\x00x")


def test_nothing_has_the_digest_of_nothing() -> None:
    assert root([]) == EMPTY == digest(b"")


def test_one_leaf_is_its_own_root() -> None:
    assert root([leaf(b"x")]) == leaf(b"x")


def test_two_and_three_leaves_by_hand() -> None:
    a, b, c = sorted(leaf(one) for one in (b"a", b"b", b"c"))
    two = digest(b"\x01" + bytes.fromhex(a) + bytes.fromhex(b))
    assert root([b, a]) == two
    assert root([c, a, b]) == digest(b"\x01" + bytes.fromhex(two) + bytes.fromhex(c))


def test_the_order_of_leaves_does_not_matter_and_each_leaf_does() -> None:
    leaves = [leaf(bytes([n])) for n in range(9)]
    assert root(leaves) == root(leaves[::-1])
    roots = {root([*leaves[:n], leaf(b"other"), *leaves[n + 1 :]]) for n in range(9)} | {root(leaves)}
    assert len(roots) == 10
    assert root([*leaves, leaves[0]]) != root(leaves)
