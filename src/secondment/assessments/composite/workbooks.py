"""The workbook of quantitative indicators (量化指标汇总表): a row a person and indicator, with what is proposed."""

from collections.abc import Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from secondment.assessments.composite.models import QuantityMark
from secondment.assessments.composite.proposals import Proposal, proposals_for
from secondment.assessments.composite.queries import marks_of
from secondment.assessments.composite.standards import schemes_of
from secondment.assessments.composite.words import plain_number
from secondment.assessments.models import Evaluation
from secondment.files.columns.quantity import ASKED, KEY, QUANTITY
from secondment.files.writing import Workbook
from secondment.standards.models import Indicator

SALT = "secondment.assessments.quantities"
SIGNED = 16
TITLE = "量化指标汇总表"
NOTES = (
    "只填底色为浅黄的格；其他各格由系统填好并锁定。",
    "“系统建议值”据任务书和请假台账得出，供核对；实际值由填表人核对后填写，不会自动采用。",
    "没有取得的指标留空，不要填 0：空白的不计分，其余指标的权重按比例提高，结果中注明。",
    "空白的格不改动原有内容；要撤回已填的值，请在网页上清空。",
)


def row_key(evaluation: int, indicator: str) -> str:
    """What identifies a row: evaluation and indicator, and a seal over them."""
    plain = f"Q{evaluation}.{indicator}"
    return f"{plain}.{_seal(plain)}"


def read_key(key: str) -> tuple[int, str] | None:
    """Evaluation and indicator of a key; None for one that this system never wrote."""
    plain, _dot, seal = key.rpartition(".")
    if not plain or not constant_time_compare(seal, _seal(plain)):
        return None
    evaluation, _dot, indicator = plain.removeprefix("Q").partition(".")
    return int(evaluation), indicator


def quantity_workbook(evaluations: Sequence[Evaluation]) -> bytes:
    """The bytes of the workbook; importing it unchanged changes nothing."""
    schemes = schemes_of(evaluations)
    marks, proposals = marks_of(evaluations), proposals_for(evaluations, schemes)
    book = Workbook()
    sheet = book.sheet(TITLE, frozen=(1, 2))
    every = list(QUANTITY)
    asked = {one.key for one in ASKED}
    sheet.set_widths([one.width for one in every])
    sheet.head([one.title for one in every], [one.title for one in ASKED])
    rows = [
        (one, indicator)
        for one in evaluations
        if one.pk in schemes
        for indicator in schemes[one.pk].quantitative
    ]
    for line, (one, indicator) in enumerate(rows, start=1):
        key = (one.pk, indicator.code)
        cells = _known(one, indicator, proposals.get(key)) | cells_of(marks.get(key))
        for place, column in enumerate(every):
            sheet.write(line, place, cells[column.key], "input" if column.key in asked else "ruled")
    for place, column in enumerate(every):
        if column.cell.choices:
            sheet.offer(place, max(len(rows), 1), column.cell.choices, is_strict=True)
    sheet.lock(0)
    help_sheet = book.sheet("填写说明", widths=(18, 80))
    help_sheet.head(["栏目", "说明"])
    explained = [[one.title, one.help] for one in every if one is not KEY]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()


def cells_of(mark: QuantityMark | None) -> dict[str, str]:
    """What is kept, as the cells hold it."""
    return {
        "value": plain_number(mark.value) if mark else "",
        "backing": QUANTITY["backing"].cell.write(mark.backing) if mark else "",
        "evidence": mark.evidence if mark else "",
    }


def _known(evaluation: Evaluation, indicator: Indicator, proposal: Proposal | None) -> dict[str, str]:
    placement = evaluation.placement
    words = proposal.words if proposal else ""
    return {
        "key": row_key(evaluation.pk, indicator.code),
        "name": evaluation.person.name,
        "home": placement.home_unit.name,
        "host": placement.host_unit.name,
        "indicator": indicator.title,
        "unit": indicator.unit_of_measure,
        "proposal": words,
    }


def _seal(plain: str) -> str:
    return salted_hmac(SALT, plain).hexdigest()[:SIGNED]
