"""What can be wrong with a cell: a code and its values, said in Chinese or English from one list of sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]
# Code → what was found and what to do.
CHINESE: Mapping[str, tuple[str, str]] = {
    "is_empty": ("没有填写", "这一栏必须填写"),
    "too_long": ("有{n}个字", "请缩短到{longest}个字以内"),
    "no_whole_number": ("“{text}”不在允许的范围内", "请填写{least}至{most}之间的整数"),
    "no_number": ("“{text}”不在允许的范围内", "请填写{least}至{most}之间的数"),
    "no_years": ("“{text}”不是年数", "请填数字，如3或2.5"),
    "neither_yes_nor_no": ("“{text}”不是是或否", "请填写“是”或“否”"),
    "not_offered": ("“{text}”不在可选范围内", "请填写：{labels}"),
    "not_listed": ("“{text}”不在{list}中", "请改为{list}中的名称"),
    "no_date": ("“{text}”不是有效的年月", "请按年月填写，如198503或1985.03"),
    "no_day": ("“{text}”不是完整的日期", "请写成 2027-03-01 这样的年月日"),
    "no_such_day": ("“{text}”这一天不存在", "请改正日期"),
    "no_such_month": ("“{text}”不是有效的年月", "请按年月填写，如198503或1985.03"),
    "lost_zero": ("“{text}”可能是1月，也可能是10月", "请写成{year}.01或{year}.10"),
    "year_out_of_range": ("“{text}”不在{first}—{last}年之内", "年份请写四位数字"),
}
ENGLISH: Mapping[str, tuple[str, str]] = {
    "is_empty": ("is empty", "fill the cell"),
    "too_long": ("has {n} characters", "shorten it to {longest}"),
    "no_whole_number": ("“{text}” is not a whole number from {least} to {most}", "write {least}, {next}, …"),
    "no_number": ("“{text}” is not a number from {least} to {most}", "correct it"),
    "no_years": ("“{text}” is not a number of years", "write years such as 3 or 2.5"),
    "neither_yes_nor_no": ("“{text}” is neither 是 nor 否", "write 是 or 否"),
    "not_offered": ("“{text}” is not understood", "write one of {labels}"),
    "not_listed": ("“{text}” is not in {standard}", "write a name of {standard}, or leave it empty"),
    "no_date": ("“{text}” is not a date", "write it as 1985.03 or 1985-03-12"),
    "no_day": ("“{text}” names no day", "write the day too, such as 1985-03-12"),
    "no_such_day": ("“{text}” is a day the calendar does not have", "correct the day"),
    "no_such_month": ("“{text}” has month {month}", "write a month from 01 to 12"),
    "lost_zero": ("“{text}” may be January or October", "write {year}.01 or {year}.10"),
    "year_out_of_range": (
        "“{text}” lies outside the years {first}–{last}",
        "write the year with four digits",
    ),
}
SENTENCES: Mapping[Language, Mapping[str, tuple[str, str]]] = {"zh": CHINESE, "en": ENGLISH}


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot be used."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: Language) -> tuple[str, str]:
        """What was found, and what to do."""
        found, remedy = SENTENCES[language][self.code]
        return found.format(**self.values), remedy.format(**self.values)

    @property
    def found(self) -> str:
        """What was found, for the command line."""
        return self.said("en")[0]

    @property
    def remedy(self) -> str:
        """What to do, for the command line."""
        return self.said("en")[1]


class CellError(ValueError):
    """A cell that does not hold what its column asks for."""

    def __init__(self, code: str, **values: object) -> None:
        self.fault = Fault(code, values)
        super().__init__("; ".join(self.fault.said("en")))
