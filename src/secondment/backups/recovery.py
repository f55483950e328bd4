"""The recovery key: its public part stays on the machine, its private part exists only as two printed halves.

Each half alone is random; the private key is their sum. A half is four rows of sixteen characters, each with a check of
its own, so that a mistyped row is named at once.
"""

import base64
import hashlib
import secrets
from binascii import Error
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from secondment.backups.refusals import HalfError

KEY_BYTES = 32
MARK_BYTES = 3
N_ROWS = 4
ROW_BYTES = (1 + MARK_BYTES + KEY_BYTES) // N_ROWS
SIDES = {1: "甲 A", 2: "乙 B"}
# Characters that nobody takes for one another; what is written for one of them all the same is read as it.
STANDARD, PRINTED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TO_PRINT = str.maketrans(STANDARD, PRINTED)
FROM_PRINT = str.maketrans({**dict(zip(PRINTED, STANDARD, strict=True)), "O": "A", "I": "B", "L": "B"})


@dataclass(frozen=True)
class Half:
    """One of the two: which, of which key, and its share of the private part."""

    side: int
    mark: bytes
    share: bytes

    @property
    def rows(self) -> list[str]:
        """As it is printed: four groups of four characters a row."""
        content = bytes([self.side]) + self.mark + self.share
        return [_row(n, content[n * ROW_BYTES : (n + 1) * ROW_BYTES]) for n in range(N_ROWS)]

    @classmethod
    def read(cls, rows: Sequence[str]) -> Self:
        """The half that was typed row by row."""
        content = b"".join(read_row(n, text) for n, text in enumerate(rows))
        return cls(content[0], content[1 : 1 + MARK_BYTES], content[1 + MARK_BYTES :])


def read_row(n: int, text: str) -> bytes:
    """The content of row `n` (from 0), with or without spaces; refuses what was mistyped or belongs to another row."""
    plain = "".join(text.upper().replace("-", " ").split()).translate(FROM_PRINT)
    try:
        found = base64.b32decode(plain)
    except (Error, ValueError):
        found = b""
    content = found[:-1]
    if len(content) != ROW_BYTES or found[-1:] != _check(n, content):
        raise HalfError(
            f"第 {n + 1} 行有误，请与纸面逐字核对后重新输入。",
            f"Row {n + 1} is mistyped; compare it with the paper and type it again.",
        )
    return content


def new_key() -> tuple[bytes, Half, Half]:
    """A fresh public key and the halves of its private part, which is kept nowhere."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    first = secrets.token_bytes(KEY_BYTES)
    mark = mark_of(public)
    return public, Half(1, mark, first), Half(2, mark, _sum(first, private.private_bytes_raw()))


def mark_of(public: bytes) -> bytes:
    """What distinguishes keys for people: printed on both halves, shown on the page, part of the names of files."""
    return hashlib.sha256(public).digest()[:MARK_BYTES]


def joined(one: Half, other: Half, *, public: bytes) -> X25519PrivateKey:
    """The private key of `public`; refuses halves that are not its two."""
    private = X25519PrivateKey.from_private_bytes(_sum(one.share, other.share))
    if {one.side, other.side} != set(SIDES):
        raise HalfError(
            "两次输入的是同一份，请分别输入甲、乙两份。", "The same half was given twice; type A and B."
        )
    if private.public_key().public_bytes_raw() != public:
        raise HalfError(
            f"这两份不是恢复密钥 {mark_of(public).hex()} 的甲、乙两份（输入的是 {one.mark.hex()} 和 {other.mark.hex()}），请核对纸面上的编号。",
            f"These are not the two halves of the recovery key {mark_of(public).hex()} (given: {one.mark.hex()} and {other.mark.hex()}); compare the numbers on the paper.",
        )
    return private


def public_key(raw: bytes) -> X25519PublicKey:
    """The public key from its bytes."""
    return X25519PublicKey.from_public_bytes(raw)


def _row(n: int, content: bytes) -> str:
    text = base64.b32encode(content + _check(n, content)).decode().translate(TO_PRINT)
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _check(n: int, content: bytes) -> bytes:
    return hashlib.sha256(bytes([n]) + content).digest()[:1]


def _sum(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
