"""What counties have otherwise, as lines of text beside the programme's own values."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from secondment.campaigns.models import ProgrammeVariant, ProgrammeVersion
from secondment.campaigns.parameter_lines import lines_of, open_labels
from secondment.campaigns.parameter_readers import is_open
from secondment.campaigns.parameters_json import from_json
from secondment.campaigns.with_settings import with_settings


@dataclass(frozen=True)
class VariantLine:
    """One parameter of one county; what the programme no longer leaves open has no effect."""

    unit: str
    unit_path: str
    label: str
    upper: str
    own: str
    basis: str
    since: dt.date
    has_effect: bool
    variant: int


def upper_texts(version: ProgrammeVersion) -> dict[str, str]:
    """Parameter → how the programme has it, in words."""
    return {line.path: line.text for line in lines_of(from_json(version.parameters))}


def variant_lines(version: ProgrammeVersion, variants: Iterable[ProgrammeVariant]) -> list[VariantLine]:
    """A line for each parameter of each county, in the order of the editor."""
    upper, labels = upper_texts(version), open_labels()
    found = []
    for one in variants:
        values = {path: own["value"] for path, own in one.own.items()}
        texts = {
            line.path: line.text for line in lines_of(from_json(with_settings(version.parameters, values)))
        }
        found += [
            VariantLine(
                unit=one.unit.name,
                unit_path=one.unit.path,
                label=label,
                upper=upper[path],
                own=texts[path],
                basis=one.own[path]["basis"],
                since=dt.date.fromisoformat(one.own[path]["since"]),
                has_effect=is_open(version, path),
                variant=one.pk,
            )
            for path, label in labels.items()
            if path in one.own
        ]
    return found
