"""Host posts in the columns of `files.columns.post`: the value of each cell for a post, and a post's tasks and term."""

import re
from decimal import Decimal, InvalidOperation

from secondment.common.days import add_months
from secondment.files.columns.cells import DAY, text
from secondment.files.columns.post import N_TASKS, POST, TASK_EXAMPLE
from secondment.files.faults import CellError, gettext_noop, in_chinese
from secondment.posts.models import Post, PostTask

TASKS = tuple(f"task_{number}" for number in range(1, N_TASKS + 1))
# Columns that fill the field of their name.
FIELDS = (
    *("title", "direction", "rank", "duties", "headcount", "hardship", "education_code", "title_level"),
    *("specialties", "abilities", "oldest_age", "grassroots_years", "requires_party_member", "experience"),
    *("is_principal", "organ_kind", "sensitive_work", "industries", "lodging", "contact_leader", "mentor"),
    *("contact_name", "contact_phone"),
)
KEYS = (
    *("unit", "parent", "code", "title", "starts_on", "months", "ends_on", "region"),
    *(key for key in FIELDS if key != "title"),
    *TASKS,
)
"""All columns of a file of demands, in its order."""
_PARTS = re.compile(r"[｜|]")


def written(post: Post) -> dict[str, str]:
    """The cells of a post, which an import reads as the same post."""
    months = months_of(post)
    return {
        "unit": post.host_unit.name,
        "parent": post.host_unit.parent.name if post.host_unit.parent else "",
        "code": post.code,
        "starts_on": DAY.write(post.starts_on),
        "months": POST["months"].cell.write(months),
        "ends_on": "" if months else DAY.write(post.ends_on),
        "region": post.region.written if post.region else "",
        **{key: POST[key].cell.write(getattr(post, key)) for key in FIELDS},
        **dict(zip(TASKS, map(write_task, post.tasks.all()), strict=False)),
    }


def months_of(post: Post) -> int | None:
    """The term in full months, or nothing if it is not an exact number of months."""
    months = (post.ends_on.year - post.starts_on.year) * 12 + post.ends_on.month - post.starts_on.month
    return months if add_months(post.starts_on, months) == post.ends_on else None


def read_task(cell: str) -> PostTask | None:
    """“任务｜衡量指标｜目标值｜单位｜完成时限”, the last part may be left out."""
    if not cell:
        return None
    parts = [part.strip() for part in _PARTS.split(cell)]
    if len(parts) not in {4, 5} or not all(parts[:4]):
        remedy = gettext_noop("请写成“任务｜衡量指标｜目标值｜单位｜完成时限”，例如“{example}”")
        values = {"cell": cell, "example": TASK_EXAMPLE}
        raise CellError(in_chinese("“{cell}”不是一项可衡量的任务", remedy, **values))
    name, measure, target, unit = parts[:4]
    return PostTask(
        name=text(120).read(name),
        measure=text(120).read(measure),
        target=_target(target),
        measure_unit=text(20).read(unit),
        due_on=DAY.read(parts[4]) if len(parts) == 5 and parts[4] else None,
    )


def write_task(task: PostTask) -> str:
    """A task as one cell; the opposite of `read_task`."""
    due = f"｜{task.due_on:%Y-%m-%d}" if task.due_on else ""
    return f"{task.name}｜{task.measure}｜{target_text(task.target)}｜{task.measure_unit}{due}"


def target_text(target: Decimal) -> str:
    """A target without needless zeros: 40, 12.5."""
    shown = f"{target:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _target(cell: str) -> Decimal:
    try:
        target = Decimal(cell).quantize(Decimal("0.01"))
    except InvalidOperation:
        target = Decimal("NaN")
    if not target.is_finite() or abs(target) >= Decimal(10) ** 10:
        fault = in_chinese("目标值“{text}”不是数字", "请填写数字，单位写在后面一格", text=cell)
        raise CellError(fault)
    return target
