"""Read a small JSON file and report every fault with the path of its key."""

import json
import math
from pathlib import Path
from typing import Any

from secondment.files.numbers import range_words
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import decode_text, read_bytes

LARGEST = 1e300


def read_json_object(path: Path) -> dict[str, Any]:
    """The one object a JSON file holds."""
    try:
        content = json.loads(decode_text(read_bytes(path), file=path.name))
    except RecursionError as error:
        raise BadInputError.of_file(path.name, "is nested too deeply", "write it by hand again") from error
    except json.JSONDecodeError as error:
        found = f"is not JSON ({error.msg})"
        raise BadInputError(
            [Problem.plain(path.name, error.lineno, "", found, "correct it at this line")]
        ) from error
    if not isinstance(content, dict):
        raise BadInputError.of_file(path.name, "holds no object", "put its keys between { and }")
    return content


class Keys:
    """Takes the keys of one JSON object in turn and keeps every problem; `finish` reports unknown keys."""

    def __init__(self, file: str, content: dict[str, Any], problems: list[Problem], place: str = "") -> None:
        self._file = file
        self._left = dict(content)
        self._known: list[str] = []
        self._place = place
        self.problems = problems

    def add(self, key: str, found: str, remedy: str) -> None:
        """Note a problem of one key."""
        self.problems.append(Problem.plain(self._file, 0, f"{self._place}{key}", found, remedy))

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet taken."""
        return key in self._left

    def _take(self, key: str) -> Any:
        self._known.append(key)
        return self._left.pop(key, None)

    def number(
        self,
        key: str,
        *,
        default: float | None = None,
        least: float = -math.inf,
        most: float = math.inf,
        integer: bool = False,
    ) -> float:
        """A number from `least` to `most`, an integer if required; `default` when the key is absent."""
        if default is not None and key not in self._left:
            self._known.append(key)
            return default
        missing = key not in self._left
        value = self._take(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST
        kind = "a whole number" if integer else "a number"
        if not is_number or not least <= value <= most or (integer and value != int(value)):
            found = "is missing" if missing else f"is {json.dumps(value, ensure_ascii=False)}"
            self.add(key, found, f"write {kind} {range_words(least, most)}".rstrip())
            return least if math.isfinite(least) else 0.0
        return float(value)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        missing = key not in self._left
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            self.add(
                key,
                "is missing" if missing else f"is {json.dumps(value, ensure_ascii=False)}",
                "write a text",
            )
            return ""
        return value.strip()

    def objects(self, key: str) -> list["Keys"]:
        """A list of objects, each to be read in turn; empty when the key is absent."""
        if key not in self._left:
            self._known.append(key)
            return []
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.add(key, "is not a list of objects", "write [ { … }, { … } ]")
            return []
        return [
            Keys(self._file, one, self.problems, f"{self._place}{key}[{number}].")
            for number, one in enumerate(value, start=1)
        ]

    def object(self, key: str) -> "Keys":
        """An object to be read in turn; an empty one when the key is absent."""
        value = self._take(key)
        if value is not None and not isinstance(value, dict):
            self.add(key, "is not an object", "write { … }")
        return Keys(
            self._file, value if isinstance(value, dict) else {}, self.problems, f"{self._place}{key}."
        )

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty when the key is absent."""
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.add(key, "is not a list of texts", 'write [ "…", "…" ]')
            return []
        return [one.strip() for one in value]

    def finish(self) -> None:
        """Report unknown keys: a misspelt key must not be ignored silently."""
        for key in self._left:
            self.add(key, "is not known", f"use {', '.join(self._known)}")
