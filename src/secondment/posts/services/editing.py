"""Enter, change and copy a demand with its tasks."""

import copy
import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.versions import lock_version
from secondment.posts.choices import PostState
from secondment.posts.errors import PostStateError
from secondment.posts.models import Post, PostTask
from secondment.posts.rules import may_change_post, may_enter_for
from secondment.posts.states import EDITABLE
from secondment.units.models import Unit

NOT_COPIED = frozenset({"id", "version", "state", "opinion", "created_by"})
CONTENT = tuple(
    field.attname
    for field in Post._meta.concrete_fields  # noqa: SLF001 -- Django's documented name
    if field.name not in NOT_COPIED
)


@transaction.atomic
def create_post(
    post: Post, tasks: Sequence[PostTask], *, by: User, at: dt.datetime, source: str = ""
) -> Post:
    """Save a new demand as a draft with its tasks; `source` names the file or pattern it came from."""
    require(may_enter_for(by, post.host_unit))
    post.created_by, post.state = by, PostState.DRAFT
    post.save(force_insert=True)
    _write_tasks(post, tasks)
    details = {"source": source} if source else {}
    record("post.create", post, by=by, at=at, details=details)
    return post


@transaction.atomic
def change_post(
    post: Post,
    tasks: Sequence[PostTask],
    *,
    by: User,
    at: dt.datetime,
    version: int | None = None,
    source: str = "",
) -> Post:
    """Bring a demand to the content of `post` and `tasks`; the trail keeps which fields changed."""
    locked = lock_version(post, version=version)
    require(may_change_post(by, locked) and may_enter_for(by, post.host_unit))
    if locked.state not in EDITABLE:
        raise PostStateError(
            _("岗位需求“%(title)s”目前是“%(state)s”，不能修改。需要修改时，请组织部门先退回。")
            % {"title": locked.title, "state": locked.get_state_display()}
        )
    changed = [name for name in CONTENT if getattr(locked, name) != getattr(post, name)]
    for name in changed:
        setattr(locked, name, getattr(post, name))
    if _tasks_differ(locked, tasks):
        _write_tasks(locked, tasks)
        changed.append("tasks")
    locked.save()
    details = {"changed": changed} | ({"source": source} if source else {})
    record("post.change", locked, by=by, at=at, details=details)
    return locked


def copy_post(post: Post, *, by: User, at: dt.datetime) -> Post:
    """A new draft with the same content and tasks, without the number."""
    twin = twin_of(post, post.host_unit, code="")
    return create_post(twin, twin_tasks(post), by=by, at=at, source=str(post))


def twin_of(post: Post, unit: Unit, *, code: str) -> Post:
    """An unsaved demand of `unit` with the content of `post`."""
    twin = copy.copy(post)
    twin._state = copy.copy(post._state)  # noqa: SLF001 -- a twin has its own foreign keys
    twin._state.fields_cache = {}  # noqa: SLF001 -- as above
    twin.pk, twin.version, twin.opinion, twin.code, twin.host_unit = None, 1, "", code, unit
    return twin


def twin_tasks(post: Post) -> list[PostTask]:
    """Unsaved copies of the tasks."""
    return [
        PostTask(
            name=task.name,
            measure=task.measure,
            target=task.target,
            measure_unit=task.measure_unit,
            due_on=task.due_on,
        )
        for task in post.tasks.all()
    ]


def _write_tasks(post: Post, tasks: Sequence[PostTask]) -> None:
    PostTask.objects.filter(post=post).delete()
    for position, task in enumerate(tasks, start=1):
        task.pk, task.post, task.position = None, post, position
    PostTask.objects.bulk_create(tasks)


def _tasks_differ(post: Post, tasks: Sequence[PostTask]) -> bool:
    return [_content(task) for task in post.tasks.all()] != [_content(task) for task in tasks]


def _content(task: PostTask) -> tuple[object, ...]:
    return task.name, task.measure, task.target, task.measure_unit, task.due_on
