"""Which boxes there are on this machine, and which of them a code belongs to."""

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from secondment.appraisals.box.ballot_box import BallotBox, Found, unknown_words
from secondment.appraisals.box.errors import BoxGoneError, UnknownCodeError
from secondment.appraisals.box.files import FOLDER, GONE, PRACTICE, SUFFIX, erase
from secondment.appraisals.models import Appraisal


def box_of(appraisal: Appraisal) -> BallotBox:
    """The box of the vote."""
    return BallotBox(_folder() / f"{appraisal.box}{SUFFIX}")


def practice_box_of(appraisal: Appraisal) -> BallotBox:
    """The box of the practice run, which is never counted."""
    return BallotBox(_folder() / f"{appraisal.box}{PRACTICE}{SUFFIX}")


def find(code: str, *, on: dt.date) -> tuple[BallotBox, Found]:
    """The box that knows the code; `UnknownCodeError` when none does."""
    for box in every_box():
        try:
            found = box.find(code, on=on)
        except BoxGoneError:  # closed between the look into the folder and the look into the box
            continue
        if found is not None:
            return box, found
    raise UnknownCodeError(unknown_words(), field="code")


def every_box() -> Iterator[BallotBox]:
    """Every box that lies here."""
    return (BallotBox(path) for path in sorted(_folder().glob(f"*{SUFFIX}")))


def erase_leftovers() -> int:
    """What a kill left of boxes that were being destroyed; returns how many files."""
    left = sorted(_folder().glob(f"*{GONE}"))
    for path in left:
        erase(path)
    return len(left)


def appraisal_key(box: BallotBox) -> uuid.UUID:
    """By which number an appraisal knows this box, or the box of its practice run."""
    return uuid.UUID(box.path.name.removesuffix(SUFFIX).removesuffix(PRACTICE))


def _folder() -> Path:
    return Path(settings.DATA_DIR) / FOLDER
