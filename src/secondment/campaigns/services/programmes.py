"""Publish versions of programmes; a published version never changes and running campaigns keep theirs."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.models import Programme, ProgrammeVersion
from secondment.campaigns.parameter_lines import differences
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import from_json, to_json
from secondment.campaigns.ports import check_before_publishing
from secondment.campaigns.presets import PRESETS
from secondment.campaigns.rules import require_may_publish_programmes
from secondment.common.errors import DomainError, StaleObjectError
from secondment.common.sentences import say


class NothingChangedError(DomainError):
    """A version that equals the one before is not published."""


@transaction.atomic
def publish_version(
    programme: Programme,
    parameters: ProgrammeParameters,
    *,
    note: str,
    based_on: int,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> ProgrammeVersion:
    """Publish `parameters` as the next version; `based_on` is the version the editor was opened from."""
    require_may_publish_programmes(by)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    latest = latest_version(programme)
    if latest.number != based_on:
        raise StaleObjectError(_("打开编辑页后，已有他人发布了新版本。请在最新版本上重新修改。"))
    changes = differences(from_json(latest.parameters), parameters)
    if not changes:
        raise NothingChangedError(_("与现行版本没有差别，无需发布。"))
    check_before_publishing(programme, latest, parameters)
    version = ProgrammeVersion.objects.create(
        programme=programme,
        number=latest.number + 1,
        parameters=to_json(parameters),
        note=note,
        published_by=by,
        published_on=on,
    )
    details = {"version": version.number, "changed": [change.label for change in changes]}
    record("programme.publish", programme, by=by, at=at, details=details)
    return version


@transaction.atomic
def load_presets(
    codes: Collection[str] | None = None, *, by: User | None, on: dt.date, at: dt.datetime
) -> int:
    """Create the preset programmes of these codes, all without any; those that exist are left alone. Returns how many."""
    existing = set(Programme.objects.values_list("code", flat=True))
    missing = [
        preset
        for preset in PRESETS
        if preset.code not in existing and (codes is None or preset.code in codes)
    ]
    for preset in missing:
        programme = Programme.objects.create(code=preset.code, name=preset.name, summary=preset.summary)
        ProgrammeVersion.objects.create(
            programme=programme,
            number=1,
            parameters=to_json(preset.parameters),
            note=say("预置"),
            published_by=by,
            published_on=on,
        )
        record("programme.publish", programme, by=by, at=at, details={"version": 1})
    return len(missing)


def latest_version(programme: Programme) -> ProgrammeVersion:
    """The version new campaigns begin with."""
    return programme.versions.order_by("-number")[:1].get()
