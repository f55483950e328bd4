"""An analysis of the database in the form that `secondment structure` writes: the same writers, the same words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from secondment.algorithms.structure.analysis import Analysis
from secondment.algorithms.structure.comparison import compare, compare_crosses
from secondment.workforce.forms import CrossForm
from secondment.workforce.measures import MEASURES
from secondment.workforce.scopes import Scope
from secondment.workforce.view_models import Reference

if TYPE_CHECKING:
    from secondment.files.structure.report import StructureReport

ENDINGS = ("xlsx", "docx")


def written(scope: Scope, reference: Reference | None, asked: Mapping[str, str], ending: str) -> bytes:
    """The file: every dimension, the cross asked for, both compared with the reference if there is one."""
    report = report_of(scope, reference, _crossed(asked))
    if ending == "docx":
        from secondment.files.structure.docx import report_docx  # loads the library of Word

        return report_docx(report)
    from secondment.files.structure.xlsx import report_xlsx

    return report_xlsx(report)


def report_of(scope: Scope, reference: Reference | None, keys: list[str]) -> "StructureReport":
    """The analysis of a scope; files are in Chinese whatever the language of the page."""
    from secondment.files.structure.report import (
        StructureReport,  # knows rosters, and with them the engine that reads files
    )

    distributions = tuple(scope.counted.distribution(key) for key in MEASURES)
    crosses = tuple([scope.counted.crossed(keys)] if keys else [])
    other = reference and (
        reference.scope.counted_everyone if reference.is_everyone else reference.scope.counted
    )
    words = "，".join(f"{label}：{value}" for label, value in scope.words) or "全部人员"
    return StructureReport(
        f"干部队伍结构分析（截至{scope.on.year}年{scope.on.month}月{scope.on.day}日）（{words}）",
        Analysis(scope.on, scope.counted.n_people, scope.counted.mean_age, distributions, crosses, None),
        tuple(compare(other.distribution(one.dimension.key), one) for one in distributions) if other else (),
        (),
        (),
        reference.words if reference else "",
        tuple(compare_crosses(other.crossed(keys), one) for one in crosses) if other else (),
    )


def _crossed(asked: Mapping[str, str]) -> list[str]:
    form = CrossForm(asked)
    return form.keys if "rows" in asked and form.is_valid() else []
