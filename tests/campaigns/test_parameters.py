"""Parameters survive JSON, faults are named, versions differ line by line."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from secondment.algorithms.eligibility import Finding, Result
from secondment.campaigns.eligibility_rules import ELIGIBILITY_RULES, RULES, fact_sentence
from secondment.campaigns.parameter_lines import allowance_text, differences, lines_of
from secondment.campaigns.parameters import AllowanceRule, ProgrammeParameters
from secondment.campaigns.parameters_json import ParametersError, from_json, to_json
from secondment.campaigns.presets import FIRST_SECRETARY, ORDINARY, PRESETS

LIVING = {"kind": "living", "unit": "day", "payer": "home", "amount_fen": 10000, "basis": "示例文件"}


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
        ({"allowances": {}}, ["allowances：不是一组补助标准，请恢复默认值"]),
        ({"allowances": [3]}, ["allowances：不是一组补助标准，请恢复默认值"]),
        (
            {
                "allowances": [
                    {"kind": "gold", "unit": "day", "payer": "home", "amount_fen": 1, "basis": "文"}
                ]
            },
            ["allowances.0.kind：现为“gold”，请从所列选项中选择"],
        ),
        (
            {
                "allowances": [
                    {**LIVING, "amount_fen": 1_000_001, "limit": 32, "since": "2026-13", "colour": 1}
                ]
            },
            [
                "allowances.0.colour：该参数不存在，请删除或改正名称",
                "allowances.0.since：现为“2026-13”，请填年月，例如 2026-03",
                "allowances.0.amount_fen：现为“1000001”，请填 0 到 1000000 的整数",
                "allowances.0.limit：现为“32”，请填 0 到 31 的整数",
            ],
        ),
        (
            {"allowances": [{**LIVING, "basis": " "}]},
            ["allowances.0.basis：依据空缺或过长，请写明法律条款或文件名称，不超过200字"],
        ),
        (
            {"allowances": [LIVING, {**LIVING, "since": "2026-03"}, {**LIVING, "since": "2026-03"}]},
            ["allowances.2.since：同一补助从同一个月起有两个标准，请改正起始月份，或删除一个"],
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


def test_allowances_in_words() -> None:
    text = next(one.text for one in lines_of(FIRST_SECRETARY) if one.path == "allowances")
    assert text.startswith("生活补助100.00 元（按天），派出单位承担；依据：")
    assert "交通补助80.00 元（按次），派出单位承担；每月最多 4 次；依据：" in text
    assert "乡镇工作补贴300.00 元（按月），派出单位承担；当月不在岗超过 10 个工作日的停发；依据：" in text
    assert text.count("待确认") == 3
    bounded = AllowanceRule("living", "day", 5050, "owner", "示例文件", 20, "2026-03")
    assert allowance_text(bounded) == (
        "生活补助50.50 元（按天），主办组织部门承担；从 2026-03 起；每月最多 20 天；依据：示例文件"
    )
    assert next(one.text for one in lines_of(ORDINARY) if one.path == "allowances") == "不规定"


def test_differences_say_old_and_new() -> None:
    (change,) = differences(ORDINARY, dataclasses.replace(ORDINARY, public_notification_workdays=7))
    assert (change.label, change.old, change.new) == ("公示（0 为不公示）", "5 个工作日", "7 个工作日")
    assert differences(ORDINARY, ORDINARY) == []
    changed = {change.label for change in differences(ORDINARY, FIRST_SECRETARY)}
    assert {"H6 挂职期限", "H11a 中共正式党员", "请假审批"} <= changed
