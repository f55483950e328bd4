"""Notices as files to take away."""

import io
import zipfile
from collections.abc import Sequence

from secondment.placements.models import Placement


def notices_archive(placements: Sequence[Placement]) -> bytes:
    """A zip of the notices of these placements; a joint notice is in it once."""
    content = io.BytesIO()
    kept: set[str] = set()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for placement in placements:
            stored = placement.notice_file
            if stored is None or stored.sha256 in kept:
                continue
            kept.add(stored.sha256)
            with stored.content.open("rb") as file:
                archive.writestr(f"{placement.notice_number} {stored.name}", file.read())
    return content.getvalue()
