"""Groups of units that are chosen together: all organs of a level, all townships …"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit

ORGANS = (
    *(UnitKind.ORGANISATION_DEPARTMENT, UnitKind.PARTY_ORGAN),
    *(UnitKind.GOVERNMENT_ORGAN, UnitKind.PEOPLES_ORGANISATION),
)


@dataclass(frozen=True)
class UnitGroup:
    """Units of some kinds, and of one level where that matters."""

    key: str
    label: Promise
    kinds: tuple[UnitKind, ...]
    level: UnitLevel | None = None

    @property
    def rows(self) -> Q:
        """The units that belong to it."""
        return Q(kind__in=self.kinds) & (Q(level=self.level) if self.level else Q())


GROUPS = (
    UnitGroup("provincial_organs", _("全部省级机关"), ORGANS, UnitLevel.PROVINCIAL),
    UnitGroup("prefectural_organs", _("全部市级机关"), ORGANS, UnitLevel.PREFECTURAL),
    UnitGroup("county_organs", _("全部县级机关"), ORGANS, UnitLevel.COUNTY),
    UnitGroup("townships", _("全部乡镇街道"), (UnitKind.TOWNSHIP,)),
    UnitGroup("institutions", _("全部事业单位"), (UnitKind.PUBLIC_INSTITUTION,)),
    UnitGroup("enterprises", _("全部国有企业"), (UnitKind.STATE_ENTERPRISE,)),
    UnitGroup("universities", _("全部高等院校"), (UnitKind.UNIVERSITY,)),
)


def groups_among(units: QuerySet[Unit]) -> list[tuple[UnitGroup, int]]:
    """The groups that have units here, and how many; one query."""
    counts = units.order_by().aggregate(**{one.key: Count("pk", filter=one.rows) for one in GROUPS})
    return [(one, counts[one.key]) for one in GROUPS if counts[one.key]]


def units_of_groups(units: QuerySet[Unit], keys: Iterable[str]) -> list[Unit]:
    """The units of the chosen groups, in the order of the tree."""
    chosen = set(keys)
    found = Q(pk__in=[])
    for one in GROUPS:
        if one.key in chosen:
            found |= one.rows
    return list(units.filter(found).order_by("path"))
