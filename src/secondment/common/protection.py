"""Protected fields: sealed with AES-256-GCM, found again through a keyed blind index, shown masked."""

import base64
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FORMAT_VERSION = b"\x01"
NONCE_BYTES = 12


def seal(text: str, *, context: str) -> bytes:
    """Encrypt `text`; `context` (table, column, row) must be given again to open it, so rows cannot be swapped."""
    return seal_bytes(text.encode(), context=context)


def open_sealed(sealed: bytes | memoryview, *, context: str) -> str:
    """Decrypt what `seal` made; raises `cryptography.exceptions.InvalidTag` when altered or moved to another row."""
    return open_bytes(bytes(sealed), context=context).decode()


def seal_bytes(content: bytes, *, context: str) -> bytes:
    """Encrypt the bytes of a file, as `seal` does for a text."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT_VERSION + nonce + _cipher().encrypt(nonce, content, context.encode())


def open_bytes(sealed: bytes, *, context: str) -> bytes:
    """Decrypt what `seal_bytes` made; raises `cryptography.exceptions.InvalidTag` when altered."""
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return _cipher().decrypt(nonce, body, context.encode())


def blind_index(text: str) -> str:
    """A keyed fingerprint: equal texts have equal fingerprints, and no text can be read from one."""
    return hmac.new(base64.b64decode(settings.KEYS.index), text.encode(), hashlib.sha256).hexdigest()


def _cipher() -> AESGCM:
    return AESGCM(base64.b64decode(settings.KEYS.fields))
