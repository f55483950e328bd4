"""Who may do what with a review or an appeal."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.appeals.choices import AppealKind, AppealState
from secondment.appeals.models import Appeal, Proof
from secondment.appeals.states import TRANSITIONS
from secondment.assessments.models import Grade
from secondment.assessments.rules import may_manage as may_manage_register
from secondment.files.names import clean_name, names_in
from secondment.measurement.models import Run
from secondment.people.rules import is_self


def may_file(user: User, grade: Grade) -> bool:
    """The person, or the department of the register, which writes down a paper."""
    return is_own(user, grade) or may_manage_register(user, grade.evaluation.register)


def is_own(user: User, grade: Grade) -> bool:
    """Whether the result is the account's own."""
    return is_self(user, grade.evaluation.person)


def may_handle(user: User, appeal: Appeal) -> bool:
    """The organisation department that it went to; nobody about themselves."""
    return covers(user, appeal.office.path, Role.ORGANISATION_DEPARTMENT) and not is_own(user, appeal.grade)


def took_part(user: User, appeal: Appeal) -> bool:
    """Whether the account recorded or checked the decision that it is against, or its holder took part in it or in the review."""
    decision, review = appeal.grade.decision, appeal.previous
    before = {decision.recorded_by_id, decision.confirmed_by_id, review.decided_by_id if review else None}
    return user.pk in before or clean_name(user.name) in first_deciders(appeal)


def first_deciders(appeal: Appeal) -> list[str]:
    """The names of those who decided before."""
    before = [appeal.grade.decision.deciders, appeal.previous.deciders if appeal.previous else ""]
    return [name for text in before for name in names_in(text)]


def may_withdraw(user: User, appeal: Appeal) -> bool:
    """The person; or the office, on a paper of the person."""
    return is_own(user, appeal.grade) or may_handle(user, appeal)


def actions_for(user: User, appeal: Appeal) -> frozenset[str]:
    """What a page offers this account now: right and state together."""
    handles = may_handle(user, appeal)
    rights = {
        "extend_appeal": handles and appeal.kind == AppealKind.APPEAL and not appeal.extension_days,
        "decide_appeal": handles and not took_part(user, appeal),
        "withdraw_appeal": may_withdraw(user, appeal),
        "receive_outcome": appeal.received_on is None and may_withdraw(user, appeal),
    }
    state = AppealState(appeal.state)
    return frozenset(name for name, is_right in rights.items() if is_right and state in TRANSITIONS[name][0])


def may_recompute(user: User, grade: Grade) -> bool:
    """The department of the register; nobody about themselves."""
    return may_manage_register(user, grade.evaluation.register) and not is_own(user, grade)


def may_ask_for_proof(user: User, run: Run) -> bool:
    """The department that held the appraisal, or a discipline inspector above it."""
    return covers(user, run.owner_unit.path, Role.ORGANISATION_DEPARTMENT, Role.INSPECTOR)


def may_open_proof(user: User, proof: Proof) -> bool:
    """A second account with the same right."""
    return may_ask_for_proof(user, proof.run) and user.pk != proof.asked_by_id


def may_take_proof(user: User, proof: Proof) -> bool:
    """Either of the two, as long as they have the right; a third asks for a proof of their own."""
    return may_ask_for_proof(user, proof.run) and user.pk in (proof.asked_by_id, proof.opened_by_id)
