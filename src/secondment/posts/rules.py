"""Who may do what to a demand: the host unit enters it, the organisation department decides."""

from collections.abc import Callable

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from secondment.posts.states import EDITABLE, TRANSITIONS
from secondment.units.models import Unit

ENTERING = (Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT)


def may_enter_posts(user: User) -> bool:
    """Whether the account enters demands for any unit."""
    return has_role(user, *ENTERING)


def may_enter_for(user: User, unit: Unit) -> bool:
    """Whether the account enters demands of this unit."""
    return covers(user, unit.path, *ENTERING)


def may_make_units(user: User, parent: Unit) -> bool:
    """Whether the account may let a batch make villages below this unit."""
    return covers(user, parent.path, Role.ORGANISATION_DEPARTMENT)


def may_change_post(user: User, post: Post) -> bool:
    """Those who enter the unit's demands may change and submit what is not submitted yet."""
    return may_enter_for(user, post.host_unit)


def may_decide_post(user: User, post: Post) -> bool:
    """The organisation department above the host unit approves and returns."""
    return covers(user, post.host_unit.path, Role.ORGANISATION_DEPARTMENT)


def may_decide_posts(user: User) -> bool:
    """Whether the account decides demands of any unit."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT)


def may_withdraw_post(user: User, post: Post) -> bool:
    """The host unit withdraws until the approval; after it only the organisation department does."""
    if post.state == PostState.APPROVED:
        return may_decide_post(user, post)
    return may_enter_for(user, post.host_unit)


RULES: dict[str, Callable[[User, Post], bool]] = {
    "submit_post": may_change_post,
    "return_post": may_decide_post,
    "approve_post": may_decide_post,
    "withdraw_post": may_withdraw_post,
}


def actions_for(user: User, post: Post) -> list[str]:
    """What this account may do to this demand now; the same table draws buttons and checks moves."""
    moves = [
        action
        for action, (states, _to) in TRANSITIONS.items()
        if post.state in states and RULES[action](user, post)
    ]
    editing = ["change_post"] if post.state in EDITABLE and may_change_post(user, post) else []
    copying = ["copy_post"] if may_enter_for(user, post.host_unit) else []
    return editing + moves + copying
