"""Read an upload, whatever its kind, into drafts; a fault of the whole file becomes a draft that is refused."""

import re
from collections.abc import Callable
from pathlib import PurePath

from secondment.common.table_faults import spoken
from secondment.people.appointment_forms.uploaded import read_forms_apart
from secondment.people.imports.draft import Draft
from secondment.people.imports.form_draft import draft_of
from secondment.people.imports.roster_draft import read_roster
from secondment.tables.problems import BadInputError, Problem

FORM_ENDINGS = (".lrmx", ".lrm", ".zip")
REPORT_EVERY = 200
Report = Callable[[int, int], None]
# Files that desktops leave in folders without being asked.
_LEFT_BY_SYSTEMS = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


def read_upload(content: bytes, file: str, report: Report) -> list[Draft]:
    """All drafts of a file, in its order; `report` is told how many were read."""
    try:
        return _drafts(content, file, report)
    except BadInputError as error:
        return [_refused(problem) for problem in error.problems]


def _drafts(content: bytes, file: str, report: Report) -> list[Draft]:
    if PurePath(file).suffix.lower() in FORM_ENDINGS:
        return _form_drafts(content, file, report)
    drafts: list[Draft] = []
    for draft in read_roster(content, file):
        drafts.append(draft)
        if len(drafts) % REPORT_EVERY == 0:
            report(len(drafts), 0)
    return drafts


def _form_drafts(content: bytes, file: str, report: Report) -> list[Draft]:
    uploaded = read_forms_apart(content, file)
    drafts = [_refused(problem) for problem in uploaded.problems]
    for done, one in enumerate(uploaded.forms):
        drafts.append(draft_of(one.form, one.path, one.photo_fault))
        if done % REPORT_EVERY == 0:
            report(done, len(uploaded.forms))
    drafts += [
        _refused(Problem(path, 0, "", "不是任免表文件", "请从压缩包中删除"))
        for path in uploaded.ignored
        if not _LEFT_BY_SYSTEMS.search(path)
    ]
    if not drafts:
        drafts = [_refused(Problem(file, 0, "", "压缩包中没有任免表文件", "请放入.lrmx或.lrm文件"))]
    return drafts


def _refused(problem: Problem) -> Draft:
    said = spoken(problem)
    source = f"{said.file} 第{said.line}行" if said.line else said.file
    return Draft(source=source, label="", problems=[said])
