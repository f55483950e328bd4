"""Lock the version that an act is about, as the page showed it."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.common.errors import StaleObjectError, require
from secondment.standards.choices import VersionState
from secondment.standards.errors import StandardStateError
from secondment.standards.models import StandardVersion
from secondment.standards.rules import may_write

NOT_WRITER = gettext_lazy("测评标准由制定单位的组织部门办理。")


def locked_version(
    version: StandardVersion, *, seen: int | None, expected: VersionState, by: User
) -> StandardVersion:
    """The version as it is now; refused for others, in another state, or when it was changed since `seen`."""
    rows = StandardVersion.objects.select_for_update(of=("self",)).select_related("standard__owner_unit")
    row = rows.filter(pk=version.pk).first()
    if row is None:
        raise StandardStateError(_("这一版已作废。请从测评标准列表重新打开。"))
    require(may_write(by, row.standard), NOT_WRITER)
    if row.state != expected:
        raise StandardStateError(
            _("这一版当前为“%(state)s”，不能办理此项。已签批的标准不再改动，需要修改的请另起新版。")
            % {"state": row.get_state_display()}
        )
    if seen is not None and row.version != seen:
        raise StaleObjectError(_("页面打开后，已有他人修改了该记录。请刷新页面，核对后重新填写。"))
    row.version += 1
    return row


def locked_draft(version: StandardVersion, *, seen: int | None, by: User, at: dt.datetime) -> StandardVersion:
    """A draft that the account is about to change: from now on it took part in it."""
    row = locked_version(version, seen=seen, expected=VersionState.DRAFT, by=by)
    row.writers.add(by)
    row.drafted_at = at
    return row
