"""What was sealed opens with its key alone, and only whole: no byte changed, no chunk moved, nothing cut off or added."""

import io

import pytest

from secondment.backups.recovery import joined, new_key
from secondment.backups.refusals import DamagedError
from secondment.backups.sealing import CHUNK_BYTES, HEADER_BYTES, TAG_BYTES, Opener, Sealer, opened_by

PUBLIC, FIRST, SECOND = new_key()
PRIVATE = joined(FIRST, SECOND, public=PUBLIC)
STEP = CHUNK_BYTES + TAG_BYTES


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, PUBLIC)
    for at in range(0, len(content), 100_000):
        sealer.write(content[at : at + 100_000])
    sealer.close()
    assert sealer.n_bytes == len(out.getvalue())
    return out.getvalue()


def opened(file: bytes, private=PRIVATE) -> bytes:
    opener = Opener(io.BytesIO(file), opened_by(private))
    parts = []
    while part := opener.read(70_000):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize(
    ("n", "n_chunks"),
    [(0, 1), (1, 1), (CHUNK_BYTES - 1, 1), (CHUNK_BYTES, 1), (CHUNK_BYTES + 1, 2), (2 * CHUNK_BYTES, 2)],
)
def test_every_length_comes_back(n: int, n_chunks: int) -> None:
    content = bytes(i % 251 for i in range(n))
    file = sealed(content)
    assert len(file) == HEADER_BYTES + n + n_chunks * TAG_BYTES
    assert opened(file) == content


def test_the_one_who_seals_reads_it_back_without_the_private_key() -> None:
    out = io.BytesIO()
    sealer = Sealer(out, PUBLIC)
    sealer.write(b"abc")
    sealer.close()
    opener = Opener(io.BytesIO(out.getvalue()), lambda _header: sealer.key)
    assert (opener.read(9), opener.read(9)) == (b"abc", b"")
    assert b"abc" not in out.getvalue()


def test_two_files_of_the_same_content_have_nothing_in_common() -> None:
    one, other = sealed(b"abc"), sealed(b"abc")
    assert one[-19:] != other[-19:]


CONTENT = bytes(2 * CHUNK_BYTES + 5)
FILE = sealed(CONTENT)


@pytest.mark.parametrize(
    "at", [0, 20, 52, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + STEP, len(FILE) - 1]
)
def test_any_damaged_byte_is_found(at: int) -> None:
    damaged = bytearray(FILE)
    damaged[at] ^= 1
    with pytest.raises(DamagedError):
        opened(bytes(damaged))


@pytest.mark.parametrize(
    "n",
    [
        0,
        5,
        HEADER_BYTES - 1,
        HEADER_BYTES,
        HEADER_BYTES + 1,
        HEADER_BYTES + STEP,
        HEADER_BYTES + 2 * STEP,
        len(FILE) - 1,
    ],
)
def test_a_file_cut_off_anywhere_is_found_also_between_chunks(n: int) -> None:
    with pytest.raises(DamagedError):
        opened(FILE[:n])


def test_chunks_moved_left_out_or_added_are_found() -> None:
    header, one, two, three = (
        FILE[:HEADER_BYTES],
        FILE[HEADER_BYTES:][:STEP],
        FILE[HEADER_BYTES + STEP :][:STEP],
        FILE[HEADER_BYTES + 2 * STEP :],
    )
    assert header + one + two + three == FILE
    for wrong in (
        two + one + three,
        one + three,
        one + two,
        one + two + three + three,
        one + two + three + b"\0",
    ):
        with pytest.raises(DamagedError):
            opened(header + wrong)


def test_another_key_does_not_open_it() -> None:
    public, first, second = new_key()
    with pytest.raises(DamagedError, match="chunk 1"):
        opened(FILE, joined(first, second, public=public))


def test_a_point_that_no_sealer_uses_is_refused() -> None:
    """All zeros as the public part of the sender would make the key known to everybody."""
    wrong = FILE[:20] + bytes(32) + FILE[52:]
    with pytest.raises(DamagedError, match="header"):
        opened(wrong)


def test_what_follows_the_content_is_read_to_the_end() -> None:
    damaged = FILE[:-1] + bytes([FILE[-1] ^ 1])
    opener = Opener(io.BytesIO(damaged), opened_by(PRIVATE))
    assert opener.read(10) == bytes(10)
    with pytest.raises(DamagedError, match="chunk 3"):
        opener.read_to_the_end()
