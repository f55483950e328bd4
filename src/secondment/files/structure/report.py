"""The report of a structure analysis, and its JSON form: every figure with its bounds and rule."""

from dataclasses import dataclass

from secondment.algorithms.structure.analysis import Analysis
from secondment.algorithms.structure.comparison import Comparison, CrossComparison
from secondment.algorithms.structure.counting import CrossTable
from secondment.algorithms.structure.dimensions import NOT_STATED, NOT_STATED_LABEL
from secondment.algorithms.structure.distribution import Distribution
from secondment.algorithms.structure.diversity import FORMULA
from secondment.algorithms.structure.retirement import (
    SOURCE,
    Category,
    Forecast,
    minimum_contribution_months,
)
from secondment.algorithms.structure.targets import Gap
from secondment.files.structure.roster import OtherTexts

CATEGORY_LABELS = {
    Category.MEN_60: "男（原60岁）",
    Category.WOMEN_55: "女（原55岁）",
    Category.WOMEN_50: "女（原50岁）",
}
RETIREMENT_RULE = (
    "按出生年月和性别查表得法定退休年龄；达到法定退休年龄的月份落在哪一年即计入哪一年，不含弹性退休"
)
RETIREMENT_NOTES = (
    "弹性退休：达到最低缴费年限可自愿提前，最多3年且不低于原法定退休年龄；与单位协商一致可延迟，最多3年。本预测均不计入",
    "最低缴费年限：2030年1月1日起由15年每年提高6个月，至2039年达到20年；领取基本养老金须同时达到",
)
SHARE_RULE = "占比的分母为该维度已填人数，不含未填"


@dataclass(frozen=True)
class StructureReport:
    """All that is written out: the analysis, what it was compared with, the gaps and the notes."""

    title: str
    analysis: Analysis
    comparisons: tuple[Comparison, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[OtherTexts, ...]
    compared_with: str = ""
    cross_comparisons: tuple[CrossComparison, ...] = ()
    women: Category = Category.WOMEN_55


def report_json(report: StructureReport) -> dict[str, object]:
    """The report as plain JSON values."""
    analysis = report.analysis
    return {
        "title": report.title,
        "as_of": analysis.as_of.isoformat(),
        "n_people": analysis.n_people,
        "mean_age": analysis.mean_age,
        "rules": {"share": SHARE_RULE, "diversity": FORMULA},
        "notes": [note.english for note in report.notes],
        "distributions": [_distribution(item) for item in analysis.distributions],
        "crosses": [_cross(cross) for cross in analysis.crosses],
        "comparison": _comparisons(report),
        "gaps": [_gap(gap) for gap in report.gaps],
        "retirement": None if analysis.retirement is None else _retirement(analysis.retirement, report.women),
    }


def women_rule(women: Category) -> str:
    """By which original age women are counted, said so that a reader can object."""
    return f"女职工按名册“岗位身份”栏：干部岗位原55周岁，工人岗位原50周岁；未填的按{CATEGORY_LABELS[women]}计"


def gap_labels(gap: Gap, report: StructureReport) -> tuple[str, str]:
    """Chinese labels of a target's dimension and of its buckets joined."""
    dimension = next(
        item.dimension for item in report.analysis.distributions if item.dimension.key == gap.target.dimension
    )
    labels = {bucket.key: bucket.label for bucket in dimension.buckets}
    return dimension.label, "、".join(labels[key] for key in gap.target.buckets)


def _distribution(counted: Distribution) -> dict[str, object]:
    dimension, indices = counted.dimension, counted.diversity
    return {
        "key": dimension.key,
        "label": dimension.label,
        "rule": dimension.rule,
        "several_per_person": counted.has_several_per_person,
        "n_stated": counted.n_stated,
        "n_not_stated": counted.n_not_stated,
        "buckets": [
            {
                "key": bucket.key,
                "label": bucket.label,
                "bounds": bucket.bounds,
                "n_people": n_people,
                "share": counted.share_of(bucket.key),
            }
            for bucket, n_people in zip(dimension.buckets, counted.counts, strict=True)
        ],
        "diversity": {"shannon": indices.shannon, "evenness": indices.evenness, "blau": indices.blau},
    }


def _cross(cross: CrossTable) -> dict[str, object]:
    return {
        "dimensions": [
            {
                "key": dimension.key,
                "label": dimension.label,
                "buckets": [bucket.key for bucket in dimension.buckets] + [NOT_STATED],
                "labels": [bucket.label for bucket in dimension.buckets] + [NOT_STATED_LABEL],
            }
            for dimension in cross.dimensions
        ],
        "counts": cross.counts.tolist(),
    }


def _comparisons(report: StructureReport) -> dict[str, object] | None:
    if not report.comparisons:
        return None
    return {
        "with": report.compared_with,
        "dimensions": [
            {
                "key": item.key,
                "label": item.label,
                "distance": item.distance,
                "buckets": [vars(bucket) for bucket in item.buckets],
            }
            for item in report.comparisons
        ],
        "crosses": [
            {
                "dimensions": list(cross.keys),
                "labels": list(cross.labels),
                "distance": cross.distance,
                "cells": [vars(cell) for cell in cross.cells],
            }
            for cross in report.cross_comparisons
        ],
    }


def _gap(gap: Gap) -> dict[str, object]:
    target = gap.target
    return {
        "dimension": target.dimension,
        "buckets": list(target.buckets),
        "is_share": target.is_share,
        "at_least": None if target.at_least is None else float(target.at_least),
        "at_most": None if target.at_most is None else float(target.at_most),
        "basis": target.basis,
        "n_people": gap.n_people,
        "n_stated": gap.n_stated,
        "n_needed": gap.n_needed,
        "n_surplus": gap.n_surplus,
        "is_met": gap.is_met,
    }


def _retirement(forecast: Forecast, women: Category) -> dict[str, object]:
    return {
        "rule": RETIREMENT_RULE,
        "women_rule": women_rule(women),
        "women_default": women.value,
        "notes": list(RETIREMENT_NOTES),
        "source": SOURCE,
        "n_already_due": forecast.n_already_due,
        "years": [
            {
                "year": year.year,
                "n_people": year.n_people,
                "minimum_contribution_months": minimum_contribution_months(year.year),
                "n_by_category": {category.value: n for category, n in year.n_by_category.items()},
            }
            for year in forecast.years
        ],
        "n_later": forecast.n_later,
        "n_not_stated": forecast.n_not_stated,
    }
