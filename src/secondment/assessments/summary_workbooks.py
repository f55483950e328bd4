"""The workbook of summaries of an office (个人总结汇总表): a row for each text that is asked for and may still be written."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from secondment.accounts.models import User
from secondment.assessments.models import Summary
from secondment.assessments.rules import may_write_summary
from secondment.assessments.writing import Asked, asked_of
from secondment.files.columns.summary import KEY, SUMMARY, TEXT
from secondment.files.writing import Workbook
from secondment.placements.models import Placement

SALT = "secondment.assessments.summaries"
SIGNED = 16
TITLE = "个人总结汇总表"
NOTES = (
    "只填底色为浅黄的格；其他各格由系统填好并锁定。",
    "由没有账号的挂职干部本人填写，或者由单位据本人交来的文字录入；本人已经在系统中填写的，不在表中。",
    "填好后交组织部门导入，或由本单位在网页上导入；同一份表再次导入不会重复。没有写好的行空着。",
)


def row_key(asked: Asked) -> str:
    """What identifies a row: placement and year, and a seal over them."""
    plain = f"Y{asked.placement.pk}.{asked.year}"
    return f"{plain}.{_seal(plain)}"


def read_key(key: str) -> tuple[int, int] | None:
    """Placement and year of a key; None for one that this system never wrote."""
    plain, _dot, seal = key.rpartition(".")
    if not plain or not constant_time_compare(seal, _seal(plain)):
        return None
    placement, _dot, year = plain.removeprefix("Y").partition(".")
    return int(placement), int(year)


def written_about(placements: Iterable[Placement]) -> dict[tuple[int, int], Summary]:
    """(Placement, year) → what was written."""
    rows = Summary.objects.filter(placement__in=[one.pk for one in placements])
    return {(one.placement_id, one.year): one for one in rows}


def open_texts(
    user: User, placements: Sequence[Placement], on: dt.date
) -> Iterator[tuple[Asked, Summary | None]]:
    """What the account may write down now for these people, and what stands there already."""
    written = written_about(placements)
    for placement in placements:
        for asked in asked_of(placement, on):
            before = written.get((placement.pk, asked.year))
            is_open = before is None or before.read_at is None
            if is_open and may_write_summary(user, placement, before):
                yield asked, before


def summary_workbook(texts: Iterable[tuple[Asked, Summary | None]]) -> bytes:
    """The bytes of the workbook; importing it unchanged changes nothing."""
    book = Workbook()
    sheet = book.sheet(TITLE, frozen=(1, 2))
    every = list(SUMMARY)
    sheet.set_widths([one.width for one in every])
    sheet.head([one.title for one in every], [TEXT.title])
    for line, (asked, before) in enumerate(texts, start=1):
        cells = cells_of(asked, before)
        for place, column in enumerate(every):
            sheet.write(line, place, cells[column.key], "input" if column is TEXT else "ruled")
    sheet.lock(0)
    help_sheet = book.sheet("填写说明", widths=(18, 80))
    help_sheet.head(["栏目", "说明"])
    explained = [[one.title, one.help] for one in every if one is not KEY]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()


def cells_of(asked: Asked, before: Summary | None) -> dict[str, str]:
    """What is known of a text, as the cells hold it."""
    placement = asked.placement
    return {
        "key": row_key(asked),
        "name": placement.person.name,
        "home": placement.home_unit.name,
        "host": placement.host_unit.name,
        "year": f"{asked.year}",
        "kind": str(asked.kind.label),
        "text": before.text if before else "",
    }


def _seal(plain: str) -> str:
    return salted_hmac(SALT, plain).hexdigest()[:SIGNED]
