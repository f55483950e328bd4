"""Secret keys of one installation, kept in a file beside the data and never in the database."""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path


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


def load_or_create_keys(path: Path) -> Keys:
    """Read the key file, or make it on the first start, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        except FileExistsError:  # another process was first
            return load_or_create_keys(path)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(Keys.fresh()), file)
    return Keys(**json.loads(path.read_text()))
