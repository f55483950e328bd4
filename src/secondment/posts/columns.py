"""The columns of a demand in Excel: how each is read, written and explained.

Headers are Chinese whatever the language of the page, so that a file travels between installations.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Choices
from django.utils import translation
from django.utils.translation import gettext as _

from secondment.common.import_report import CellError
from secondment.posts.choices import (
    Ability,
    Direction,
    Hardship,
    LowestEducation,
    LowestTitle,
    OrganKind,
    PostRank,
    SensitiveWork,
    Specialty,
)
from secondment.posts.models import Post, PostTask
from secondment.tables.codes import education, ranks, specialties
from secondment.tables.codes.code_list import UnknownCodeError, plain
from secondment.tables.dates import DateFault, parse_day

UNIT, PARENT, CODE, REGION = "接收单位", "上级单位", "岗位编号", "工作地点"
STARTS_ON, MONTHS, ENDS_ON = "到岗日期", "期限（月）", "返岗日期"
EXAMPLE_CODE = "示例"  # the template's own row, left out when a file is read
TASKS = tuple(f"重点任务{number}" for number in range(1, 6))
NOTHING = frozenset({"", "不限", "无", "—", "-"})
LONGEST_MONTHS = 120
_BETWEEN_SEPARATORS = r"[^/、,，;；\n]+"
_PARTS = re.compile(r"[｜|]")


@dataclass(frozen=True)
class PostColumn:
    """A column: the field it fills, its header, other headers that mean it, and both directions of conversion."""

    field: str
    header: str
    read: Callable[[str], Any]
    write: Callable[[Any], object]
    example: str = ""
    help: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    is_required: bool = False
    width: int = 14


def labels_of(choices: type[Choices]) -> dict[Any, str]:
    """Codes and their Chinese labels, whatever the language of the page."""
    with translation.override("zh-hans"):
        return {code: str(label) for code, label in choices.choices}


def _text(longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > longest:
            raise CellError(
                _("有%(n)d个字") % {"n": len(cell)}, _("请缩短到%(longest)d个字以内") % {"longest": longest}
            )
        return cell

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(cell: str) -> int:
        if cell in NOTHING and least == 0:
            return 0
        if not re.fullmatch(r"\d{1,9}", cell, re.ASCII) or not least <= int(cell) <= most:
            raise CellError(
                _("“%(cell)s”不在允许的范围内") % {"cell": cell},
                _("请填写%(least)d至%(most)d之间的整数") % {"least": least, "most": most},
            )
        return int(cell)

    return read


def _age(cell: str) -> int | None:
    return None if cell in NOTHING else _whole(18, 70)(cell.removesuffix("周岁").removesuffix("岁"))


def _flag(cell: str) -> bool:
    if cell in {"是", "1", "√"}:
        return True
    if cell in {"否", "0", ""}:
        return False
    raise CellError(_("“%(cell)s”不是是或否") % {"cell": cell}, _("请填写“是”或“否”"))


def _one_of(choices: type[Choices], *, code_of: Callable[[str], str] | None = None) -> Callable[[str], Any]:
    codes = {plain(label): code for code, label in labels_of(choices).items()}

    def read(cell: str) -> Any:
        if cell in NOTHING:
            return ""
        code = codes.get(plain(cell))
        if code is None and code_of is not None:
            code = _known(code_of, cell)
        if code is None or code not in choices.values:
            raise CellError(
                _("“%(cell)s”不在可选范围内") % {"cell": cell},
                _("请填写：%(labels)s") % {"labels": "、".join(labels_of(choices).values())},
            )
        return code

    return read


def _many_of(
    choices: type[Choices], *, code_of: Callable[[str], str] | None = None
) -> Callable[[str], list[str]]:
    one = _one_of(choices, code_of=code_of)
    # a label may hold a separator itself: such labels are taken whole, before the text between separators
    whole = [re.escape(label) for label in labels_of(choices).values() if "、" in label]
    parts_in = re.compile("|".join([*whole, _BETWEEN_SEPARATORS]))

    def read(cell: str) -> list[str]:
        if cell in NOTHING:
            return []
        return list(dict.fromkeys(one(part.strip()) for part in parts_in.findall(cell) if part.strip()))

    return read


def _known(code_of: Callable[[str], str], cell: str) -> str | None:
    try:
        return code_of(cell)
    except UnknownCodeError:
        return None


def _education_code(cell: str) -> str:
    """The group a post asks for: a graduate code means its group, only a doctorate stands by itself."""
    code = education.code_of(cell)
    return code if code == LowestEducation.DOCTOR else f"{code[0]}0"


def read_day(cell: str) -> dt.date:
    """A day as clerks write it."""
    day = parse_day(cell)
    if isinstance(day, DateFault) and day.code == "no_such_day":
        raise CellError(_("“%(cell)s”这一天不存在") % {"cell": cell}, _("请改正日期"))
    if isinstance(day, DateFault):
        raise CellError(_("“%(cell)s”不是完整的日期") % {"cell": cell}, _("请写成 2027-03-01 这样的年月日"))
    return day


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later, or the last day of a shorter month."""
    at = day.year * 12 + day.month - 1 + months
    first_of_next = dt.date((at + 1) // 12, (at + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(at // 12, at % 12 + 1, min(day.day, last))


def months_of(post: Post) -> int | None:
    """The term in whole months, or nothing when it is not whole."""
    months = (post.ends_on.year - post.starts_on.year) * 12 + post.ends_on.month - post.starts_on.month
    return months if add_months(post.starts_on, months) == post.ends_on else None


def read_months(cell: str) -> int:
    """A term in months."""
    return _whole(1, LONGEST_MONTHS)(cell.removesuffix("个月").removesuffix("月"))


def read_task(cell: str) -> PostTask | None:
    """“任务｜衡量指标｜目标值｜单位｜完成时限”, the last part may be left out."""
    if not cell:
        return None
    parts = [part.strip() for part in _PARTS.split(cell)]
    if len(parts) not in {4, 5} or not all(parts[:4]):
        raise CellError(
            _("“%(cell)s”不是一项可衡量的任务") % {"cell": cell},
            _("请写成“任务｜衡量指标｜目标值｜单位｜完成时限”，例如“%(example)s”")
            % {"example": TASK_EXAMPLE},
        )
    name, measure, target, unit = parts[:4]
    return PostTask(
        name=_text(120)(name),
        measure=_text(120)(measure),
        target=_target(target),
        measure_unit=_text(20)(unit),
        due_on=read_day(parts[4]) if len(parts) == 5 and parts[4] else None,
    )


def write_task(task: PostTask) -> str:
    """A task as one cell; the opposite of `read_task`."""
    due = f"｜{task.due_on:%Y-%m-%d}" if task.due_on else ""
    return f"{task.name}｜{task.measure}｜{target_text(task.target)}｜{task.measure_unit}{due}"


def target_text(target: Decimal) -> str:
    """A target without needless zeros: 40, 12.5."""
    text = f"{target:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _target(text: str) -> Decimal:
    try:
        target = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        target = Decimal("NaN")
    if not target.is_finite() or abs(target) >= Decimal(10) ** 10:
        raise CellError(_("目标值“%(text)s”不是数字") % {"text": text}, _("请填写数字，单位写在后面一格"))
    return target


def _label(field: str, choices: type[Choices]) -> Callable[[Post], str]:
    labels = labels_of(choices)
    return lambda post: labels.get(getattr(post, field), "")


def _labels(field: str, choices: type[Choices]) -> Callable[[Post], str]:
    labels = labels_of(choices)
    return lambda post: "、".join(labels.get(code, code) for code in getattr(post, field))


def _plain_field(field: str) -> Callable[[Post], object]:
    return lambda post: getattr(post, field)


def _yes(field: str) -> Callable[[Post], str]:
    return lambda post: "是" if getattr(post, field) else "否"


def _chosen(field: str, header: str, choices: type[Choices], **options: Any) -> PostColumn:
    code_of = options.pop("code_of", None)
    return PostColumn(
        field, header, _one_of(choices, code_of=code_of), _label(field, choices),
        choices=tuple(labels_of(choices).values()), **options,
    )  # fmt: skip


def _several(field: str, header: str, choices: type[Choices], **options: Any) -> PostColumn:
    code_of = options.pop("code_of", None)
    help_text = "可填多个，用顿号隔开：" + "、".join(labels_of(choices).values())
    return PostColumn(
        field, header, _many_of(choices, code_of=code_of), _labels(field, choices), help=help_text, **options
    )


def _words(field: str, header: str, longest: int, **options: Any) -> PostColumn:
    return PostColumn(field, header, _text(longest), _plain_field(field), **options)


TASK_EXAMPLE = "土地流转｜新增流转面积｜500｜亩｜2028-12-31"
COLUMNS: Sequence[PostColumn] = (
    _words("title", "挂任职务", 80, example="副县长（挂职）", is_required=True, width=20),
    _chosen("direction", "挂职方向", Direction, example="下挂",
            help="不填时按接收单位的性质和层级确定。上挂须有批准的选派计划文号，文号填在批次中。"),
    _chosen("rank", "职务层次", PostRank, example="县处级副职", aliases=("职级",), code_of=ranks.code_of),
    _words("duties", "岗位职责", 2000, example="协助分管农业农村、乡村产业工作", aliases=("需求说明",), width=32),
    PostColumn("headcount", "人数", _whole(1, 999), _plain_field("headcount"), example="1", aliases=("名额",),
               is_required=True, help="至少1人。", width=8),
    _chosen("hardship", "艰苦程度", Hardship, example="一般", width=10),
    _chosen("education_code", "最低学历", LowestEducation, example="大学本科", aliases=("学历下限",),
            code_of=_education_code),
    _chosen("title_level", "最低职称级别", LowestTitle, example=""),
    _several("specialties", "专业方向", Specialty, example="农林水、经济金融", aliases=("专业要求",),
             code_of=specialties.code_of, width=20),
    _several("abilities", "需要的能力", Ability, example="推动经济社会发展", width=20),
    PostColumn("oldest_age", "年龄上限", _age, _plain_field("oldest_age"), example="45", width=8,
               help="周岁，不限则留空。"),
    PostColumn("grassroots_years", "最少基层工作年限", _whole(0, 50), _plain_field("grassroots_years"), example="2",
               width=10),
    PostColumn("requires_party_member", "须为中共正式党员", _flag, _yes("requires_party_member"), example="是",
               choices=("是", "否"), width=10),
    _words("experience", "工作经历要求", 200, example="有产业项目管理经历", width=20),
    PostColumn("is_principal", "正职", _flag, _yes("is_principal"), example="否", choices=("是", "否"), width=8,
               help="县乡党政正职等实行地域回避（公务员法第七十五条）。"),
    _chosen("organ_kind", "机关类别", OrganKind, example="县级党委政府"),
    _several("sensitive_work", "回避岗位工作", SensitiveWork, example=""),
    _several("industries", "主管行业", Specialty, example="农林水", code_of=specialties.code_of),
    _words("lodging", "食宿交通条件", 200, example="提供周转房，机关食堂就餐", width=20),
    _words("contact_leader", "联系领导", 40, example="示例领导"),
    _words("mentor", "带教导师", 40, example="示例导师"),
    _words("contact_name", "联系人", 40, example="示例联系人"),
    _words("contact_phone", "联系电话", 30, example="000-00000000"),
)  # fmt: skip
