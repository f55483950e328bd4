"""Sign-in is public; accounts belong to the system administrator, roles to the security administrator."""

from django.utils import timezone

from secondment.accounts.choices import Deed, Role
from secondment.accounts.models import KeptForm, RoleAssignment, User
from secondment.accounts.two_persons import ask
from secondment.units.queries import unit_label
from tests.authorisation.matrix import EVERYONE, Row
from tests.authorisation.world import Side
from tests.makers import make_user

SYSTEM, SECURITY = frozenset({Role.SYSTEM_ADMINISTRATOR}), frozenset({Role.SECURITY_ADMINISTRATOR})
AUDIT = frozenset({Role.AUDIT_ADMINISTRATOR})


def official(side: Side) -> User:
    """An account of the side with one business role."""
    return make_user(Role.LEADER, side.home_unit)


def account(side: Side) -> dict[str, object]:
    return {"pk": official(side).pk}


def assignment(side: Side) -> dict[str, object]:
    row = RoleAssignment.objects.get(user=official(side))
    return {"pk": row.user_id, "assignment": row.pk}


def new_account(side: Side) -> dict[str, object]:
    return {"username": "new.account", "name": "示例", "unit": unit_label(side.home_unit)}


def new_role(side: Side) -> dict[str, object]:
    return {"role": Role.INSPECTOR, "unit": unit_label(side.home_unit)}


def department(side: Side) -> User:
    """An account that one administrator alone may not take over."""
    return make_user(Role.ORGANISATION_DEPARTMENT, side.root)


def reset_of_department(side: Side) -> dict[str, object]:
    return {"pk": department(side).pk, "deed": Deed.RESET_PASSWORD}


def request_for_department(side: Side) -> dict[str, object]:
    asker = make_user(Role.SYSTEM_ADMINISTRATOR, side.root)
    now = timezone.now()  # noqa: TID251 -- a request lives a day by the clock of the pages
    request, _half = ask(department(side), Deed.RESET_PASSWORD, reason="示例", by=asker, at=now)
    return {"pk": request.pk}


def kept_of_another(side: Side) -> dict[str, object]:
    """A kept form belongs to its account alone, whatever roles others play."""
    now = timezone.now()  # noqa: TID251 -- kept for a day by the clock of the pages
    return {"pk": KeptForm.objects.create(account=official(side), url="/", sealed=b"", at=now).pk}


ROWS = {
    "accounts:sign_in": Row(public=True),
    "accounts:sign_out": Row(public=True, method="post"),
    "accounts:password_change": Row(EVERYONE),
    "accounts:kept_list": Row(EVERYONE),
    "accounts:kept_discard": Row(kwargs=kept_of_another, method="post"),
    "accounts:session_renew": Row(EVERYONE, method="post"),
    "accounts:account_list": Row(SYSTEM | SECURITY),
    "accounts:account_create": Row(SYSTEM, method="post", data=new_account),
    "accounts:account_detail": Row(SYSTEM | SECURITY, account),
    "accounts:account_hand_over": Row(SECURITY, account),
    "accounts:own_hand_over": Row(frozenset({Role.ORGANISATION_DEPARTMENT})),
    "accounts:account_reset": Row(SYSTEM, account, method="post"),
    "accounts:account_disable": Row(SYSTEM, account, method="post"),
    "accounts:account_enable": Row(SYSTEM, account, method="post"),
    "accounts:request_list": Row(SYSTEM | SECURITY | AUDIT),
    "accounts:request_new": Row(SYSTEM | SECURITY, reset_of_department),
    "accounts:request_confirm": Row(SECURITY, request_for_department, method="post"),
    "accounts:request_decline": Row(SYSTEM | SECURITY, request_for_department, method="post"),
    "accounts:role_grant": Row(SECURITY, account, method="post", data=new_role),
    "accounts:role_revoke": Row(SECURITY, assignment, method="post"),
    "set_language": Row(public=True, method="post"),
}
