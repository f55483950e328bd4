"""Message catalogues: the texts each room shows to users, extracted from its sources.

Babel does the reading and writing; Django's own `templatize` turns a template into something Babel can
read, so that no external program is needed.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    name: spec
    for names, spec in {
        ("_", "gettext", "gettext_lazy", "gettext_noop"): None,
        ("ngettext", "ngettext_lazy"): (1, 2),
        ("pgettext", "pgettext_lazy"): ((1, "c"), 2),
        ("npgettext", "npgettext_lazy"): ((1, "c"), 2, 3),
        ("say", "in_chinese"): None,  # `common.sentences`, `files.faults`
        ("counted",): (1, 1),
    }.items()
    for name in names
}
REMEDIES = {"in_chinese": (2,)}


def catalogue_path(room: Path) -> Path:
    """Where a room keeps its English words."""
    return room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def rooms(package: Path) -> list[Path]:
    """The rooms that may show texts to users, by name."""
    return sorted(path.parent for path in package.glob("*/apps.py"))


def extract_room(room: Path) -> Catalog:
    """Every message in a room's Python files and templates, with its location."""
    catalogue = Catalog(locale="en", project="secondment", fuzzy=False)
    for path, source in _sources(room):
        place = path.relative_to(room.parent).as_posix()
        for keywords in (KEYWORDS, REMEDIES):
            for line, message, comments, context in extract("python", io.BytesIO(source), keywords):
                catalogue.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalogue


def read_catalogue(room: Path) -> Catalog:
    """The room's current English catalogue; empty if there is none."""
    path = catalogue_path(room)
    if not path.exists() or not path.read_bytes().strip():
        return Catalog(locale="en", project="secondment", fuzzy=False)
    return read_po(io.BytesIO(path.read_bytes()), locale="en")


def update_room(room: Path) -> int:
    """Bring the room's catalogue up to date, keep what is translated; returns how many lack English."""
    catalogue = read_catalogue(room)
    catalogue.update(extract_room(room), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if len(catalogue):
        path = catalogue_path(room)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_as_file(catalogue))
    return len(untranslated(catalogue))


def untranslated(catalogue: Catalog) -> list[str]:
    """Messages without a complete English text."""
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and (
            message.fuzzy
            or not (all(message.string) if isinstance(message.string, (list, tuple)) else message.string)
        )
    ]


def _as_file(catalogue: Catalog) -> bytes:
    """The catalogue without line numbers and dates, so that the file changes only when the words do."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, sort_by_file=True, include_lineno=False, width=110)
    noise = (
        b'"POT-Creation',
        b'"PO-Revision',
        b'"Last-Tr',
        b'"Report-M',
        b'"Generated',
        b'"Language-Team',
        b'"Project',
        b"# ",
    )
    return b"".join(
        line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(noise)
    )


def _sources(room: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(room.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_bytes()
    for path in sorted(room.glob("templates/**/*.html")):
        # Babel reads the result as Python, to which the indentation of markup means nothing.
        lines = templatize(path.read_text(), origin=str(path)).splitlines()
        yield path, "\n".join(line.lstrip() for line in lines).encode()
