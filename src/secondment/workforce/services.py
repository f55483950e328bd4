"""Keeping an analysis under a name."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.workforce.errors import SavedViewError
from secondment.workforce.models import QUERY_LENGTH, SavedView
from secondment.workforce.rules import may_analyse

MOST_KEPT = 100


@transaction.atomic
def save_view(name: str, *, page: str, query: str, by: User, at: dt.datetime) -> SavedView:
    """Keep an address under a name of the account's own; the same name again replaces what it kept."""
    require(may_analyse(by))
    if len(query) > QUERY_LENGTH:
        raise SavedViewError(_("条件过长，不能保存。请减少名单中的姓名，或改用筛选条件。"))
    own = SavedView.objects.filter(owner=by)
    if own.count() >= MOST_KEPT and not own.filter(name=name).exists():
        raise SavedViewError(_("最多保存 %(n)d 项常用分析。请先删除不用的。") % {"n": MOST_KEPT})
    values = {"page": page, "query": query, "saved_at": at}
    view, _is_new = SavedView.objects.update_or_create(owner=by, name=name, defaults=values)
    record("workforce.save_view", view, by=by, at=at)
    return view


@transaction.atomic
def delete_views(keys: Sequence[int], *, by: User, at: dt.datetime) -> int:
    """Delete those of the account's own that are among these; returns how many."""
    require(may_analyse(by))
    views = list(SavedView.objects.filter(owner=by, pk__in=keys))
    for view in views:
        record("workforce.delete_view", view, by=by, at=at)
        view.delete()
    return len(views)
