"""What is wrong with a value or a statement, on the page, in a workbook and in the service."""

from collections.abc import Iterator
from decimal import Decimal

from secondment.assessments.composite.choices import Backing
from secondment.files.faults import Fault, gettext_noop, in_chinese


def faults_of_value(value: Decimal | None, backing: str, evidence: str) -> Iterator[tuple[str, Fault]]:
    """(Field, fault); nothing is wrong with a row that is empty."""
    if value is None:
        if backing or evidence:
            remedy = gettext_noop("请填写实际值，或清空核实程度和依据")
            yield "value", in_chinese(gettext_noop("没有填写实际值"), remedy)
        return
    if value < 0:
        yield "value", in_chinese(gettext_noop("实际值小于 0"), gettext_noop("请核对实际值"))
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
