"""The columns of a list of people in post (在挂名册): what offices keep in Excel before they have this system."""

import calendar
import datetime as dt
import re

from secondment.files.codes.placements import APPOINTMENTS, DESTINATIONS, PURPOSES, WORK_MODES
from secondment.files.codes.sex import SEX
from secondment.files.columns.cells import DAY, DAY_OR_MONTH, YES_OR_NO, Cell, one_of, text
from secondment.files.columns.column import Column, Columns
from secondment.files.dates import DateFault, Month, parse_day_or_month
from secondment.files.faults import CellError

EXTERNAL = "外部"
"""Stands for the parent of a home unit that no unit of ours is above."""
_BETWEEN = re.compile(r"\s*(?:至|到|—{1,2}|–|~|～|-{1,2})\s*")
_SPLIT_AT = re.compile(r"(?<=[\d月日])" + _BETWEEN.pattern + r"(?=\d{4})")


def first_of(cell: str) -> dt.date:
    """A day; a month stands for its first day."""
    parsed = _parsed(cell)
    return dt.date(parsed.year, parsed.month, 1) if isinstance(parsed, Month) else parsed


def last_of(cell: str) -> dt.date:
    """A day; a month stands for its last day."""
    parsed = _parsed(cell)
    if isinstance(parsed, Month):
        return dt.date(parsed.year, parsed.month, calendar.monthrange(parsed.year, parsed.month)[1])
    return parsed


def term_of(cell: str) -> tuple[dt.date, dt.date]:
    """First and last day of a term in one cell, such as 2025.03—2027.02."""
    parts = _SPLIT_AT.split(cell.strip(), maxsplit=1)
    if len(parts) != 2:
        raise CellError("no_term", text=cell)
    return first_of(parts[0]), last_of(parts[1])


def _parsed(cell: str) -> dt.date | Month:
    parsed = parse_day_or_month(cell)
    if isinstance(parsed, DateFault):
        raise CellError(parsed.code, **parsed.values)
    return parsed


FIRST_DAY, LAST_DAY, TERM = Cell(first_of, DAY.write), Cell(last_of, DAY.write), Cell(term_of)
_MONTH_HELP = "写年月日；只写年月的，{}。"
PLACEMENT = Columns(
    Column("name", "姓名", ("干部姓名", "挂职干部", "挂职干部姓名"), text(40), "示例（请删除此行）", "姓名中间不要加空格。",
           is_required=True, width=12),
    Column("identity_number", "身份证号", ("身份证号码", "公民身份号码", "身份证"), text(), "990000198503120019",
           "18位，加密保存；同一派出单位有同名人员的，身份证号与出生年月须填一项。", width=22),
    Column("sex", "性别", (), one_of(SEX, {"1", "2"}), "男", "填了身份证号可不填。", width=8),
    Column("born", "出生年月", ("出生日期", "出生时间"), DAY_OR_MONTH, "1985.03", "填了身份证号可不填。"),
    Column("phone", "联系电话", ("手机", "手机号", "手机号码", "电话", "联系方式"), text(30), "000-00000000"),
    Column("home", "派出单位", ("原单位", "原工作单位", "所在单位", "派员单位", "工作单位"), text(), "示例市财政局",
           "单位目录中的全称；有重名时写“上级单位/单位名称”。", is_required=True, width=24),
    Column("home_parent", "派出单位上级", ("派出单位所属",), text(), "",
           "外省、中央单位、企业等派来的写“外部”，单位目录中没有的，导入时新建外部单位；其他的可不填。", width=20),
    Column("host", "接收单位", ("挂职单位", "挂任单位", "驻村", "挂职村", "派驻村", "接收挂职单位"), text(), "示例县示例镇示例村",
           "单位目录中没有的，导入时新建。", is_required=True, width=24),
    Column("host_parent", "接收单位上级", ("接收单位所属", "所属乡镇", "所在乡镇", "挂职乡镇"), text(), "示例县/示例镇",
           "新建接收单位时写它的上级；不填的，建为外部单位。", width=20),
    Column("title", "挂任职务", ("挂职职务", "挂职岗位", "担任职务", "拟任职务"), text(80), "驻村第一书记", is_required=True, width=18),
    Column("programme", "挂职项目", ("项目", "挂职类别", "挂职类型", "选派项目"), text(), "第一书记",
           "系统中的项目名称。", is_required=True, width=16),
    Column("starts_on", "挂职开始", ("起", "开始时间", "挂职开始时间", "开始日期", "到岗时间", "起始时间"), FIRST_DAY,
           "2025-03-01", _MONTH_HELP.format("算该月第一天"), width=14),
    Column("last_day", "挂职结束", ("止", "结束时间", "挂职结束时间", "结束日期", "期满时间", "终止时间"), LAST_DAY,
           "2027-02-28", "挂职的最后一天。" + _MONTH_HELP.format("算该月最后一天"), width=14),
    Column("term", "挂职时间", ("挂职期限", "起止时间", "挂职起止时间", "任职时间"), TERM, "",
           "起止写在一格的填这里，例如2025.03—2027.02；与挂职开始、挂职结束填一种。", width=20),
    Column("decision_number", "文号", ("决定文号", "派任文号", "任职文号"), text(60), "示组发〔2025〕3号", width=18),
    Column("reported_on", "报到日期", ("报到时间",), DAY, "2025-03-05", width=12),
    Column("duties", "分工", ("工作分工", "分管工作"), text(500), "协助抓党建、产业发展", width=28),
    Column("contact_leader", "联系领导", ("分管领导",), text(40), "示例领导", width=12),
    Column("mentor", "带教导师", ("导师",), text(40), "", width=12),
    Column("work_mode", "脱产方式", (), one_of(WORK_MODES, WORK_MODES.codes), "全脱产", "不填的按全脱产。", width=10),
    Column("purpose", "培养目的", (), one_of(PURPOSES, PURPOSES.codes), "缺基层经历", width=14),
    Column("party_branch", "组织关系所在支部", ("所在支部", "党支部"), text(80), "", width=20),
    Column("party_out_on", "组织关系转出日期", ("转出日期",), DAY, "2025-03-03", width=16),
    Column("party_out_number", "组织关系介绍信编号", ("介绍信编号", "介绍信号"), text(60), "", width=18),
    Column("party_in_on", "组织关系转入日期", ("转入日期",), DAY, "2025-03-10", width=16),
    Column("party_back_on", "组织关系转回日期", ("转回日期",), DAY, "", width=16),
    Column("appointment_kind", "任命方式", (), one_of(APPOINTMENTS, APPOINTMENTS.codes), "",
           "须经法定程序任免的填写。", width=12),
    Column("appointment_number", "任命文号", (), text(60), "", width=18),
    Column("appointment_on", "任命日期", ("任命时间",), DAY, "", width=12),
    Column("removal_number", "免职文号", (), text(60), "", width=18),
    Column("removal_on", "免职日期", ("免职时间",), DAY, "", width=12),
    Column("lapses_at_end", "期满自然免除", (), YES_OR_NO, "", "填“是”的，不填免职文号和日期。", width=14),
    Column("insurance_number", "保险单号", (), text(60), "", width=16),
    Column("ended_on", "实际止", ("实际结束时间", "实际结束日期", "离岗时间"), LAST_DAY, "",
           "已经结束的必填：实际的最后一天。", width=14),
    Column("destination", "去向", (), one_of(DESTINATIONS, DESTINATIONS.codes), "", "已经结束的填写。", width=14),
)  # fmt: skip
KEYS = tuple(column.key for column in PLACEMENT)
REQUIRED = tuple(column.key for column in PLACEMENT if column.is_required)
EXAMPLE_NAME = PLACEMENT["name"].example
