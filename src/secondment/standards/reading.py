"""Which signed standard holds for whom, as rooms above ask."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.standards.choices import VersionState
from secondment.standards.models import StandardVersion


@dataclass(frozen=True)
class Subject:
    """Somebody to be assessed: the department in charge (its path), the staff category, the programme."""

    owner_path: str
    category: str
    programme: int | None


def standards_for(subjects: Sequence[Subject]) -> list[StandardVersion | None]:
    """For each subject the signed version that holds, one query in all.

    One of the programme goes before one for all programmes, then the nearest department above, then the newest.
    """
    rows = StandardVersion.objects.filter(
        state=VersionState.SIGNED, standard__category__in={one.category for one in subjects}
    ).select_related("standard__owner_unit")
    signed: defaultdict[str, list[StandardVersion]] = defaultdict(list)
    for version in rows:
        signed[version.standard.category].append(version)
    return [
        max(
            (one for one in signed[subject.category] if _holds(one, subject)),
            key=lambda one: (
                one.standard.programme_id is not None,
                len(one.standard.owner_unit.path),
                one.pk,
            ),
            default=None,
        )
        for subject in subjects
    ]


def _holds(version: StandardVersion, subject: Subject) -> bool:
    standard = version.standard
    return subject.owner_path.startswith(standard.owner_unit.path) and standard.programme_id in (
        None,
        subject.programme,
    )
