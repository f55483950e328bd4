"""The root over a set of leaves that anybody can recompute: SHA-256, leaves sorted, tree as in RFC 6962."""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").hexdigest()


def leaf(content: bytes) -> str:
    """The digest of one leaf, in hex."""
    return hashlib.sha256(b"\x00" + content).hexdigest()


def root(leaves: Sequence[str]) -> str:
    """The root over leaves in hex, whatever order they come in."""
    level = [bytes.fromhex(one) for one in sorted(leaves)]
    if not level:
        return EMPTY
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        left_over = level[-1:] if len(level) % 2 else []
        level = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs] + left_over
    return level[0].hex()
