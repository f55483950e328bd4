"""Read an upload, whatever its kind, into drafts; a fault of the whole file becomes a draft that is refused."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from secondment.common.file_faults import faults_of_table, notes_of
from secondment.documents.layouts import Office, table_look
from secondment.files.faults import in_chinese
from secondment.files.headers import Layout
from secondment.files.problems import BadInputError, Problem
from secondment.files.table import Questions
from secondment.people.files.appointment_forms.lrm import NOTE
from secondment.people.files.appointment_forms.uploaded import read_forms_apart
from secondment.people.files.draft import Draft
from secondment.people.files.form_draft import draft_of
from secondment.people.files.roster_columns import free_titles
from secondment.people.files.roster_draft import drafts_of_table, read_roster

FORM_ENDINGS = (".lrmx", ".lrm", ".zip")
REPORT_EVERY = 200
Report = Callable[[int, int], None]
# Files that desktops leave in folders without being asked.
_LEFT_BY_SYSTEMS = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


@dataclass(frozen=True)
class Upload:
    """What a file holds: its drafts, and for a roster how it was read and what there was, or is, to choose."""

    drafts: list[Draft]
    notes: Sequence[Mapping[str, Any]] = ()
    layout: Layout = field(default_factory=Layout)
    questions: Questions = field(default_factory=Questions)
    titles: Sequence[str] = ()  # columns of the template that the file does not have
    look: str = ""
    is_open: bool = False  # something has to be chosen first


def read_upload(content: bytes, file: str, report: Report, office: Office, layout: Layout) -> Upload:
    """All drafts of a file, in its order; `report` is told how many were read."""
    try:
        if PurePath(file).suffix.lower() in FORM_ENDINGS:
            return Upload(_form_drafts(content, file, report))
        return _roster(content, file, report, office, layout)
    except BadInputError as error:
        return Upload([_refused(problem) for problem in error.problems])


def _roster(content: bytes, file: str, report: Report, office: Office, layout: Layout) -> Upload:
    table, used, asked = read_roster(content, file, office, layout)
    told = Upload(
        [],
        notes_of(table),
        used,
        asked.questions,
        free_titles(asked.columns),
        table_look(asked),
        is_open=bool(table.questions),
    )
    if told.is_open:
        return replace(told, drafts=[_refused(problem) for problem in faults_of_table(table)])
    try:
        return replace(told, drafts=list(_counted(drafts_of_table(table), report)))
    except BadInputError as error:
        return replace(told, drafts=[_refused(problem) for problem in error.problems])


def _counted(drafts: Iterator[Draft], report: Report) -> Iterator[Draft]:
    for done, draft in enumerate(drafts, start=1):
        yield draft
        if done % REPORT_EVERY == 0:
            report(done, 0)


def _form_drafts(content: bytes, file: str, report: Report) -> list[Draft]:
    uploaded = read_forms_apart(content, file)
    drafts = [_refused(problem) for problem in uploaded.problems]
    for done, one in enumerate(uploaded.forms):
        drafts.append(draft_of(one.form, one.path, one.photo_fault))
        if done % REPORT_EVERY == 0:
            report(done, len(uploaded.forms))
    drafts += [
        _refused(Problem(path, 0, "", in_chinese("不是任免表文件", "请从压缩包中删除")))
        for path in uploaded.ignored
        if not _LEFT_BY_SYSTEMS.search(path) and PurePath(path).name != NOTE
    ]
    if not drafts:
        fault = in_chinese("压缩包中没有任免表文件", "请放入.lrmx或.lrm文件")
        drafts = [_refused(Problem(file, 0, "", fault))]
    return drafts


def _refused(problem: Problem) -> Draft:
    return Draft(source=problem.file, line=problem.line, label="", problems=[problem])
