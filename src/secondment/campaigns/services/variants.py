"""A county's organisation department publishes what it sets differently; it changes only what is asked for from then on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.models import Programme, ProgrammeVariant, ProgrammeVersion
from secondment.campaigns.parameter_lines import open_labels
from secondment.campaigns.parameter_readers import is_open
from secondment.campaigns.parameters_json import ParametersError, from_json
from secondment.campaigns.rules import require_may_publish_variant
from secondment.campaigns.services.programmes import NothingChangedError, latest_version
from secondment.campaigns.variants import look_again
from secondment.campaigns.with_settings import value_at, with_settings
from secondment.common.errors import DomainError, StaleObjectError
from secondment.common.sentences import joined_sentences
from secondment.units.models import Unit


class VariantError(DomainError):
    """What a county sets cannot be published."""


@dataclass(frozen=True)
class Own:
    """A parameter as the county has it, and the document it rests on."""

    value: Any
    basis: str


@transaction.atomic
def publish_variant(
    programme: Programme,
    unit: Unit,
    settings: Mapping[str, Own],
    *,
    since: dt.date,
    note: str,
    based_on: int,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> ProgrammeVariant:
    """The county's next version; without settings the programme's own values count again.

    `based_on` is the number of the version the form was opened from, 0 for none.
    """
    require_may_publish_variant(by, unit)
    list(Programme.objects.select_for_update().filter(pk=programme.pk).values_list("pk"))
    before = programme.variants.filter(unit=unit).order_by("-number").first()
    if (before.number if before else 0) != based_on:
        raise StaleObjectError(_("打开编辑页后，已有他人发布了新版本。请在最新版本上重新修改。"))
    if since < on:
        raise VariantError(_("施行日期不得早于今天，已经产生的事项不受影响。请改正。"), field="since")
    if not note.strip():
        raise VariantError(_("请写明修订内容。"), field="note")
    _refuse_faults(latest_version(programme), settings)
    own = {
        path: _written(one, before.own.get(path) if before else None, since, on)
        for path, one in settings.items()
    }
    if own == (before.own if before else {}):
        raise NothingChangedError(_("与现行版本没有差别，无需发布。"))
    variant = ProgrammeVariant.objects.create(
        programme=programme,
        unit=unit,
        number=based_on + 1,
        since=since,
        own=own,
        note=note.strip(),
        published_by=by,
        published_on=on,
    )
    labels = open_labels()
    details = {"version": variant.number, "since": f"{since}", "changed": [labels[path] for path in own]}
    record("programme.publish_variant", variant, by=by, at=at, details=details)
    bring_into_force(on=on)
    variant.refresh_from_db(fields=["is_in_force"])
    return variant


@transaction.atomic
def bring_into_force(*, on: dt.date) -> int:
    """Of every county the last version whose day has come; returns how many are new in force."""
    latest: dict[tuple[int, int], ProgrammeVariant] = {}
    for one in ProgrammeVariant.objects.filter(since__lte=on).order_by("number"):
        latest[one.programme_id, one.unit_id] = one
    fresh = [one for one in latest.values() if not one.is_in_force]
    for one in fresh:
        ProgrammeVariant.objects.filter(programme=one.programme_id, unit=one.unit_id).update(
            is_in_force=False
        )
        ProgrammeVariant.objects.filter(pk=one.pk).update(is_in_force=True)
    if fresh:
        look_again()
        transaction.on_commit(look_again)
    return len(fresh)


def _refuse_faults(version: ProgrammeVersion, settings: Mapping[str, Own]) -> None:
    labels = open_labels()
    for path, one in settings.items():
        if path not in labels or not is_open(version, path):
            label = labels.get(path, path)
            raise VariantError(
                _("“%(name)s”须按挂职项目执行，不能由县级另定。需要另定的，请向上级组织部门提出。")
                % {"name": label}
            )
        if not one.basis.strip():
            raise VariantError(
                _("“%(name)s”没有写依据。请写明文件名称或文号。") % {"name": labels[path]},
                field=f"{path}.basis",
            )
        if one.value == value_at(version.parameters, path):
            raise VariantError(
                _("“%(name)s”与上级规定相同，无需另定。请改正或清空。") % {"name": labels[path]},
                field=path,
            )
    try:
        from_json(with_settings(version.parameters, {path: one.value for path, one in settings.items()}))
    except ParametersError as error:
        words = [f"{labels.get(one.field, one.field)}：{one.found}，{one.remedy}" for one in error.problems]
        raise VariantError(joined_sentences(words)) from error


def _written(own: Own, before: Mapping[str, Any] | None, since: dt.date, on: dt.date) -> dict[str, Any]:
    """As it is kept; what stays as it was keeps the day since when it has been so, what was only announced takes the new day."""
    is_same = before is not None and (before["value"], before["basis"]) == (own.value, own.basis.strip())
    has_begun = before is not None and before["since"] <= on.isoformat()
    return {
        "value": own.value,
        "basis": own.basis.strip(),
        "since": before["since"] if before is not None and is_same and has_begun else since.isoformat(),
    }
