"""Lock the placement that an act is about, and its versions with it."""

from django.utils.translation import gettext as _

from secondment.placements.choices import UNDER_WAY
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.task_books.choices import BookState
from secondment.task_books.errors import OutdatedVersionError, TaskBookStateError
from secondment.task_books.models import TaskBook

STANDING = UNDER_WAY


def locked_placement(placement_id: int) -> Placement:
    """The placement with its names, locked so that nobody writes its task book meanwhile, while it is under way."""
    Placement.objects.select_for_update().get(pk=placement_id)
    row = with_names(Placement.objects.filter(pk=placement_id)).select_related("person__account").get()
    if row.state not in STANDING:
        raise TaskBookStateError(
            _("%(person)s的挂职当前为“%(state)s”，任务书只在派任之后、办结之前办理。")
            % {"person": row.person.name, "state": row.get_state_display()}
        )
    return row


def locked_book(book: TaskBook, *, version: int | None, expected: BookState) -> TaskBook:
    """The version as it is now; refused when it is not in the state that the page showed, or was changed since."""
    placement = locked_placement(book.placement_id)
    row = TaskBook.objects.select_for_update().filter(pk=book.pk).first()
    if row is None or row.state != expected:
        state = row.get_state_display() if row else BookState.DROPPED.label
        raise OutdatedVersionError(
            _("这一版任务书当前为“%(state)s”，不能办理此项。请刷新页面，在最新一版上办理。")
            % {"state": state}
        )
    if version is not None and row.version != version:
        raise OutdatedVersionError(_("页面打开后，任务书已有修改。请刷新页面，看过最新内容后再办理。"))
    row.placement = placement
    row.version += 1
    return row


def book_of(placement: Placement, *states: BookState) -> TaskBook | None:
    """The version of the placement that is in one of these states; of each kind there is one."""
    row = TaskBook.objects.filter(placement=placement, state__in=states).first()
    if row is not None:
        row.placement = placement
    return row
