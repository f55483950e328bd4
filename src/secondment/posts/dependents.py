"""Demands for posts that depend on a unit."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from secondment.common.dependents import Dependent, hangs_on
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from secondment.units.models import Unit


@hangs_on(Unit)
def posts_of(unit: Unit, on: dt.date) -> Iterator[Dependent]:
    """Demands whose time is not over."""
    rows = Post.objects.filter(host_unit=unit, ends_on__gt=on).exclude(state=PostState.WITHDRAWN)
    if n := rows.count():
        yield Dependent(_("期限未满的岗位需求 %(n)d 个") % {"n": n})
