"""Parameters survive JSON, faults are named, versions differ line by line."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from secondment.algorithms.eligibility import Finding, Result
from secondment.campaigns.eligibility_rules import ELIGIBILITY_RULES, RULES, fact_sentence
from secondment.campaigns.parameter_lines import differences
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import ParametersError, from_json, to_json
from secondment.campaigns.presets import FIRST_SECRETARY, ORDINARY, PRESETS


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.code)
def test_presets_survive_json_and_serve_the_check(preset: Any) -> None:
    assert from_json(to_json(preset.parameters)) == preset.parameters
    assert [one.code for one in preset.parameters.eligibility_rules()] == [
        one.code for one in ELIGIBILITY_RULES
    ]


def test_missing_parameters_take_their_defaults() -> None:
    assert from_json({}) == ProgrammeParameters()
    assert from_json({"cycles": {"contact_days": 60}}).cycles.contact_days == 60


def test_every_rule_of_the_domain_has_a_basis() -> None:
    assert {rule.code.rstrip("abc") for rule in RULES} >= {f"H{number}" for number in range(1, 23)}
    assert all(rule.basis for rule in RULES)
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"colour": 1}, ["colour：该参数不存在，请删除或改正名称"]),
        ({"term_months": 0}, ["term_months：现为“0”，请填 1 到 60 的整数"]),
        ({"term_months": True}, ["term_months：现为“True”，请填 1 到 60 的整数"]),
        ({"directions": []}, ["directions：挂职方向有误，请从下挂、上挂、异地、企事业中至少选一项"]),
        ({"cycles": 3}, ["cycles：不是一组参数，请恢复默认值"]),
        ({"cycles": {"x": 3}}, ["cycles.x：该参数不存在，请删除或改正名称"]),
        ({"burden": {"items": 99}}, ["burden.items：现为“99”，请填 1 到 24 的整数"]),
        ({"rules": []}, ["rules：不是一组规则，请恢复默认值"]),
        ({"rules": {"H99": {}}}, ["rules.H99：该参数不存在，请删除或改正名称"]),
        ({"rules": {"H4": 1}}, ["rules.H4：不是一条规则，请恢复默认值"]),
        (
            {"rules": {"H22": {"mode": "off"}}},
            ["rules.H22.mode：不能设为“off”，请从否决、提示、停用中选择；系统内置规则不能更改"],
        ),
        (
            {"rules": {"H4": {"basis": " "}}},
            ["rules.H4.basis：依据空缺或过长，请写明法律条款或文件名称，不超过200字"],
        ),
        (
            {"rules": {"H1": {"values": {"kinships": []}}}},
            ["rules.H1.values.kinships：现为“[]”，请从所列选项中选择"],
        ),
        (
            {"rules": {"H9b": {"values": {"least_education": "99"}}}},
            ["rules.H9b.values.least_education：现为“99”，请从所列选项中选择"],
        ),
        ({"weights": 1}, ["weights：不是一组权重，请恢复默认值"]),
        ({"weights": {"specialty": 0}}, ["weights：权重全为0，至少一项大于0"]),
        (
            {"leave_levels": []},
            ["leave_levels：请假审批层级有误，天数须由小到大，最后一级不限天数，每级写明审批人"],
        ),
        (
            {"leave_levels": [{"up_to_days": 3, "approver": "甲"}]},
            ["leave_levels：请假审批层级有误，天数须由小到大，最后一级不限天数，每级写明审批人"],
        ),
    ],
)
def test_faults_are_named_with_their_remedy(data: dict[str, Any], expected: list[str]) -> None:
    with pytest.raises(ParametersError) as caught:
        from_json(data)
    assert [str(problem) for problem in caught.value.problems] == expected
    assert str(caught.value) == "\n".join(expected)


def test_missing_values_and_modes_take_the_rule_s_own() -> None:
    rule = from_json({"rules": {"H6": {"values": {"longest_months": 30}}}}).rules["H6"]
    assert (rule.mode, rule.values["longest_months"], rule.values["shortest_months"]) == ("warn", 30, 6)


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (
            Finding("R3", 0, Result.WARN, "R3.title", {"title": "", "least": "412"}),
            "职称级别无，岗位要求副高级及以上",
        ),
        (
            Finding("R2", 0, Result.WARN, "R2.education", {"education": "", "least": "20"}),
            "最高学历未填，岗位要求大学本科及以上",
        ),
        (
            Finding("R4", 0, Result.WARN, "R4.years", {"years": 1.5, "least": 2.0}),
            "基层工作 1.5 年，岗位要求 2 年",
        ),
        (
            Finding("H1", 0, Result.BLOCK, "H1.leads", {"kinship": "spouse"}),
            "有亲属（夫妻）在接收单位任领导职务",
        ),
        (
            Finding("H4", 0, Result.BLOCK, "H4.penalty", {"kind": "demerit", "until": dt.date(2027, 6, 1)}),
            "记过处分影响期至 2027-06-01",
        ),
    ],
)
def test_findings_in_words(finding: Finding, expected: str) -> None:
    assert fact_sentence(finding.fact, finding.values) == expected


def test_differences_say_old_and_new() -> None:
    (change,) = differences(ORDINARY, dataclasses.replace(ORDINARY, public_notification_workdays=7))
    assert (change.label, change.old, change.new) == ("公示（0 为不公示）", "5 个工作日", "7 个工作日")
    assert differences(ORDINARY, ORDINARY) == []
    changed = {change.label for change in differences(ORDINARY, FIRST_SECRETARY)}
    assert {"H6 挂职期限", "H11a 中共正式党员", "请假审批"} <= changed
