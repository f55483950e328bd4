"""Two halves of one key: read back row by row, useless alone, and named when they are mistyped or belong to others."""

import pytest

from secondment.backups.recovery import Half, joined, mark_of, new_key, public_key, read_row
from secondment.backups.refusals import HalfError


def test_a_half_is_four_rows_that_read_back() -> None:
    half = Half(1, b"\1\2\3", bytes(range(32)))
    assert [len(row) for row in half.rows] == [19, 19, 19, 19]
    assert Half.read(half.rows) == half
    assert Half.read([row.lower().replace(" ", "-") for row in half.rows]) == half


def test_letters_that_look_like_digits_are_read_as_these() -> None:
    half = Half(1, bytes(3), bytes(32))
    (first, *rest) = half.rows
    assert first.startswith("0400 0000 0000 0")
    for zero in "oO":
        assert Half.read([first.replace("0", zero), *rest]) == half
    with_one = Half(2, b"\x10\x08\x42", bytes(32))
    assert "1" in with_one.rows[0]
    for one in "iIlL":
        assert Half.read([with_one.rows[0].replace("1", one), *with_one.rows[1:]]) == with_one


@pytest.mark.parametrize("n", range(4))
def test_any_mistyped_row_is_named(n: int) -> None:
    """A character off, one missing, one too many, a row in another's place."""
    _public, half, other = new_key()
    row = half.rows[n]
    swapped = ("1" if row[0] == "0" else "0") + row[1:]
    for wrong in (row[:-1], row + "0", "", "!" * 16, "中" * 16):
        with pytest.raises(HalfError, match=f"第 {n + 1} 行有误.*Row {n + 1} is mistyped"):
            read_row(n, wrong)
    assert _is_refused(n, swapped) or _content_differs(n, row, swapped)
    assert read_row(n, other.rows[n]) != read_row(n, row)


def _is_refused(n: int, text: str) -> bool:
    try:
        read_row(n, text)
    except HalfError:
        return True
    return False


def _content_differs(n: int, one: str, other: str) -> bool:
    """One of 256 rows passes its check by chance; the key as a whole does not."""
    return read_row(n, one) != read_row(n, other)


def test_a_row_in_the_place_of_another_is_refused() -> None:
    half = Half(1, b"\1\2\3", bytes(range(32)))
    with pytest.raises(HalfError, match="第 1 行有误"):
        Half.read([half.rows[1], half.rows[0], *half.rows[2:]])


def test_both_halves_in_any_order_give_the_private_key() -> None:
    public, first, second = new_key()
    assert (first.side, second.side, first.mark, second.mark) == (1, 2, mark_of(public), mark_of(public))
    for one, other in ((first, second), (second, first)):
        assert joined(one, other, public=public).public_key() == public_key(public)


def test_neither_half_is_the_key_and_no_two_keys_are_alike() -> None:
    public, first, second = new_key()
    private = joined(first, second, public=public).private_bytes_raw()
    assert private not in (first.share, second.share)
    assert new_key()[0] != public


def test_the_same_half_twice_is_refused() -> None:
    public, first, _second = new_key()
    with pytest.raises(HalfError, match="两次输入的是同一份"):
        joined(first, first, public=public)


def test_a_half_of_another_key_is_refused_with_both_numbers() -> None:
    public, first, _second = new_key()
    other_public, _first, other = new_key()
    with pytest.raises(HalfError) as refused:
        joined(first, other, public=public)
    for mark in (mark_of(public).hex(), mark_of(other_public).hex()):
        assert mark in str(refused.value)
