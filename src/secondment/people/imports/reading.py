"""Read an upload, whatever its kind, into drafts; a fault of the whole file becomes a draft that is refused."""

import re
from collections.abc import Callable
from pathlib import PurePath

from secondment.people.appointment_forms.archives import ArchiveLimits, read_zip
from secondment.people.appointment_forms.lrm import read_lrm
from secondment.people.appointment_forms.lrmx import read_lrmx
from secondment.people.imports.draft import Draft
from secondment.people.imports.form_draft import draft_of
from secondment.people.imports.roster_draft import read_roster
from secondment.tables.problems import BadInputError, Problem

ENDINGS = (".xlsx", ".csv", ".lrmx", ".lrm", ".zip")
LIMITS = ArchiveLimits(entries=20_000, entry_bytes=20_000_000, total_bytes=500_000_000)
REPORT_EVERY = 200
Report = Callable[[int, int], None]
# Files that desktops leave in folders without being asked.
_LEFT_BY_SYSTEMS = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)

# The table reader speaks English, for the command line; these are its faults in the words of a clerk.
_SPOKEN = (
    (r"is empty", "文件是空的", "请在第一行写列名，下面写数据"),
    (r"the column stands twice", "这一列出现了两次", "请改名或删除其中一列"),
    (r"has (\d+) columns", r"有\1列，太多", "请只保留模板中的列"),
    (r"has (\d+) cells, the header has (\d+)", r"有\1格，表头只有\2格", "含逗号的文字请加引号"),
    (r"has more than ([\d,]+) rows", r"超过\1行", "请分成几个文件"),
    (r"is not an Excel workbook", "不是Excel工作簿", "请另存为.xlsx"),
    (r"is not CSV.*", "不是CSV文件", "请用表格软件重新另存为CSV"),
    (r"is neither UTF-8 nor GB18030 text", "文字编码既不是UTF-8也不是GBK", "请另存为UTF-8编码的CSV"),
)


def read_upload(content: bytes, file: str, report: Report) -> list[Draft]:
    """All drafts of a file, in its order; `report` is told how many were read."""
    try:
        return _drafts(content, file, report)
    except BadInputError as error:
        return [_refused(problem) for problem in error.problems]


def _drafts(content: bytes, file: str, report: Report) -> list[Draft]:
    ending = PurePath(file).suffix.lower()
    if ending == ".zip":
        return _archive_drafts(content, file, report)
    if ending == ".lrmx":
        return [draft_of(read_lrmx(content, file), file)]
    if ending == ".lrm":
        return [draft_of(read_lrm(content, None, file), file)]
    drafts: list[Draft] = []
    for draft in read_roster(content, file):
        drafts.append(draft)
        if len(drafts) % REPORT_EVERY == 0:
            report(len(drafts), 0)
    return drafts


def _archive_drafts(content: bytes, file: str, report: Report) -> list[Draft]:
    reading = read_zip(content, file, LIMITS)
    drafts = [_refused(problem) for problem in reading.problems]
    for done, archived in enumerate(reading.forms):
        drafts.append(draft_of(archived.form, archived.path))
        if done % REPORT_EVERY == 0:
            report(done, len(reading.forms))
    drafts += [
        _refused(Problem(path, 0, "", "不是任免表文件", "请从压缩包中删除"))
        for path in reading.ignored
        if not _LEFT_BY_SYSTEMS.search(path)
    ]
    if not drafts:
        drafts = [_refused(Problem(file, 0, "", "压缩包中没有任免表文件", "请放入.lrmx或.lrm文件"))]
    return drafts


def _refused(problem: Problem) -> Draft:
    spoken = _in_chinese(problem)
    source = f"{spoken.file} 第{spoken.line}行" if spoken.line else spoken.file
    return Draft(source=source, label="", problems=[spoken])


def _in_chinese(problem: Problem) -> Problem:
    for pattern, found, remedy in _SPOKEN:
        if match := re.fullmatch(pattern, problem.found):
            return Problem(problem.file, problem.line, problem.column, match.expand(found), remedy)
    return problem
