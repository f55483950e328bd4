"""What can be wrong with a file, a row or a cell, and what was done with it: a code and its values.

Each code has its sentences in Chinese and English here, so that the command line and the sandbox need no catalogue.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Self

Language = Literal["zh", "en"]
IN_CHINESE, IN_ENGLISH = "in_chinese", "in_english"
"""Codes of faults that bring their own sentences: of a room with a catalogue, of the command line."""
# Code → what was found and what to do. Codes are kept with the rows of imports: one that is given up stays readable here.
CHINESE: Mapping[str, tuple[str, str]] = {
    IN_ENGLISH: ("{found}", "{remedy}"),
    # cells
    "is_empty": ("没有填写", "这一栏必须填写"),
    "too_long": ("有{n}个字", "请缩短到{longest}个字以内"),
    "no_whole_number": ("“{text}”不在允许的范围内", "请填写{least}至{most}之间的整数"),
    "no_number": ("“{text}”不在允许的范围内", "请填写{least}至{most}之间的数"),
    "no_years": ("“{text}”不是年数", "请填数字，如3或2.5"),
    "no_half_days": ("“{text}”不是天数", "请填0至{most}之间的天数，半天写0.5"),
    "neither_yes_nor_no": ("“{text}”不是是或否", "请填写“是”或“否”"),
    "not_offered": ("“{text}”不在可选范围内", "请填写：{labels}"),
    "not_listed": ("“{text}”不在{list}中", "请改为{list}中的名称"),
    "not_in_list": ("“{text}”不在{list}中", "请改为{list}中的名称"),
    "no_date": ("“{text}”不是有效的年月", "请按年月填写，如198503或1985.03"),
    "no_day": ("“{text}”不是完整的日期", "请写成 2027-03-01 这样的年月日"),
    "no_such_day": ("“{text}”这一天不存在", "请改正日期"),
    "no_term": ("“{text}”不是起止时间", "请写成2025.03—2027.02，或分为挂职开始、挂职结束两列"),
    "no_such_month": ("“{text}”不是有效的年月", "请按年月填写，如198503或1985.03"),
    "lost_zero": ("“{text}”可能是1月，也可能是10月", "请写成{year}.01或{year}.10"),
    "year_out_of_range": ("“{text}”不在{first}—{last}年之内", "年份请写四位数字"),
    # numbers and names
    "old_identity_number": ("是15位旧身份证号", "请填写18位公民身份号码"),
    "odd_identity_number": ("身份证号应为18位，实有{n}位或含有其他字符", "请对照身份证改正"),
    "rounded_identity_number": (
        "身份证号末三位为000且校验位不符，可能被表格软件存成了数字",
        "请把这一列设为文本格式，重新填写号码",
    ),
    "wrong_identity_check": ("身份证号校验位不符", "请对照身份证逐位核对"),
    "no_birth_in_identity": ("身份证号中的出生日期{digits}不存在", "请对照身份证改正第7至14位"),
    "odd_credit_code": ("统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z）", "请对照证书改正"),
    "wrong_credit_check": ("统一社会信用代码校验位不符", "请对照证书逐位核对"),
    "private_sign": (
        "第{position}个字是自造字（U+{sign}），其他电脑显示不出",
        "请改为国家标准中的字；没有的，用同音字并在备注中说明",
    ),
    # cells of a sheet
    "lost_digits": ("“{text}”被表格软件存成了数字，末几位已丢失", "请把这一列设为文本格式，重新填写号码"),
    "days_from_1904": (
        "是未设日期格式的数字，而本工作簿从1904年起计算日期",
        "请把单元格设为日期格式，或写成文本",
    ),
    "error_cell": ("单元格显示错误值 {shown}", "请改正公式，或直接填写内容"),
    "no_stored_value": (
        "单元格是公式，文件中没有保存结果",
        "请用 Excel 或 WPS 打开并保存一次，或直接填写内容",
    ),
    "damaged_sign": ("第 {place} 个字符（{sign}）是自造字或已损坏的字符", "请用现用输入法重新输入这个字"),
    "hidden_by_merge": (
        "其中的内容“{text}”被合并的单元格遮住，显示的是“{shown}”",
        "请取消合并，只保留其中一项",
    ),
    # columns and rows
    "column_missing": ("缺少这一列", "请在表中加上这一列，逐行填写后重新上传；写法见模板中的填写说明"),
    "column_twice": ("这一列出现了两次", "请改名或删除其中一列"),
    "column_means_same": ("与另一列意思相同", "请只保留一列"),
    "column_nameless": ("这一列有内容但没有列名", "请补上列名，或清空此列"),
    "too_many_columns": ("有 {n} 列，太多", "请只保留模板中的列"),
    "column_name_too_long": ("有一列的列名超过 {most} 字", "请把列名改短"),
    "too_many_cells": ("有 {n} 格，表头只有 {width} 格", "含逗号的文字请加引号"),
    "too_many_rows": ("超过 {most:,} 行", "请分成几个文件"),
    "no_rows": ("表头下面没有内容", "请至少填写一行"),
    "stands_already": ("“{text}”已在第 {line} 行出现", "请只保留一行，或改用不同的编号"),
    "no_such_field": ("“{asked}”不是可以导入的列", "请重新选择"),
    "overlapping_merges": ("合并的单元格互相重叠", "请取消合并后重新上传"),
    # whole files
    "file_empty": ("文件是空的", "请在第一行写列名，下面写数据"),
    "ending_not_read": ("不能读取 {ending} 文件", "请另存为 .xlsx 或 .csv 后重新上传"),
    "no_workbook": ("不是 Excel 工作簿", "请另存为 .xlsx 后重新上传"),
    "password": ("有密码保护", "请去掉密码后另存，再上传"),
    "opaque_workbook": (
        "是 .ods 或 .xlsb 文件，其中的隐藏行和出错的单元格无法识别",
        "请另存为 .xlsx 后重新上传",
    ),
    "web_page": (
        "是网页或 XML 文件，只是名称像 Excel 工作簿",
        "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传",
    ),
    "no_csv": ("不是 CSV 文件", "请用表格软件重新另存为 CSV"),
    "unmarked_utf16": ("文字编码像是没有标记的 UTF-16", "请另存为 UTF-8 编码的 CSV"),
    "unknown_encoding": ("文字编码既不是 UTF-8 也不是 GBK", "请另存为 UTF-8 编码的 CSV"),
    "several_sheets": (
        "有几张可以导入的工作表（括号内是有内容的行数）：{sheets}",
        "请只保留要导入的一张，或在页面上选择",
    ),
    "no_such_sheet": ("没有工作表“{sheet}”，或其中没有内容", "请重新选择工作表"),
    "too_costly": (
        "读取时需要的内存或时间超过允许的限度，已停止读取",
        "请把有内容的行复制到新建的文件中，或分成几个文件，再上传",
    ),
    "reader_stopped": (
        "文件不能读取，读取程序已中止",
        "请用表格软件打开核对，把有内容的行复制到新建的文件中，再上传",
    ),
    # what was done, which asks for nothing
    "no_data_row": ("不是数据行，没有读取：{words}", ""),
    "two_header_rows": ("第 {first} 行和第 {last} 行合为列名", ""),
    "merged_cells_read": ("合并的单元格，其内容已填入所含各行各列：{names}", ""),
    "hidden_rows_read": ("隐藏的行也已读取：第 {names} 行", ""),
    "hidden_columns_read": ("隐藏的列也已读取：{names}", ""),
    "columns_not_needed": ("不需要的列没有读取：{names}", ""),
    "columns_ignored": ("按您的选择忽略的列：{names}", ""),
    "columns_not_there": ("文件中没有以前选择过的列：{names}", ""),
    "column_read_as": ("“{header}”列按“{name}”读取", ""),
    "sheet_read": ("读取的是工作表“{sheet}”", ""),
    "sheet_not_read": ("工作表“{sheet}”没有读取（有内容的 {n} 行）", ""),
    "tabs_between": ("各栏之间是制表符，已按此读取", ""),
    "semicolons_between": ("各栏之间是分号，已按此读取", ""),
    "sign_between": ("各栏之间是“{sign}”，已按此读取", ""),
    "nul_behind": ("文件末尾有 {n} 个空字符，已略去", ""),
    "workbook_not_text": ("文件其实是 Excel 工作簿，已按工作簿读取", ""),
    "text_not_workbook": ("文件其实是文本，已按文本读取", ""),
}
ENGLISH: Mapping[str, tuple[str, str]] = {
    IN_ENGLISH: ("{found}", "{remedy}"),
    # cells
    "is_empty": ("is empty", "fill the cell"),
    "too_long": ("has {n} characters", "shorten it to {longest}"),
    "no_whole_number": ("“{text}” is not a whole number from {least} to {most}", "write {least}, {next}, …"),
    "no_number": ("“{text}” is not a number from {least} to {most}", "correct it"),
    "no_years": ("“{text}” is not a number of years", "write years such as 3 or 2.5"),
    "no_half_days": ("“{text}” is not a number of days", "write days from 0 to {most}, half a day as 0.5"),
    "neither_yes_nor_no": ("“{text}” is neither 是 nor 否", "write 是 or 否"),
    "not_offered": ("“{text}” is not understood", "write one of {labels}"),
    "not_listed": ("“{text}” is not in {standard}", "write a name of {standard}, or leave it empty"),
    "not_in_list": ("“{text}” is not in the code list of this column", "use a name of that list"),
    "no_date": ("“{text}” is not a date", "write it as 1985.03 or 1985-03-12"),
    "no_day": ("“{text}” names no day", "write the day too, such as 1985-03-12"),
    "no_term": ("“{text}” is not a term", "write it as 2025.03—2027.02, or as two columns"),
    "no_such_day": ("“{text}” is a day the calendar does not have", "correct the day"),
    "no_such_month": ("“{text}” has month {month}", "write a month from 01 to 12"),
    "lost_zero": ("“{text}” may be January or October", "write {year}.01 or {year}.10"),
    "year_out_of_range": (
        "“{text}” lies outside the years {first}–{last}",
        "write the year with four digits",
    ),
    # numbers and names
    "old_identity_number": ("is an old number of 15 digits", "fill in the number of 18 digits"),
    "odd_identity_number": (
        "an identity number has 18 digits; this has {n}, or other characters",
        "compare with the identity card",
    ),
    "rounded_identity_number": (
        "ends in 000 with a wrong check digit; a spreadsheet may have made it a number",
        "set the column to text and type the numbers again",
    ),
    "wrong_identity_check": ("the check digit is wrong", "compare digit by digit with the identity card"),
    "no_birth_in_identity": (
        "the birth {digits} in the identity number does not exist",
        "compare digits 7 to 14 with the identity card",
    ),
    "odd_credit_code": (
        "a credit code has 18 digits or capitals (without I, O, S, V, Z)",
        "compare with the certificate",
    ),
    "wrong_credit_check": (
        "the check character is wrong",
        "compare with the certificate character by character",
    ),
    "private_sign": (
        "character {position} is a private one (U+{sign}) that other computers cannot show",
        "use a character of the national standard, or one of the same sound with a remark",
    ),
    # cells of a sheet
    "lost_digits": (
        "“{text}” was kept as a number and has lost its last digits",
        "format the column as text and type the numbers again",
    ),
    "days_from_1904": (
        "is a plain number in a workbook that counts its days from 1904",
        "format the cell as a date, or as text",
    ),
    "error_cell": ("holds the error {shown}", "correct the formula, or type the value itself"),
    "no_stored_value": (
        "holds a formula without a stored value",
        "open the file in Excel or WPS and save it there, or type the value itself",
    ),
    "damaged_sign": (
        "the character at place {place} ({sign}) is private or damaged",
        "type the character again",
    ),
    "hidden_by_merge": (
        "holds “{text}” below merged cells that show “{shown}”",
        "unmerge the cells and clear one of the texts",
    ),
    # columns and rows
    "column_missing": ("the column is missing", "add a column “{names}” to the header"),
    "column_twice": ("the column stands twice", "rename or delete one of them"),
    "column_means_same": ("means the same as another column", "keep one of them"),
    "column_nameless": ("has texts but no name", "name the column"),
    "too_many_columns": ("has {n} columns", "keep at most {most}"),
    "column_name_too_long": (
        "has a column name of more than {most} characters",
        "shorten the name of the column",
    ),
    "too_many_cells": (
        "has {n} cells, the header has {width}",
        "put texts with commas in quotes, write decimals with a point",
    ),
    "too_many_rows": ("has more than {most:,} rows", "split the file"),
    "no_rows": ("has no rows below the header", "add at least one row"),
    "stands_already": (
        "“{text}” already occurs in line {line}",
        "keep one of the two rows, or number them apart",
    ),
    "no_such_field": ("“{asked}” is no field that is read here", "choose among: {names}"),
    "overlapping_merges": ("has merged cells that overlap", "unmerge them"),
    # whole files
    "file_empty": ("is empty", "put the column names in the first row and data below"),
    "ending_not_read": ("files ending in {ending} are not read", "save it as .xlsx or .csv"),
    "no_workbook": ("is not an Excel workbook", "save it as .xlsx"),
    "password": ("is protected by a password", "save it without a password"),
    "opaque_workbook": (
        "is an .ods or .xlsb workbook, of which hidden rows and faulty cells cannot be seen",
        "save it as .xlsx",
    ),
    "web_page": ("is a web page or XML and no workbook", "open it in Excel or WPS and save it as .xlsx"),
    "no_csv": ("is not CSV ({reason})", "open it in a spreadsheet and save it as CSV again"),
    "unmarked_utf16": ("seems to be UTF-16 without its mark", "save it as UTF-8 CSV"),
    "unknown_encoding": ("is neither UTF-8 nor GB18030 text", "save it as UTF-8 CSV"),
    "several_sheets": (
        "has several sheets to choose from, with their filled rows: {sheets}",
        "name the sheet, or delete the others",
    ),
    "no_such_sheet": ("has no filled sheet “{sheet}”", "sheets found: {names}"),
    "too_costly": (
        "needs more memory or time to read than is allowed",
        "copy the filled rows into a new file, or split the file",
    ),
    "reader_stopped": (
        "cannot be read: the reader stopped",
        "copy the filled rows into a new file, or split the file",
    ),
    # what was done, which asks for nothing
    "no_data_row": ("is no row of the table and was not read: {words}", ""),
    "two_header_rows": ("rows {first} and {last} together hold the column names", ""),
    "merged_cells_read": ("merged cells were read in every row and column they cover: {names}", ""),
    "hidden_rows_read": ("hidden rows were read too: {names}", ""),
    "hidden_columns_read": ("hidden columns were read too: {names}", ""),
    "columns_not_needed": ("columns that are not needed were left out: {names}", ""),
    "columns_ignored": ("columns were left out by choice: {names}", ""),
    "columns_not_there": ("columns that were chosen are not there: {names}", ""),
    "column_read_as": ("“{header}” was read as “{name}”", ""),
    "sheet_read": ("the sheet “{sheet}” was read", ""),
    "sheet_not_read": ("the sheet “{sheet}” was not read ({n} filled rows)", ""),
    "tabs_between": ("was read with tabs between its cells", ""),
    "semicolons_between": ("was read with semicolons between its cells", ""),
    "sign_between": ("was read with “{sign}” between its cells", ""),
    "nul_behind": ("ended in {n} NUL characters, which were left out", ""),
    "workbook_not_text": ("is a workbook and no text, and was read as a workbook", ""),
    "text_not_workbook": ("is text and no workbook, and was read as text", ""),
}
SENTENCES: Mapping[Language, Mapping[str, tuple[str, str]]] = {"zh": CHINESE, "en": ENGLISH}


class Said(NamedTuple):
    """A fault in one language: what was found, and what to do ("" where nothing is)."""

    found: str
    remedy: str


@dataclass(frozen=True)
class Fault:
    """Why something cannot be used as it is; a value may be a fault itself, and brings its remedy."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: Language, translate: Callable[[str], str] = str) -> Said:
        """What was found, and what to do; `translate` knows the sentences that are not in the lists above."""
        values: dict[str, object] = {}
        for name, value in self.values.items():
            if isinstance(value, Fault):
                values[name], values[f"{name}_remedy"] = value.said(language, translate)
            else:
                values[name] = value
        if self.code == IN_CHINESE:
            found, remedy = (translate(text) if text else "" for text in self._own)
        else:
            found, remedy = SENTENCES[language][self.code]
        return Said(found.format(**values), remedy.format(**values))

    @property
    def _own(self) -> tuple[str, str]:
        return str(self.values["found"]), str(self.values["remedy"])

    @property
    def found(self) -> str:
        """What was found, for the command line."""
        return self.said("en").found

    @property
    def remedy(self) -> str:
        """What to do, for the command line."""
        return self.said("en").remedy

    def as_json(self) -> dict[str, Any]:
        """The fault to be kept or sent."""
        values = {
            name: value.as_json() if isinstance(value, Fault) else value
            for name, value in self.values.items()
        }
        return {"code": self.code, "values": values}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        """The fault that was kept or sent."""
        values = {
            name: cls.of_json(value) if isinstance(value, dict) else value
            for name, value in kept["values"].items()
        }
        return cls(kept["code"], values)


def in_english(found: str, remedy: str) -> Fault:
    """A fault that only the command line tells, in words of its own."""
    return Fault(IN_ENGLISH, {"found": found, "remedy": remedy})


def in_chinese(found: str, remedy: str = "", **values: object) -> Fault:
    """A fault in patterns of a room that has a catalogue, whose values stand in braces."""
    return Fault(IN_CHINESE, {"found": found, "remedy": remedy, **values})


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue, in modules that know no Django."""
    return text


class CellError(ValueError):
    """A cell that does not hold what its column asks for."""

    def __init__(self, fault: Fault | str, **values: object) -> None:
        self.fault = fault if isinstance(fault, Fault) else Fault(fault, values)
        super().__init__("; ".join(self.fault.said("en")))
