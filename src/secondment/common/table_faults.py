"""The faults of uploaded files in the words of a clerk: the readers below speak English, for the command line."""

import re
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.common.import_report import Refusal
from secondment.tables.problems import BadInputError, Problem
from secondment.tables.sandbox.reading import BROKEN, TOO_COSTLY

# What a reader found → how it is said (its figures in order) and what to do.
SPOKEN: tuple[tuple[str, Promise, Promise], ...] = (
    (r"is empty", _("文件是空的"), _("请在第一行写列名，下面写数据")),
    (r"the column is missing", _("缺少这一列"), _("请从本页下载模板，不要改动表头")),
    (r"the column stands twice", _("这一列出现了两次"), _("请改名或删除其中一列")),
    (r"has (\d+) columns", _("有 {} 列，太多"), _("请只保留模板中的列")),
    (r"has (\d+) cells, the header has (\d+)", _("有 {} 格，表头只有 {} 格"), _("含逗号的文字请加引号")),
    (r"has more than ([\d,]+) rows", _("超过 {} 行"), _("请分成几个文件")),
    (r"is not an Excel workbook", _("不是 Excel 工作簿"), _("请另存为 .xlsx 后重新上传")),
    (r"is not CSV.*", _("不是 CSV 文件"), _("请用表格软件重新另存为 CSV")),
    (r"is neither UTF-8 nor GB18030 text", _("文字编码既不是 UTF-8 也不是 GBK"), _("请另存为 UTF-8 编码的 CSV")),
    (r"files ending in (.*) are not read", _("不能读取 {} 文件"), _("请另存为 .xlsx 或 .csv 后重新上传")),
    (
        re.escape(TOO_COSTLY),
        _("读取时需要的内存或时间超过允许的限度，已停止读取"),
        _("请把有内容的行复制到新建的文件中，或分成几个文件，再上传"),
    ),
    (
        re.escape(BROKEN),
        _("文件不能读取，读取程序已中止"),
        _("请用表格软件打开核对，把有内容的行复制到新建的文件中，再上传"),
    ),
)  # fmt: skip


def spoken(problem: Problem) -> Problem:
    """The same problem in the language of the page; what is not known here stays as it is."""
    for pattern, found, remedy in SPOKEN:
        if match := re.fullmatch(pattern, problem.found):
            return replace(problem, found=str(found).format(*match.groups()), remedy=str(remedy))
    return problem


def refusals_of(error: BadInputError) -> list[Refusal]:
    """The faults of a file for the report of a dry run; the file is named where the fault is of the whole."""
    return [
        Refusal(one.line, one.column or ("" if one.line else one.file), one.found, one.remedy)
        for one in map(spoken, error.problems)
    ]
