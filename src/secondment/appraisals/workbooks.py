"""Workbooks of lists of raters and of signed marks."""

from collections.abc import Iterable, Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from secondment.appraisals.marks import Scale
from secondment.appraisals.models import BallotPaper, Candidate, RosterEntry
from secondment.files.codes.appraisals import RATER_GROUPS
from secondment.files.columns import appraisals as columns
from secondment.files.columns.column import Column
from secondment.files.writing import Workbook
from secondment.units.queries import place_of

SALT = "secondment.appraisals.workbooks"
SIGNED = 16
ROSTER_TITLE, MARK_TITLE = "参评人员名单", "考核组评分表"
EMPTY_ROWS = 3
ROSTER_NOTES = (
    "每行一人；参评单位和评议主体须与系统中的票种一致。",
    "测评对象本人及其亲属不参评；一人在一个单位只列一次。",
    "导入只增加名单上没有的人，已有的不变；要移出的在网页上移出。全部无误才写入，有误的行可另存后更正。",
)
MARK_NOTES = (
    "只填底色为浅黄的“档次”一栏；其他各栏由系统填好并锁定。",
    "档次从 1（最低）起，也可以填档次名称；不了解的填 0；空着的行不变，清除评分请在网页上办理。",
    "由考核组成员本人评分、签名存档，导入时只录入数字。",
)


def roster_workbook(papers: Sequence[BallotPaper], entries: Iterable[RosterEntry]) -> bytes:
    """The lists as they are, with empty rows for each paper that has nobody."""
    on_paper: dict[int, list[RosterEntry]] = {one.pk: [] for one in papers}
    for row in entries:
        on_paper[row.paper_id].append(row)
    book = Workbook()
    sheet = book.sheet(ROSTER_TITLE)
    every = list(columns.ROSTERS)
    sheet.set_widths([one.width for one in every])
    sheet.head([one.title for one in every], [one.title for one in every if one.is_required])
    line = 0
    for paper in papers:
        group = RATER_GROUPS.label_of(paper.group)
        head = (paper.appraisal.name, place_of(paper.unit), group)
        people = [(one.name, one.duty) for one in on_paper[paper.pk]] or [("", "")] * EMPTY_ROWS
        for person in people:
            line += 1
            sheet.rows([[*head, *person]], first=line)
    sheet.offer(2, max(line, 200), [RATER_GROUPS.label_of(one) for one in RATER_GROUPS.codes], is_strict=True)
    _help(book, every, ROSTER_NOTES)
    return book.content()


def mark_key(candidate: int, indicator: str) -> str:
    """What identifies a row: candidate and indicator, and a seal over them."""
    plain = f"{candidate}-{indicator}"
    return f"{plain}.{_seal(plain)}"


def read_mark_key(key: str) -> tuple[int, str] | None:
    """Candidate and indicator of a key; None for one that this system never wrote."""
    plain, _dot, seal = key.rpartition(".")
    if not plain or not constant_time_compare(seal, _seal(plain)):
        return None
    candidate, _dash, indicator = plain.partition("-")
    return int(candidate), indicator


def mark_workbook(
    candidates: Sequence[Candidate],
    scale: Scale,
    team: Sequence[str],
    known: dict[tuple[int, str, str], int | None],
) -> bytes:
    """A row for each candidate, indicator and member, with what was marked already."""
    book = Workbook()
    sheet = book.sheet(MARK_TITLE, frozen=(1, 2))
    every = list(columns.MARKS)
    sheet.set_widths([one.width for one in every])
    sheet.head([one.title for one in every], [columns.LEVEL.title])
    line = 0
    for rater in team:
        for candidate in candidates:
            for indicator in scale.of(candidate).values():
                line += 1
                key = (candidate.pk, indicator.code, rater)
                level = "" if key not in known else 0 if known[key] is None else known[key]
                row = [
                    mark_key(candidate.pk, indicator.code),
                    candidate.placement.person.name,
                    place_of(candidate.placement.host_unit),
                    indicator.title,
                    anchors_text(candidate, indicator.anchors),
                    rater,
                ]
                sheet.rows([row], first=line, look="ruled")
                sheet.write(line, len(row), level, "input")
    sheet.lock(0)
    _help(book, [one for one in every if one is not columns.MARK_KEY], MARK_NOTES)
    return book.content()


def anchors_text(candidate: Candidate, anchors: Sequence[str]) -> str:
    """What each level looks like, the highest first: 4 好：…"""
    levels = list(enumerate(zip(candidate.standard.level_names, anchors, strict=False), 1))
    return "\n".join(f"{level} {name}：{words}" for level, (name, words) in reversed(levels))


def _help(book: Workbook, every: Sequence[Column], notes: Sequence[str]) -> None:
    sheet = book.sheet("填写说明", widths=(18, 80))
    sheet.head(["栏目", "说明"])
    explained = [[one.title, one.explanation] for one in every]
    sheet.rows([*explained, [], *(["", note] for note in notes)], look="wrapped")


def _seal(plain: str) -> str:
    return salted_hmac(SALT, plain).hexdigest()[:SIGNED]
