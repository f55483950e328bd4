"""Drafts of host posts and those sent back, which the unit finishes whoever began them."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.handover import Item, register_held
from secondment.accounts.models import User
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from secondment.posts.rules import may_change_post


@register_held
def drafts_held(account: User, _at: dt.datetime) -> Iterator[Item]:
    """A draft names who fills it in."""
    rows = Post.objects.filter(created_by=account, state__in=(PostState.DRAFT, PostState.RETURNED))
    for row in rows.select_related("host_unit"):
        yield Item(
            kind=gettext_lazy("岗位草稿"),
            text=f"{row.host_unit.name} {row.title}",
            path=reverse("posts:post_detail", args=[row.pk]),
            may_take=partial(_may_take, row),
            pass_to=partial(_pass, row),
        )


def _may_take(row: Post, successor: User) -> bool:
    return may_change_post(successor, row)


def _pass(row: Post, successor: User) -> None:
    row.created_by = successor
    row.save(update_fields=["created_by"])
