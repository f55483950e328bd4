"""Secret keys of one installation, kept in a file next to the data and never in the database."""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from secondment.common.refusals import StartRefusedError


@dataclass(frozen=True)
class Keys:
    """`django` signs sessions; `fields` encrypts protected fields; `index` makes blind indexes; `audit` seals the trail."""

    django: str
    fields: str
    index: str
    audit: str

    @classmethod
    def fresh(cls) -> "Keys":
        """New random keys: 256 bits each, more for the framework, which asks for a longer text."""
        sizes = {"django": 48, "fields": 32, "index": 32, "audit": 32}
        return cls(**{name: base64.b64encode(secrets.token_bytes(n)).decode() for name, n in sizes.items()})

    def fingerprints(self) -> dict[str, str]:
        """What a database may store about the keys its data depend on; no key can be recovered from it."""
        hanging = {"fields": self.fields, "index": self.index, "audit": self.audit}
        return {
            name: hashlib.sha256(f"{name}:{key}".encode()).hexdigest()[:16] for name, key in hanging.items()
        }

    def keep(self, path: Path) -> "Keys":
        """Write them to the file, atomically and for its owner only; existing content is kept and returned instead."""
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w") as file:
            json.dump(asdict(self), file)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:  # another process was first
            return read_keys(path) or self
        finally:
            draft.unlink()
        return self


def read_keys(path: Path) -> Keys | None:
    """The keys of the file; None when there is no file. Refuses a file that was cut off or changed by hand."""
    try:
        return Keys(**json.loads(path.read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise StartRefusedError(
            f"密钥文件 {path} 不完整或被改动，无法读取。请从备份中取回 keys.json，替换后再启动。",
            f"The key file {path} is cut off or was changed and cannot be read. "
            "Put keys.json back from your backup and start again.",
        ) from None
