"""Persons and the rows below them, what changed in them, uploads, and pairs that may be one person."""

from secondment.people.models.history import PersonChange
from secondment.people.models.imports import RosterImport, RosterImportRow
from secondment.people.models.pairs import PersonMerge, SuspectedPair
from secondment.people.models.persons import (
    AbilityValue,
    AnnualGrade,
    CareerEntry,
    FamilyFirm,
    FamilyMember,
    Penalty,
    Person,
    Specialty,
)

__all__ = [
    "AbilityValue",
    "AnnualGrade",
    "CareerEntry",
    "FamilyFirm",
    "FamilyMember",
    "Penalty",
    "Person",
    "PersonChange",
    "PersonMerge",
    "RosterImport",
    "RosterImportRow",
    "Specialty",
    "SuspectedPair",
]
