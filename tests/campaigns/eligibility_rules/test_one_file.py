"""A rule is one file: one that stands in the package is set, checked, shown and put in words without another line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from secondment.campaigns.eligibility_rules import (
    ELIGIBILITY_RULES,
    RULES,
    fact_sentence,
    remedy_sentence,
)
from secondment.campaigns.eligibility_rules.rule import Rule, education_text

NEW_RULE = """
from secondment.algorithms.eligibility import Outcome, each_person
from secondment.campaigns.eligibility_rules.rule import Figure, Rule, Sentence


def look(facts, case):
    years, least = facts.grassroots_years, case.figures["least_village_years"]
    return Outcome("years", {"years": years, "least": least}, is_met=years >= least)


RULE = Rule(
    code="H90",
    title="基层年限",
    help="基层工作年限不少于规定年数。",
    basis="本单位规定",
    parameters=(Figure("least_village_years", "最少年数", 3, 0, 20, "年"),),
    check=each_person(look),
    sentences={"years": Sentence("基层工作 %(years)s 年，要求 %(least)s 年", "请另推荐人选。")},
)
"""
# the package is imported with a second directory, as if the file stood beside the others
READER = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
import django
import secondment.campaigns as campaigns

name, home = "secondment.campaigns.eligibility_rules", campaigns.__path__[0] + "/eligibility_rules"
spec = spec_from_file_location(name, home + "/__init__.py", submodule_search_locations=[home, sys.argv[1]])
sys.modules[name] = campaigns.eligibility_rules = module_from_spec(spec)
spec.loader.exec_module(campaigns.eligibility_rules)
django.setup()

import datetime as dt
from secondment.algorithms.eligibility import PersonFacts, Term, check_eligibility
from secondment.campaigns.eligibility_rules import fact_sentence, remedy_sentence
from secondment.campaigns.filters import RULE_CHOICES
from secondment.campaigns.forms.programmes import ProgrammeForm
from secondment.campaigns.parameter_lines import lines_of
from secondment.campaigns.parameters_json import from_json, to_json
from secondment.campaigns.presets import PRESETS

first = from_json(to_json(PRESETS[0].parameters))
term = Term(dt.date(2027, 3, 1), dt.date(2029, 3, 1), dt.date(2026, 11, 23))
people = [PersonFacts(dt.date(1990, 1, 1), grassroots_years=years) for years in (2.5, 3.0)]
for finding in check_eligibility(people, [], term, first.eligibility_rules()):
    if finding.rule == "H90":
        print(finding.result, fact_sentence(finding.fact, finding.values), remedy_sentence(finding.fact))
print(dict(RULE_CHOICES)["H90"])
print(ProgrammeForm(current=first).fields["rules.H90.values.least_village_years"].label)
print(next(f"{line.label} {line.text}" for line in lines_of(first) if line.path == "rules.H90"))
"""


def test_a_new_rule_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "h90_grassroots.py").write_text(NEW_RULE, encoding="utf-8")
    answer = subprocess.run(  # noqa: S603 -- our own interpreter and script
        [sys.executable, "-c", READER, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert answer.stdout.splitlines() == [
        "warn 基层工作 2.5 年，要求 3 年 请另推荐人选。",
        "pass 基层工作 3 年，要求 3 年 请另推荐人选。",
        "H90 基层年限",
        "最少年数（年）",
        "H90 基层年限 提示；最少年数 3 年；依据：本单位规定",
    ]


@pytest.mark.parametrize("rule", ELIGIBILITY_RULES, ids=lambda rule: rule.code)
def test_every_sentence_of_a_rule_can_be_said(rule: Rule) -> None:
    assert rule.check
    assert rule.sentences
    for sentence in rule.sentences.values():
        assert str(sentence.fact)


def test_rules_stand_in_the_order_of_their_numbers() -> None:
    codes = [
        "H1",
        "H2",
        "H3",
        "H3b",
        "H4",
        "H5",
        "H6",
        "H7",
        "H8",
        "H9a",
        "H9b",
        "H10",
        "H11a",
        "H11b",
        "H11c",
        "H12",
        "R1",
        "R2",
        "R3",
        "R4",
        "R5",
    ]
    assert [rule.code for rule in ELIGIBILITY_RULES] == codes
    later = ["H13", "H14", "H15", "H16", "H17", "H18", "H19", "H20", "H21", "H22", "H23", "H24", "H25", "H26"]
    assert [rule.code for rule in RULES] == codes + later


@pytest.mark.parametrize("fact", ["H99.gone", "H1.gone", "H99"])
def test_a_fact_of_a_rule_that_is_no_more_stands_for_itself(fact: str) -> None:
    assert (fact_sentence(fact, {"kinship": "none", "n": 1}), remedy_sentence(fact)) == (fact, "")


def test_only_codes_that_are_text_are_put_in_words() -> None:
    assert fact_sentence("H11c.left_out", {"occupation": "school_teacher"}) == "属于不选派的职业：中小学教师"
    assert fact_sentence("H11b.years", {"years": 1, "least": 2}) == "挂职开始时工作满 1 年，要求 2 年"


@pytest.mark.parametrize(("code", "text"), [("21", "大学本科毕业"), ("77", "77"), ("", "未填")])
def test_a_code_that_nobody_knows_stands_for_itself(code: str, text: str) -> None:
    assert education_text(code) == text
