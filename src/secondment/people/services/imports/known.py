"""A known person as a file would describe them: what a file repeats in these words is not a change.

A form cannot hold all that is known: the day in a month, a class of kinship chosen by hand, words made from codes.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from secondment.people.choices import Kinship
from secondment.people.files.appointment_forms.cleaning import clean_text
from secondment.people.files.appointment_forms.months import digits_of
from secondment.people.files.draft import Draft
from secondment.people.files.filled_form import form_of
from secondment.people.files.form_draft import draft_of, settled
from secondment.people.models import Person
from secondment.people.sections import EVERYTHING, Section
from secondment.people.services.changes import rows_of

Values = Mapping[str, Any]
# The sealed and the heavy part are compared without being opened.
_SAID = EVERYTHING - {Section.IDENTITY, Section.PHOTO}
_PARTS = re.compile(r"[;；,，、\s]+")
# What a form never states about a relative.
_UNSAID = ("unit_id", "is_leading", "relative_id")
_NOBODY = {"unit_id": None, "is_leading": False, "relative_id": None}


class KnownPerson:
    """A person and, computed on demand, the content of the person's own appointment form."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @cached_property
    def draft(self) -> Draft:
        """The own form, read as a file is read."""
        return draft_of(form_of(self.person, _SAID), "")

    def states(self, name: str, value: Any) -> bool:
        """Whether the column has this value, or the person's own form states it."""
        known = getattr(self.person, name)
        if known == value or (
            isinstance(known, str) and isinstance(value, str) and clean_text(known) == value
        ):
            return True
        if name == "party_text" and known and _months_alike(known) == _months_alike(value):
            return True
        return name in self.draft.values and settled(name, self.draft.values[name], self.person) == value

    def grades(self, found: Mapping[int, str]) -> list[dict[str, Any]]:
        """Known grades with those of a file; the years it leaves out stay."""
        known = {row.year: row.grade for row in self.person.annual_grades.all()}
        merged = known | {year: str(grade) for year, grade in found.items()}
        if merged != known and found == self.draft.grades:
            merged = known
        return [{"year": year, "grade": grade} for year, grade in sorted(merged.items())]

    def career(self, rows: Sequence[Values]) -> list[dict[str, Any]]:
        """Rows of a file; a period that the person's own form states identically stays as stored."""
        return [dict(stored or row) for row, stored in self._alike("career", rows, self.draft.career)]

    def family(self, rows: Sequence[Values]) -> list[dict[str, Any]]:
        """Rows of a file with what only the system knows about the same relative.

        A class of kinship chosen by hand stays; an unrecognised one follows the file.
        """
        alike = self._alike("family", rows, self.draft.family)
        taken = [stored for _row, stored in alike if stored]
        left = [stored for stored in rows_of(self.person, "family") if stored not in taken]
        found = []
        for row, stored in alike:
            known = stored or next((one for one in left if _is_same_relative(one, row)), None)
            if known is None:
                found.append({**row, **_NOBODY})
                continue
            kept = {name: known[name] for name in _UNSAID}
            is_named = known["kinship"] != Kinship.UNRECOGNISED
            found.append(
                {**(stored or row), **kept, "kinship": known["kinship"] if is_named else row["kinship"]}
            )
            left = [one for one in left if one is not known]
        return found

    def _alike(
        self, kind: str, rows: Sequence[Values], said: Sequence[Values]
    ) -> list[tuple[Values, Values | None]]:
        """Each row of a file with the stored one that the person's own form states in the same words."""
        stored = rows_of(self.person, kind)
        if len(rows) == len(stored) and all(
            row.items() <= one.items() for row, one in zip(rows, stored, strict=True)
        ):
            return list(zip(rows, stored, strict=True))
        left = list(zip(said, stored, strict=True)) if len(said) == len(stored) else []
        pairs: list[tuple[Values, Values | None]] = []
        for row in rows:
            at = next((at for at, (words, _stored) in enumerate(left) if words == row), None)
            pairs.append((row, None if at is None else left.pop(at)[1]))
        return pairs


def _months_alike(text: str) -> list[str]:
    """The parts of 入党时间 with each month as six digits: 2007.06 and 200706 read the same."""
    return [digits_of(part)[:6] if part[:4].isdigit() else part for part in _PARTS.split(text) if part]


def _is_same_relative(one: Values, other: Values) -> bool:
    return (one["title"], one["name"]) == (other["title"], other["name"])
