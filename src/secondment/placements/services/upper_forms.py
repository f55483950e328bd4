"""The upper level's own form: taken when all its names are known, filled with the figures of a period or of a report."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.downloads import TYPES
from secondment.common.errors import require
from secondment.documents.services import store_file
from secondment.files.named_cells import MOST_BYTES, FormError
from secondment.files.sandbox.forms import FormNames, fill_form_apart, form_names_apart
from secondment.placements.form_names import MEASURES, Names, all_names
from secondment.placements.models import StatisticsForm
from secondment.placements.rules import may_record_placements
from secondment.placements.services.errors import UpperFormError
from secondment.placements.statistics import Counted
from secondment.units.models import Unit


def form_of(unit: Unit) -> StatisticsForm | None:
    """The form that the unit fills now."""
    return StatisticsForm.objects.filter(unit=unit).select_related("file", "created_by").first()


def keep_form(name: str, content: bytes, unit: Unit, *, by: User, at: dt.datetime) -> StatisticsForm:
    """Keep a form for this time and the next; reports go on with the one that they were made with.

    The file is read before anything is locked.
    """
    require(may_record_placements(by))
    form = _opened(content)
    names = all_names()
    if faults := faults_of(form, names):
        raise UpperFormError(
            _("表样中有名称不能填写，没有保存。请在 Excel 的“名称管理器”中改正后重新上传："), reasons=faults
        )
    if not any(names.find(one) for one in form.cells):
        raise UpperFormError(
            _("表样中没有可填写的名称。请在 Excel 中选中要填数的单元格，按“可用的名称”为它命名，再上传。")
        )
    with transaction.atomic():
        stored = store_file(name, content, content_type=TYPES[".xlsx"], by=by, at=at)
        kept = StatisticsForm.objects.create(unit=unit, file=stored, created_by=by, created_at=at)
        record("statistics.keep_form", kept, by=by, at=at, details={"n": len(form.cells)})
    return kept


def fill_form(kept: StatisticsForm, counted: Sequence[Counted], *, by: User, at: dt.datetime) -> bytes:
    """The form with these figures; names that ask for nothing of ours stay as they are."""
    with kept.file.content.open("rb") as stored:
        content = stored.read()
    names = all_names()
    found = {name: figure for name in _opened(content).cells if (figure := names.find(name)) is not None}
    filled = fill_form_apart(content, {name: figure.count(counted) for name, figure in found.items()})
    with transaction.atomic():
        record("statistics.fill_form", kept, by=by, at=at, details={"n": len(found)})
    return filled


def _opened(content: bytes) -> FormNames:
    """The names of the form; why it cannot be one, in words."""
    try:
        return form_names_apart(content)
    except FormError as error:
        sentences = {
            "too large": _("文件太大。表样不超过 %(n)s MB。") % {"n": MOST_BYTES // 1_000_000},
            "too costly": _("文件内容过多，不能读取。请删去表样以外的工作表和空行后上传。"),
            "macros": _("文件含有宏，不能使用。请另存为不含宏的 .xlsx 后上传。"),
        }
        unreadable = _(
            "不能读取这个文件。请上传 .xlsx 格式的表样；.xls 请用 Excel 或 WPS 另存为 .xlsx，有密码的先去掉密码。"
        )
        raise UpperFormError(sentences.get(error.code, unreadable)) from error


def faults_of(form: FormNames, names: Names) -> list[str]:
    """Names that look like ours and are not, lead to no single cell, or to one that computes."""
    faults = [
        _unknown(name, names) for name in form.cells if _is_meant(name, names) and names.find(name) is None
    ]
    faults += [
        _("“%(name)s”没有指向本文件中的一个单元格，请重新指定。") % {"name": name}
        for name in form.broken
        if names.find(name)
    ]
    computed = [name for name in form.computed if names.find(name)]
    return faults + [
        _("“%(name)s”指向的单元格里是公式，公式予以保留，请把名称改到要填数的单元格。") % {"name": name}
        for name in computed
    ]


def _is_meant(name: str, names: Names) -> bool:
    """Whether it begins as our names do, or is near one."""
    beginnings = {prefix.partition("_")[0] for prefix in MEASURES.values()}
    return any(name.startswith(one) for one in beginnings) or bool(names.nearest(name))


def _unknown(name: str, names: Names) -> str:
    near = names.nearest(name)
    if not near:
        return _("“%(name)s”不是可用的名称，请对照“可用的名称”改正。") % {"name": name}
    return _("“%(name)s”不是可用的名称，是否为“%(near)s”？") % {"name": name, "near": near}
