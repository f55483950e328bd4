"""What is wrong with the text of a year; the page, the workbook and the service ask here."""

from collections.abc import Iterator

from secondment.assessments.models import Summary
from secondment.assessments.parameters import most_characters
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.placements.models import Placement


def cleaned(text: str) -> str:
    """As it is kept and counted."""
    return text.replace("\r\n", "\n").strip()


def faults_of(placement: Placement, text: str, before: Summary | None) -> Iterator[Fault]:
    """Everything that is wrong with a text about this placement, which takes the place of another."""
    most = most_characters(placement)
    if not text:
        yield in_chinese(gettext_noop("没有填写正文"), gettext_noop("请写明主要工作、不足和打算"))
    if len(text) > most:
        found = gettext_noop("正文有{n}字，超过{most}字")
        yield in_chinese(found, gettext_noop("请精简后再交"), n=len(text), most=most)
    if before is not None and before.read_at is not None and before.text != text:
        found = gettext_noop("{kind}已有单位查阅，不能再改")
        remedy = gettext_noop("请查阅单位先退回更正")
        yield in_chinese(found, remedy, kind=str(before.get_kind_display()))
