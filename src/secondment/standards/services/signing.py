"""Submit, take back, sign by a second person, return, retire, drop."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.notices.services import send_notice
from secondment.standards.choices import VersionState
from secondment.standards.content import content_of, faults_for_signing
from secondment.standards.errors import FourEyesError, ReasonMissingError, TwiceInForceError
from secondment.standards.models import Standard, StandardVersion
from secondment.standards.queries import rivals_of
from secondment.standards.rules import may_write
from secondment.standards.services.drafting import refuse_faults
from secondment.standards.services.locking import NOT_WRITER, locked_draft, locked_version
from secondment.units.models import Unit


@transaction.atomic
def submit_version(
    version: StandardVersion, *, seen: int | None = None, by: User, at: dt.datetime
) -> StandardVersion:
    """Ask a second person to sign; everything that is missing is named."""
    row = locked_draft(version, seen=seen, by=by, at=at)
    content = content_of(row)
    refuse_faults(faults_for_signing(content), content.indicators)
    _refuse_rivals(row.standard)
    row.state, row.remark = VersionState.SUBMITTED, ""
    row.save()
    record("standard.submit", row, by=by, at=at, details={"version": row.number})
    return row


@transaction.atomic
def recall_version(
    version: StandardVersion, *, seen: int | None = None, by: User, at: dt.datetime
) -> StandardVersion:
    """The department takes it back before it is signed."""
    row = locked_version(version, seen=seen, expected=VersionState.SUBMITTED, by=by)
    row.state = VersionState.DRAFT
    row.save()
    record("standard.recall", row, by=by, at=at, details={"version": row.number})
    return row


@transaction.atomic
def sign_version(
    version: StandardVersion, *, seen: int | None = None, by: User, at: dt.datetime
) -> StandardVersion:
    """A second person puts it into force; the version before is no longer used for new appraisals."""
    row = locked_version(version, seen=seen, expected=VersionState.SUBMITTED, by=by)
    _require_second_person(row, by)
    Unit.objects.select_for_update().get(pk=row.standard.owner_unit_id)
    _refuse_rivals(row.standard)
    before = StandardVersion.objects.filter(standard=row.standard_id, state=VersionState.SIGNED)
    before.update(state=VersionState.RETIRED, retired_at=at)
    row.state, row.signed_by, row.signed_at = VersionState.SIGNED, by, at
    row.save()
    record("standard.sign", row, by=by, at=at, details={"version": row.number})
    _tell(row.writers.all(), say("“%(name)s”已签批", name=str(row)), row, at)
    return row


@transaction.atomic
def return_version(
    version: StandardVersion, *, reason: str, seen: int | None = None, by: User, at: dt.datetime
) -> StandardVersion:
    """The second person does not sign and says what should be different."""
    row = locked_version(version, seen=seen, expected=VersionState.SUBMITTED, by=by)
    _require_second_person(row, by)
    row.remark = _reason(reason, _("请写明希望怎样修改。"))
    row.state = VersionState.DRAFT
    row.save()
    details = {"version": row.number, "reason": row.remark}
    record("standard.return", row, by=by, at=at, details=details)
    _tell(row.writers.all(), say("“%(name)s”已退回修改", name=str(row)), row, at)
    return row


@transaction.atomic
def retire_version(
    version: StandardVersion, *, reason: str, seen: int | None = None, by: User, at: dt.datetime
) -> StandardVersion:
    """A signed version is used for no new appraisal; what was held by it stays."""
    row = locked_version(version, seen=seen, expected=VersionState.SIGNED, by=by)
    row.remark = _reason(reason, _("请写明为什么停用。"))
    row.state, row.retired_at = VersionState.RETIRED, at
    row.save()
    details = {"version": row.number, "reason": row.remark}
    record("standard.retire", row, by=by, at=at, details=details)
    return row


@transaction.atomic
def drop_draft(
    version: StandardVersion, *, seen: int | None = None, by: User, at: dt.datetime
) -> Standard | None:
    """Delete a draft; with it a standard that has no other version. Returns the standard if it stays."""
    row = locked_version(version, seen=seen, expected=VersionState.DRAFT, by=by)
    standard = row.standard
    record("standard.drop", row, by=by, at=at, details={"version": row.number})
    row.delete()
    if standard.versions.exists():
        return standard
    standard.delete()
    return None


def took_part(user: User, version: StandardVersion) -> bool:
    """Whether the account wrote in this version."""
    return version.writers.filter(pk=user.pk).exists()


def _require_second_person(row: StandardVersion, by: User) -> None:
    require(may_write(by, row.standard), NOT_WRITER)
    if took_part(by, row):
        raise FourEyesError(_("您参与了这一版的起草，不能由您签批或退回。请本部门另一位同志办理。"))


def _refuse_rivals(standard: Standard) -> None:
    rival = rivals_of(standard).filter(versions__state=VersionState.SIGNED).first()
    if rival is not None:
        text = _(
            "同一类人员、同一挂职项目已有在用的标准“%(name)s”，两套不能同时生效。请先停用该标准，或在该标准上另起新版。"
        )
        page = reverse("standards:standard_detail", args=[rival.pk])
        raise TwiceInForceError(text % {"name": rival.name}, way=(_("查看该标准"), page))


def _reason(reason: str, missing: str) -> str:
    if not reason.strip():
        raise ReasonMissingError(missing, field="reason")
    return reason.strip()


def _tell(accounts: Iterable[User], title: str, row: StandardVersion, at: dt.datetime) -> None:
    send_notice(accounts, title=title, path=reverse("standards:version_detail", args=[row.pk]), at=at)
