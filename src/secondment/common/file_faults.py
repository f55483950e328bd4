"""The faults of uploaded files in the words of a clerk: the readers below speak English, for the command line."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from secondment.common.import_report import CellError, Refusal
from secondment.files import faults
from secondment.files.problems import BadInputError, Problem
from secondment.files.sandbox.reading import BROKEN, TOO_COSTLY
from secondment.files.table import Table

# What a reader found → how it is said (its figures in order) and what to do; notes ask for nothing.
SPOKEN: tuple[tuple[str, Promise, Promise | str], ...] = (
    (r"is empty", _("文件是空的"), _("请在第一行写列名，下面写数据")),
    (r"the column is missing", _("缺少这一列"), _("请从本页下载模板，不要改动表头")),
    (r"the column stands twice", _("这一列出现了两次"), _("请改名或删除其中一列")),
    (r"has (\d+) columns", _("有 {} 列，太多"), _("请只保留模板中的列")),
    (r"has a column name of more than (\d+) characters", _("有一列的列名超过 {} 字"), _("请把列名改短")),
    (r"has (\d+) cells, the header has (\d+)", _("有 {} 格，表头只有 {} 格"), _("含逗号的文字请加引号")),
    (r"has more than ([\d,]+) rows", _("超过 {} 行"), _("请分成几个文件")),
    (
        r"holds “(.*)” below merged cells that show “(.*)”",
        _("其中的内容“{}”被合并的单元格遮住，显示的是“{}”"),
        _("请取消合并，只保留其中一项"),
    ),
    (r"has merged cells that overlap", _("合并的单元格互相重叠"), _("请取消合并后重新上传")),
    (r"has texts but no name", _("这一列有内容但没有列名"), _("请补上列名，或清空此列")),
    (r"is protected by a password", _("有密码保护"), _("请去掉密码后另存，再上传")),
    (
        r"is an \.ods or \.xlsb workbook.*",
        _("是 .ods 或 .xlsb 文件，其中的隐藏行和出错的单元格无法识别"),
        _("请另存为 .xlsx 后重新上传"),
    ),
    (
        r"is a web page or XML and no workbook",
        _("是网页或 XML 文件，只是名称像 Excel 工作簿"),
        _("请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传"),
    ),
    (r"seems to be UTF-16 without its mark", _("文字编码像是没有标记的 UTF-16"), _("请另存为 UTF-8 编码的 CSV")),
    (
        r"has several sheets to choose from, with their filled rows: (.*)",
        _("有几张可以导入的工作表（括号内是有内容的行数）：{}"),
        _("请只保留要导入的一张，或在页面上选择"),
    ),
    (r"has no filled sheet “(.*)”", _("没有工作表“{}”，或其中没有内容"), _("请重新选择工作表")),
    (r"“(.*)” is no field that is read here", _("“{}”不是可以导入的列"), _("请重新选择")),
    (r"holds the error (.*)", _("单元格显示错误值 {}"), _("请改正公式，或直接填写内容")),
    (
        r"holds a formula without a stored value",
        _("单元格是公式，文件中没有保存结果"),
        _("请用 Excel 或 WPS 打开并保存一次，或直接填写内容"),
    ),
    (
        r"“(.*)” was kept as a number and has lost its last digits",
        _("“{}”被表格软件存成了数字，末几位已丢失"),
        _("请把这一列设为文本格式，重新填写号码"),
    ),
    (
        r"is a plain number in a workbook that counts its days from 1904",
        _("是未设日期格式的数字，而本工作簿从1904年起计算日期"),
        _("请把单元格设为日期格式，或写成文本"),
    ),
    (
        r"the character at place (\d+) \((.*)\) is private or damaged",
        _("第 {} 个字符（{}）是自造字或已损坏的字符"),
        _("请用现用输入法重新输入这个字"),
    ),
    (r"is no row of the table and was not read: (.*)", _("不是数据行，没有读取：{}"), ""),
    (r"rows (\d+) and (\d+) together hold the column names", _("第 {} 行和第 {} 行合为列名"), ""),
    (r"merged cells were read in every row and column they cover: (.*)", _("合并的单元格，其内容已填入所含各行各列：{}"), ""),
    (r"hidden rows were read too: (.*)", _("隐藏的行也已读取：第 {} 行"), ""),
    (r"hidden columns were read too: (.*)", _("隐藏的列也已读取：{}"), ""),
    (r"columns that are not needed were left out: (.*)", _("不需要的列没有读取：{}"), ""),
    (r"columns were left out by choice: (.*)", _("按您的选择忽略的列：{}"), ""),
    (r"columns that were chosen are not there: (.*)", _("文件中没有以前选择过的列：{}"), ""),
    (r"“(.*)” was read as “(.*)”", _("“{}”列按“{}”读取"), ""),
    (r"the sheet “(.*)” was read", _("读取的是工作表“{}”"), ""),
    (r"the sheet “(.*)” was not read \((\d+) filled rows\)", _("工作表“{}”没有读取（有内容的 {} 行）"), ""),
    (r"was read with tabs between its cells", _("各栏之间是制表符，已按此读取"), ""),
    (r"was read with semicolons between its cells", _("各栏之间是分号，已按此读取"), ""),
    (r"was read with “(.*)” between its cells", _("各栏之间是“{}”，已按此读取"), ""),
    (r"ended in (\d+) NUL characters, which were left out", _("文件末尾有 {} 个空字符，已略去"), ""),
    (r"is a workbook and no text, and was read as a workbook", _("文件其实是 Excel 工作簿，已按工作簿读取"), ""),
    (r"is text and no workbook, and was read as text", _("文件其实是文本，已按文本读取"), ""),
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
        if match := re.fullmatch(pattern, problem.found, re.DOTALL):
            return replace(problem, found=str(found).format(*match.groups()), remedy=str(remedy))
    return problem


def refused_cell(line: int, header: str, error: faults.CellError | CellError) -> Refusal:
    """A cell that cannot be used, in the language of the page."""
    if isinstance(error, CellError):
        return Refusal(line, header, error.found, error.remedy)
    return Refusal(line, header, *error.fault.said("en" if get_language() == "en" else "zh"))


def notes_of(table: Table) -> list[Problem]:
    """What was done with the file and what of it was not read, in the language of the page."""
    return sorted((spoken(note) for note in table.notes), key=lambda one: one.line)


def refusals_of_table(table: Table) -> list[Refusal]:
    """Faulty cells, and questions that nobody has answered: nothing of the file may be written."""
    faults = [fault for row in table.rows for fault in row.faults]
    unknown = [
        Refusal(
            table.header_line,
            header,
            gettext("不认识的列“%s”") % header,
            gettext("请选择它对应哪一列，或忽略它"),
        )
        for header, _texts in table.questions.columns
    ]
    if table.questions.sheets:
        unknown.append(
            Refusal(0, table.file, gettext("有几张可以导入的工作表"), gettext("请选择要导入的一张"))
        )
    return unknown + refusals_of(BadInputError(faults))


def missing_columns(table: Table, required: Sequence[Sequence[str]]) -> list[Refusal]:
    """Necessary columns of which no spelling is there."""
    return [
        Refusal(table.header_line, names[0], gettext("缺少这一列"), gettext("请从本页下载模板，不要改动表头"))
        for names in required
        if not table.questions.sheets and not set(names) & set(table.columns)
    ]


def refusals_of(error: BadInputError) -> list[Refusal]:
    """The faults of a file for the report of a dry run; the file is named where the fault is of the whole."""
    return [
        Refusal(one.line, one.column or ("" if one.line else one.file), one.found, one.remedy)
        for one in map(spoken, error.problems)
    ]
