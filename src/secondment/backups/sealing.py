"""Seals a stream to a public key: X25519, HKDF-SHA256, then ChaCha20-Poly1305 in chunks.

Each chunk is numbered and the last one marked in its nonce, so that a file with a chunk removed, moved or cut off does not
open. Whoever seals has the key of this one file as long as it is written, and can read it back; later only the private key opens it.
"""

import hashlib
from collections.abc import Callable
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from secondment.backups.recovery import KEY_BYTES, public_key
from secondment.backups.refusals import DamagedError

MAGIC = b"secondment-backup-1\n"
HEADER_BYTES = len(MAGIC) + 2 * KEY_BYTES
CHUNK_BYTES = 1 << 18
TAG_BYTES = 16
COUNTER_BYTES = 11


class Sealer:
    """Written to like a file; `close` completes it. Counts and fingerprints what it has put out."""

    def __init__(self, out: IO[bytes], recipient: bytes) -> None:
        once = X25519PrivateKey.generate()
        self.header = MAGIC + once.public_key().public_bytes_raw() + recipient
        self.key = _file_key(once.exchange(public_key(recipient)), self.header)
        self.n_bytes = 0
        self._out, self._hash, self._buffer, self._n_chunks = out, hashlib.sha256(), bytearray(), 0
        self._cipher = ChaCha20Poly1305(self.key)
        self._put(self.header)

    @property
    def sha256(self) -> str:
        """The fingerprint of all that was put out."""
        return self._hash.hexdigest()

    def write(self, content: bytes) -> int:
        """A full chunk is sealed only when more follows: the last is sealed as the last."""
        self._buffer += content
        while len(self._buffer) > CHUNK_BYTES:
            self._seal(is_last=False)
        return len(content)

    def close(self) -> None:
        """Seal what is left."""
        self._seal(is_last=True)

    def _seal(self, *, is_last: bool) -> None:
        chunk = bytes(self._buffer[:CHUNK_BYTES])
        del self._buffer[:CHUNK_BYTES]
        self._put(self._cipher.encrypt(_nonce(self._n_chunks, is_last=is_last), chunk, self.header))
        self._n_chunks += 1

    def _put(self, content: bytes) -> None:
        self._out.write(content)
        self._hash.update(content)
        self.n_bytes += len(content)


class Opener:
    """Reads what a `Sealer` wrote; `DamagedError` at the first byte that is not as it was sealed, or when the end is missing."""

    def __init__(self, file: IO[bytes], key_for: Callable[[bytes], bytes]) -> None:
        self._file = file
        self._header = file.read(HEADER_BYTES)
        recipient_of(self._header)
        self._cipher = ChaCha20Poly1305(key_for(self._header))
        self._plain, self._n_chunks = b"", 0
        self._sealed = file.read(CHUNK_BYTES + TAG_BYTES)

    def read(self, size: int) -> bytes:
        """The next bytes, none at the end."""
        if not self._plain and (self._sealed or not self._n_chunks):
            self._next_chunk()
        found, self._plain = self._plain[:size], self._plain[size:]
        return found

    def read_to_the_end(self) -> None:
        """What follows the content is checked as well."""
        while self.read(CHUNK_BYTES):
            pass

    def _next_chunk(self) -> None:
        sealed, self._sealed = self._sealed, self._file.read(CHUNK_BYTES + TAG_BYTES)
        nonce = _nonce(self._n_chunks, is_last=not self._sealed)
        try:
            self._plain = self._cipher.decrypt(nonce, sealed, self._header)
        except (InvalidTag, ValueError):
            raise DamagedError(f"chunk {self._n_chunks + 1}") from None
        self._n_chunks += 1


def recipient_of(header: bytes) -> bytes:
    """The public key that the file is sealed to."""
    if len(header) != HEADER_BYTES or not header.startswith(MAGIC):
        raise DamagedError("header")
    return header[-KEY_BYTES:]


def opened_by(private: X25519PrivateKey) -> Callable[[bytes], bytes]:
    """The key of any file sealed to the public part of `private`."""

    def key_for(header: bytes) -> bytes:
        once = public_key(header[len(MAGIC) : -KEY_BYTES])
        try:
            return _file_key(private.exchange(once), header)
        except ValueError:  # a point that no honest sealer uses
            raise DamagedError("header") from None

    return key_for


def _file_key(shared: bytes, header: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=header[len(MAGIC) :], info=MAGIC).derive(shared)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(COUNTER_BYTES, "big") + bytes([is_last])
