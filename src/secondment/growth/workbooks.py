"""The workbook of reviews of abilities (能力评议表): as many rows a nominee as raters are asked for at least."""

from collections.abc import Iterable, Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from secondment.campaigns.models import Nomination
from secondment.files.columns.abilities import KEY, KNOWN, LEVELS, REVIEWS
from secondment.files.writing import Workbook
from secondment.growth.parameters import least_raters
from secondment.growth.scale import Scale

SALT = "secondment.growth.workbooks"
SIGNED = 16
TITLE = "能力评议表"
NOTES = (
    "只填底色为浅黄的格；其他各格由系统填好并锁定。",
    "一名评议人填一行，由本单位了解被评议人的同志各自评，五项能力都要选档次，不作平均。",
    "每名被评议人的行数是最少的评议人数；需要更多人评议的，请在网页上填写。",
    "结果取各评议人的平均，写入干部信息，用于岗位匹配和挂职前后比较；评议人的各人档次本人看不到。",
    "填好后在网页上导入，或交组织部门导入；同一份表再次导入不会重复。没有评议的被评议人，各行空着。",
)


def row_key(nomination: int) -> str:
    """What identifies the rows of a nominee: the nomination, and a seal over it."""
    return f"A{nomination}.{_seal(f'A{nomination}')}"


def read_key(key: str) -> int | None:
    """The nomination of a key; None for one that this system never wrote."""
    plain, _dot, seal = key.rpartition(".")
    if not plain or not constant_time_compare(seal, _seal(plain)):
        return None
    return int(plain.removeprefix("A"))


def review_workbook(nominations: Iterable[tuple[Nomination, Scale]]) -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    sheet = book.sheet(TITLE, frozen=(1, 2))
    every = list(REVIEWS)
    told = {one.key for one in (KEY, *KNOWN)}
    sheet.set_widths([one.width for one in every])
    sheet.head([one.title for one in every], [one.title for one in every if one.key not in told])
    scales: dict[int | None, Scale] = {}
    line = 0
    for nomination, scale in nominations:
        scales.setdefault(scale.standard.pk if scale.standard else None, scale)
        known = {
            "key": row_key(nomination.pk),
            "name": nomination.person.name,
            "unit": nomination.home_unit.name,
            "campaign": nomination.campaign.name,
        }
        for _number in range(least_raters(nomination.campaign)):
            line += 1
            for place, column in enumerate(every):
                look = "ruled" if column.key in told else "input"
                sheet.write(line, place, known.get(column.key, ""), look)
    _offer_levels(sheet, every, list(scales.values()), line)
    sheet.lock(0)
    _help(book, list(scales.values()))
    return book.content()


def _offer_levels(sheet: object, every: Sequence[object], scales: Sequence[Scale], n_rows: int) -> None:
    """The words of the levels as a drop-down; where two scales meet in one table, clerks type."""
    if len(scales) == 1:
        for place, column in enumerate(every):
            if column in LEVELS:
                sheet.offer(place, max(n_rows, 1), list(reversed(scales[0].names)))  # type: ignore[attr-defined]


def _help(book: Workbook, scales: Sequence[Scale]) -> None:
    page = book.sheet("填写说明", widths=(24, 90))
    page.head(["栏目", "说明"])
    rows = [[one.title, one.help] for one in REVIEWS if one is not KEY]
    anchors = [
        [f"{column.title}（{name}）", words]
        for scale in scales
        for column in LEVELS
        for name, words in zip(scale.names, scale.anchors.get(column.key, ()), strict=False)
    ]
    page.rows([*rows, [], *(["", note] for note in NOTES), [], *anchors], look="wrapped")


def _seal(plain: str) -> str:
    return salted_hmac(SALT, plain).hexdigest()[:SIGNED]
