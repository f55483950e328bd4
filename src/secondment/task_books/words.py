"""How tasks and powers are named in one line."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from secondment.common.sentences import labelled
from secondment.task_books.choices import Power, TaskKind
from secondment.task_books.models import POWERS, Powers, TaskContent


def part_of(task: TaskContent) -> str:
    """What part the secondee has, and with whom."""
    words = str(task.get_kind_display())
    return labelled(words, task.partner) if task.kind == TaskKind.JOINT and task.partner else words


def power_labels(names: Collection[str]) -> list[str]:
    """Powers by their names."""
    return [str(label) for name, label in Power.choices if name in names]


def powers_of(row: Powers) -> list[str]:
    """The powers that a task holds, or a division gives."""
    return power_labels([name for name in POWERS if getattr(row, name)])


def adopted_words(task: object) -> str:
    """Of advice that was accepted: whether the host followed it."""
    is_adopted = getattr(task, "is_adopted", None)
    if is_adopted is None:
        return ""
    return _("已采纳") if is_adopted else _("未采纳")
