"""Lock the appraisal that an act is about: acts on one appraisal are done one after another."""

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.errors import AppraisalError
from secondment.appraisals.models import Appraisal
from secondment.appraisals.rules import require_may_manage
from secondment.appraisals.states import LISTS_OPEN
from secondment.common.versions import lock_version


def locked(
    appraisal: Appraisal, by: User, *, states: frozenset[AppraisalState], version: int | None = None
) -> Appraisal:
    """The row, for its department, while it is in one of these states; the caller saves it."""
    row = lock_version(appraisal, version=version)
    require_may_manage(by, row)
    require_state(row, states)
    return row


def in_draft(appraisal: Appraisal, by: User) -> Appraisal:
    """The row while candidates, papers and lists may still change."""
    return locked(appraisal, by, states=LISTS_OPEN)


def require_state(appraisal: Appraisal, states: frozenset[AppraisalState]) -> None:
    """Refuse what does not belong to this state."""
    if appraisal.state not in states:
        raise AppraisalError(
            _("《%(name)s》当前为“%(state)s”，不能办理此项。请刷新页面，查看最新情况。")
            % {"name": appraisal.name, "state": appraisal.get_state_display()}
        )
