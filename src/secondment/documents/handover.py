"""Lists that were uploaded and not yet confirmed."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.handover import Item, register_held
from secondment.accounts.models import User
from secondment.documents.models import StoredFile
from secondment.documents.uploads import SEALED


@register_held
def uploads_held(account: User, at: dt.datetime) -> Iterator[Item]:
    """Sealed for the account that sent them, and gone within a day."""
    rows = StoredFile.objects.filter(owner=account, content_type=SEALED, expires_at__gt=at)
    for row in rows:
        until = timezone.localtime(row.expires_at)
        yield Item(
            kind=gettext_lazy("待确认的上传名单"),
            text=_("%(file)s，%(at)s 自动删除") % {"file": row.name, "at": f"{until:%Y-%m-%d %H:%M}"},
            stays=gettext_lazy("上传的名单只由上传人确认，不能移交。请接任人重新上传。"),
        )
