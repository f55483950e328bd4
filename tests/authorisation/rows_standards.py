"""Standards: written by the organisation department that owns them, signed ones read by all whom they concern."""

from typing import Any

from secondment.accounts.choices import Role
from secondment.people.choices import Category
from secondment.standards.choices import VersionState
from secondment.standards.models import Indicator, Standard, StandardVersion
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import AT, make_user

WRITERS = frozenset({Role.ORGANISATION_DEPARTMENT})
LISTED = WRITERS | {Role.HOME_UNIT, Role.HOST_UNIT, Role.LEADER, Role.INSPECTOR}
READERS = LISTED | {Role.SECONDEE}


def version(state: VersionState):
    def kwargs(side: Side) -> dict[str, Any]:
        Standard.objects.filter(owner_unit=side.root).delete()
        standard = Standard.objects.create(
            owner_unit=side.root, name="标准", category=Category.PARTY_GOVERNMENT
        )
        made = StandardVersion.objects.create(
            standard=standard,
            number=1,
            state=state,
            level_names=["low", "mid", "high"],
            level_scores=[40, 70, 100],
            drafted_by=make_user(),
            drafted_at=AT,
        )
        Indicator.objects.create(
            version=made,
            code="politics",
            position=1,
            part="virtue",
            title="政治素质",
            weight=100,
            kind="rated",
            source="rated",
            anchors=["weak", "fair", "strong"],
        )
        return {"pk": made.pk}

    return kwargs


def standard(state: VersionState):
    def kwargs(side: Side) -> dict[str, Any]:
        made = StandardVersion.objects.get(pk=version(state)(side)["pk"])
        return {"pk": made.standard_id}

    return kwargs


DRAFT, SUBMITTED, SIGNED = (
    version(VersionState.DRAFT),
    version(VersionState.SUBMITTED),
    version(VersionState.SIGNED),
)


def indicator(side: Side) -> dict[str, Any]:
    return {**DRAFT(side), "code": "politics"}


def seen(_side: Side) -> dict[str, Any]:
    """The version that a form of the page sends along."""
    return {"version": 1}


def preset(side: Side) -> dict[str, Any]:
    return {**DRAFT(side), "code": "R1"}


ROWS = {
    "standards:standard_list": Row(LISTED),
    "standards:standard_new": Row(WRITERS),
    "standards:standard_template": Row(WRITERS),
    "standards:standard_import": Row(WRITERS),
    "standards:standard_import_review": Row(frozenset(), somebodys_file),
    "standards:standard_import_aside": Row(frozenset(), somebodys_file, "post"),
    "standards:standard_import_faults": Row(frozenset(), somebodys_file),
    "standards:standard_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "standards:standard_detail": Row(READERS, standard(VersionState.SIGNED)),
    "standards:version_detail": Row(READERS, SIGNED),
    "standards:version_workbook": Row(READERS, SIGNED),
    "standards:version_form": Row(READERS, SIGNED),
    "standards:version_edit": Row(WRITERS, DRAFT),
    "standards:weights_sum": Row(WRITERS, DRAFT),
    "standards:weights_compare": Row(WRITERS, DRAFT),
    "standards:groups_preset": Row(WRITERS, preset, "post", seen),
    "standards:indicator_add": Row(WRITERS, DRAFT),
    "standards:indicator_edit": Row(WRITERS, indicator),
    "standards:indicator_remove": Row(WRITERS, indicator, "post", seen),
    "standards:indicator_move": Row(WRITERS, indicator, "post", seen),
    "standards:version_submit": Row(WRITERS, DRAFT, "post", seen),
    "standards:version_recall": Row(WRITERS, SUBMITTED, "post", seen),
    "standards:version_sign": Row(WRITERS, SUBMITTED, "post", seen),
    "standards:version_return": Row(WRITERS, SUBMITTED),
    "standards:version_next": Row(WRITERS, SIGNED),
    "standards:version_retire": Row(WRITERS, SIGNED),
    "standards:version_drop": Row(WRITERS, DRAFT, "post", seen),
}
