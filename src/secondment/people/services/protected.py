"""Identity numbers and health notes: sealed when written, revealed only for a reason that stays on record."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.file_faults import told_whole
from secondment.common.protection import blind_index, seal
from secondment.files.identity import IdentityNumber, IdentityNumberError, parse_identity_number
from secondment.people.errors import IdentityConflictError, IdentityMissingError, ReasonMissingError
from secondment.people.models import Person
from secondment.people.queries import kept_by
from secondment.people.rules import may_reveal_health, may_reveal_identity

SHORTEST_REASON = 4


def set_identity(person: Person, text: str) -> None:
    """Check, seal, index and mask an identity number; an empty text removes it. The caller saves."""
    if not text:
        person.identity_sealed, person.identity_index, person.identity_masked = None, None, ""
        return
    try:
        number = parse_identity_number(text)
    except IdentityNumberError as error:
        raise IdentityConflictError(told_whole(error.fault)) from error
    check_identity(person, number)
    seal_identity(person, number)


def refuse_number_of_another(person: Person, *, by: User) -> None:
    """A number that belongs to someone whose file `by` keeps is refused with the name.

    About anyone else nothing is revealed: the number is accepted like any other.
    """
    same = kept_by(by).filter(identity_index=person.identity_index).exclude(pk=person.pk)
    holder = same.select_related("unit").first()
    if holder is not None:
        raise IdentityConflictError(
            _("该身份证号已登记在%(person)s（%(unit)s）名下。请核对；如确系同一人，请修改已有的记录。")
            % {"person": holder.name, "unit": holder.unit.name}
        )


def seal_identity(person: Person, number: IdentityNumber) -> None:
    """Put a checked number into the row: sealed, indexed, masked."""
    person.identity_sealed = seal(number.text, context=f"person.identity.{person.key}")
    person.identity_index = blind_index(number.text)
    person.identity_masked = number.masked


def check_identity(person: Person, number: IdentityNumber) -> None:
    """The number must agree with sex and birth date; what of them is not known, the day too, is taken from the number."""
    person.sex = person.sex or number.sex
    person.born_on = person.born_on or number.born_on
    if number.sex != person.sex:
        raise IdentityConflictError(_("身份证号第17位表示的性别与所填性别不一致。请核对后改正其中一项。"))
    if number.born_on == person.born_on:
        return
    if person.born_on != number.born_on.replace(day=1):
        raise IdentityConflictError(
            _(
                "身份证号中的出生日期是 %(number)s，所填出生日期是 %(form)s，两者不一致。请核对档案后改正其中一项。"
            )
            % {"number": number.born_on, "form": person.born_on}
        )
    person.born_on = number.born_on


def set_health_notes(person: Person, text: str) -> None:
    """Seal health notes; an empty text removes them. The caller saves."""
    person.health_notes_sealed = seal(text, context=f"person.health.{person.key}") if text else None


@transaction.atomic
def reveal_identity(person: Person, *, reason: str, by: User, at: dt.datetime) -> str:
    """The identity number in clear, for a reason that goes into the trail."""
    require(may_reveal_identity(by, person))
    reason = checked_reason(reason)
    if person.identity_sealed is None:
        raise IdentityMissingError(_("尚未登记身份证号。"))
    record("person.reveal_identity", person, by=by, at=at, details={"reason": reason})
    return person.identity_number


@transaction.atomic
def reveal_health(person: Person, *, reason: str, by: User, at: dt.datetime) -> str:
    """The health notes in clear, for a reason that goes into the trail."""
    require(may_reveal_health(by, person))
    reason = checked_reason(reason)
    if person.health_notes_sealed is None:
        raise IdentityMissingError(_("尚未登记健康备注。"))
    record("person.reveal_health", person, by=by, at=at, details={"reason": reason})
    return person.health_notes


def checked_reason(reason: str) -> str:
    """A reason of at least a few characters."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissingError(_("请写明事由，至少4个字；事由将记入审计记录。"))
    return reason.strip()[:200]
