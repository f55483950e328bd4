"""The faults of uploaded files in the language of the page, now or when they were kept with the rows of an import."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, gettext

from secondment.common.import_report import Refusal
from secondment.files.faults import Fault, Said, gettext_noop, in_chinese
from secondment.files.problems import Problem
from secondment.files.sheet_table import missing_column
from secondment.files.table import Table


def told(fault: Fault) -> Said:
    """A fault in the language of the page."""
    return fault.said("en" if get_language() == "en" else "zh", gettext)


def told_whole(fault: Fault) -> str:
    """The same as one sentence."""
    return gettext("%(found)s，%(remedy)s。") % told(fault)._asdict()


def kept(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept."""
    return {"line": problem.line, "column": problem.column, **problem.fault.as_json()}


def told_again(one: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept, with its words; older versions kept the words themselves."""
    return {**one, **told(Fault.of_json(one))._asdict()} if "code" in one else dict(one)


def notes_of(table: Table) -> list[dict[str, Any]]:
    """What was done with the file and what of it was not read, as it is kept."""
    return [kept(note) for note in sorted(table.notes, key=lambda one: one.line)]


def refusal_of(problem: Problem) -> Refusal:
    """A problem for the report of a dry run; the file is named where the fault is of the whole."""
    place = problem.column or ("" if problem.line else problem.file)
    return Refusal(problem.line, place, *told(problem.fault))


def refusals_of(problems: Sequence[Problem]) -> list[Refusal]:
    """Problems for the report of a dry run."""
    return [refusal_of(one) for one in problems]


def faults_of_table(table: Table) -> list[Problem]:
    """Faulty cells, and questions that nobody has answered: nothing of the file may be written."""
    unknown = [header for header, _texts in table.questions.columns]
    remedy = gettext_noop("请选择它对应哪一列，或忽略它")
    several = in_chinese("有几张可以导入的工作表", "请选择要导入的一张")
    return [
        *(
            Problem(
                table.file, table.header_line, one, in_chinese("不认识的列“{header}”", remedy, header=one)
            )
            for one in unknown
        ),
        *([Problem(table.file, 0, "", several)] if table.questions.sheets else []),
        *(fault for row in table.rows for fault in row.faults),
    ]


def missing_columns(table: Table, required: Sequence[Sequence[str]]) -> list[Problem]:
    """Necessary columns of which no spelling is there."""
    return [
        missing_column(table.file, table.header_line, names[0])
        for names in required
        if not table.questions.sheets and not set(names) & set(table.columns)
    ]
