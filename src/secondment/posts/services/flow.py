"""Hand in, return, approve and withdraw demands; each move sends messages and creates the obligations that follow."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import Sentence, listed, say
from secondment.common.versions import lock_version
from secondment.notices.services import send_notice
from secondment.obligations.services import Owed, meet, owe, waive
from secondment.posts.choices import PostState
from secondment.posts.errors import (
    OpinionMissingError,
    PostIncompleteError,
    PostInUseError,
    PostStateError,
    UnitClosedError,
)
from secondment.posts.models import Post
from secondment.posts.rules import RULES
from secondment.posts.states import TRANSITIONS
from secondment.units.models import Unit

DECIDE = "post_decision"
MEND = "post_correction"
DAYS_TO_DECIDE = 10
DAYS_TO_MEND = 10
MOST_TASKS = 5
ASKED_FOR = (PostState.SUBMITTED, PostState.APPROVED)


@transaction.atomic
def submit_posts(posts: Iterable[Post], *, by: User, on: dt.date, at: dt.datetime) -> int:
    """Hand in demands, all or none; the organisation department owes a decision on each."""
    moved = [_submit(post, by=by, on=on, at=at) for post in posts]
    return len(moved)


@transaction.atomic
def approve_posts(posts: Iterable[Post], *, by: User, on: dt.date, at: dt.datetime) -> int:
    """Approve demands, all or none; each host unit is notified once."""
    moved = [_move("approve_post", post, by=by, at=at, opinion="") for post in posts]
    for post in moved:
        meet(post, DECIDE, on=on)
    _notify_hosts(moved, say("岗位需求已审核通过"), at=at)
    return len(moved)


@transaction.atomic
def return_post(post: Post, *, opinion: str, by: User, on: dt.date, at: dt.datetime) -> Post:
    """Return a demand with an opinion; the host unit owes a correction."""
    if not opinion.strip():
        raise OpinionMissingError(_("退回岗位需求须写明意见，请写明需要修改的内容。"))
    moved = _move("return_post", post, by=by, at=at, opinion=opinion.strip())
    meet(moved, DECIDE, on=on)
    owed = Owed(
        kind=MEND,
        title=say("修改被退回的岗位需求：%(post)s", post=str(moved)),
        unit=moved.host_unit,
        role=Role.HOST_UNIT,
        creditor=by.name,
        due_on=on + dt.timedelta(days=DAYS_TO_MEND),
        path=_path(moved),
    )
    owe(moved, owed)
    _notify_hosts([moved], say("岗位需求被退回"), at=at, body=moved.opinion)
    return moved


@transaction.atomic
def withdraw_post(post: Post, *, by: User, on: dt.date, at: dt.datetime) -> Post:
    """Withdraw a demand that no campaign offers; its obligations are waived."""
    # The campaign room is above this one: its rows are accessed by the name of the relation only.
    if Post.objects.filter(pk=post.pk, campaign_posts__isnull=False).exists():
        raise PostInUseError(_("该岗位已列入挂职批次，不能撤回。请先在批次中移出该岗位。"))
    moved = _move("withdraw_post", post, by=by, at=at)
    waive(moved, DECIDE, on=on)
    waive(moved, MEND, on=on)
    return moved


def missing_parts(post: Post) -> list[str]:
    """What a demand still lacks before it can be handed in."""
    n_tasks = post.tasks.count()
    return [
        label
        for label, is_there in [
            (_("岗位职责"), bool(post.duties.strip())),
            (_("工作地点"), post.region_id is not None),
            (_("联系人和联系电话"), bool(post.contact_name and post.contact_phone)),
            (_("1—5项重点任务"), 1 <= n_tasks <= MOST_TASKS),
        ]
        if not is_there
    ]


def _submit(post: Post, *, by: User, on: dt.date, at: dt.datetime) -> Post:
    if missing := missing_parts(post):
        raise PostIncompleteError(
            _("岗位需求“%(post)s”还缺：%(missing)s。请补齐后再提交。")
            % {"post": post, "missing": listed(missing)}
        )
    moved = _move("submit_post", post, by=by, at=at)
    meet(moved, MEND, on=on)
    owe_decision(moved, on=on)
    return moved


def owe_decision(post: Post, *, on: dt.date) -> None:
    """The organisation department owes a decision on a demand handed in."""
    owed = Owed(
        kind=DECIDE,
        title=say("审核岗位需求：%(post)s", post=str(post)),
        unit=post.host_unit,
        role=Role.ORGANISATION_DEPARTMENT,
        creditor=post.host_unit.name,
        due_on=on + dt.timedelta(days=DAYS_TO_DECIDE),
        path=_path(post),
    )
    owe(post, owed)


def _move(action: str, post: Post, *, by: User, at: dt.datetime, opinion: str | None = None) -> Post:
    locked = lock_version(post, version=None)
    require(RULES[action](by, locked))
    states, to = TRANSITIONS[action]
    if locked.state not in states:
        raise PostStateError(
            _("岗位需求“%(post)s”目前是“%(state)s”，不能办理此项。请刷新页面，核对后再办理。")
            % {"post": locked, "state": locked.get_state_display()}
        )
    if to in ASKED_FOR and not locked.host_unit.is_active:
        raise UnitClosedError(
            _("接收单位%(unit)s已停用，岗位需求不能提交或审核通过。请撤回需求，或先在单位目录中恢复该单位。")
            % {"unit": locked.host_unit.name}
        )
    before, locked.state = locked.state, to
    if opinion is not None:
        locked.opinion = opinion
    locked.save(update_fields=["state", "opinion", "version"])
    details = {"from": str(before), "to": str(to)} | ({"opinion": opinion} if opinion else {})
    name = f"post.{action.removesuffix('_post')}"
    record(name, locked, by=by, at=at, details=details)
    return locked


def _notify_hosts(posts: Sequence[Post], title: Sentence, *, at: dt.datetime, body: str = "") -> None:
    """One message per host unit, whatever the number of its posts."""
    by_unit: defaultdict[Unit, list[Post]] = defaultdict(list)
    for post in posts:
        by_unit[post.host_unit].append(post)
    for unit, own in by_unit.items():
        send_notice(
            accounts_of([unit], Role.HOST_UNIT),
            title=say("%(what)s：%(post)s", what=title, post=own[0].title)
            if len(own) == 1
            else say("%(what)s：%(post)s等 %(n)d 个", what=title, post=own[0].title, n=len(own)),
            body=body,
            path=_path(own[0]) if len(own) == 1 else reverse("posts:post_list"),
            at=at,
        )


def _path(post: Post) -> str:
    return reverse("posts:post_detail", args=[post.pk])
