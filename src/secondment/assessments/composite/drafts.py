"""What is wrong with a value or a statement, on the page, in a workbook and in the service."""

from collections.abc import Iterator
from decimal import Decimal

from secondment.assessments.composite.choices import Backing
from secondment.assessments.composite.words import plain_number
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.standards.models import Indicator
from secondment.standards.sources import Source

PERCENT = "%"


def is_presence_share(indicator: Indicator) -> bool:
    """Whether it counts days in post as a share of those that were due."""
    return indicator.source == Source.PRESENCE and indicator.unit_of_measure == PERCENT


def faults_of_value(
    indicator: Indicator, value: Decimal | None, backing: str, evidence: str
) -> Iterator[tuple[str, Fault]]:
    """(Field, fault); nothing is wrong with a row that is empty."""
    if value is None:
        if backing or evidence:
            remedy = gettext_noop("请填写实际值，或清空核实程度和依据")
            yield "value", in_chinese(gettext_noop("没有填写实际值"), remedy)
        return
    if value < 0:
        yield "value", in_chinese(gettext_noop("实际值小于 0"), gettext_noop("请核对实际值"))
    if value > 100 and is_presence_share(indicator):
        found = gettext_noop("在岗比例为 {value}%，超过 100%")
        remedy = gettext_noop("在岗天数不会多于应在岗天数，请核对实际值，或采用请假台账的建议值")
        yield "value", in_chinese(found, remedy, value=plain_number(value))
    if backing not in Backing.values:
        yield "backing", in_chinese(gettext_noop("没有选择核实程度"), gettext_noop("请选择"))
    elif backing != Backing.DECLARED and not evidence:
        remedy = gettext_noop("请填写材料名称或文号；没有材料的，核实程度选“仅有申报”")
        yield "evidence", in_chinese(gettext_noop("没有填写依据"), remedy)


def faults_of_statement(is_adverse: bool | None, basis: str) -> Iterator[tuple[str, Fault]]:  # noqa: FBT001 -- three answers
    """(Field, fault)."""
    if is_adverse and not basis:
        remedy = gettext_noop("请写明何时由哪个单位作出结论和文号")
        yield "basis", in_chinese(gettext_noop("认定不利情形没有写依据"), remedy)
    if is_adverse is None and basis:
        remedy = gettext_noop("请选择认定结果，或清空依据")
        yield "is_adverse", in_chinese(gettext_noop("写了依据，没有选择认定结果"), remedy)
