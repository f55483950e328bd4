"""What nobody reads says 尚未启用, by who reads what and not by a flag."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.campaigns.builders import Scene, make_scene

import secondment
from secondment.campaigns import parameter_readers
from secondment.campaigns.eligibility_rules import RULES
from secondment.campaigns.models import Campaign, ProgrammeVersion
from secondment.campaigns.parameter_lines import lines_of
from secondment.campaigns.parameter_readers import ParameterReader, is_read, is_rule_in_use
from secondment.campaigns.parameters import Burden, Cycles, ProgrammeParameters

SOURCE = Path(secondment.__file__).parent
DECLARED = re.compile(r'^(\w+): ParameterReader\[.*\] = ParameterReader\(\s*"([\w.]+)"', re.MULTILINE)

ASKED_BY_DAILY_WORK = {
    "cycles.presence_day",
    "cycles.host_report_months",
    "cycles.home_notice_months",
    "cycles.report_day",
    "cycles.escalation_days",
    "cycles.logistics_months",
    "cycles.support_days",
    "cycles.urgent_hours",
    "cycles.contact_days",
}
ASKED_BY_TALKS = {
    "cycles.arrival_talk_days",
    "cycles.talk_months",
    "cycles.first_reminder_days",
    "cycles.second_reminder_days",
    "cycles.suggestion_days",
    "cycles.midterm_days",
    "cycles.visit_months",
}
ASKED_BY_ASSESSMENTS = {"burden.characters"}
ASKED_BY_ALLOWANCES = {"cycles.insurance_days", "cycles.check_months"}
ASKED = ASKED_BY_DAILY_WORK | ASKED_BY_TALKS | ASKED_BY_ASSESSMENTS | ASKED_BY_ALLOWANCES


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that a test declares are gone after it."""
    monkeypatch.setattr(parameter_readers, "_READ", set(parameter_readers._READ))


def sources() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py"))}


def test_rules_that_no_room_carries_out_yet_are_not_in_use() -> None:
    unused = [rule.code for rule in RULES if not is_rule_in_use(rule)]
    assert unused == ["H14"]


def test_parameters_that_nobody_reads_are_named() -> None:
    lines = [line.path for line in lines_of(ProgrammeParameters()) if not line.path.startswith("rules.")]
    unread = [path for path in lines if not is_read(path)]
    groups = [path for path in lines if path.startswith(("cycles.", "burden."))]
    expected = [path for path in groups if path not in ASKED]
    assert unread == ["term_months", *expected]
    assert len(groups) == len(fields(Cycles)) + len(fields(Burden))


@pytest.mark.usefixtures("readers")
def test_a_reader_puts_its_parameter_into_use() -> None:
    assert not is_read("cycles.inspections_per_year")
    read: ParameterReader[int] = ParameterReader("cycles.inspections_per_year")
    assert is_read("cycles.inspections_per_year")
    assert not is_read("burden.items")
    version = ProgrammeVersion(parameters={"cycles": {"inspections_per_year": 4}})
    assert read(Campaign(programme_version=version)) == 4
    assert read(Campaign(programme_version=ProgrammeVersion(parameters={"cycles": {}}))) == 1
    ParameterReader("rules.H14")
    assert [rule.code for rule in RULES if not is_rule_in_use(rule)] == []


@pytest.mark.usefixtures("readers")
def test_whoever_reads_the_whole_reads_each_part() -> None:
    ParameterReader("cycles")
    assert is_read("cycles.inspections_per_year")
    assert not is_read("burden.items")


def test_a_reader_of_nothing_is_refused() -> None:
    with pytest.raises(KeyError, match="colour"):
        ParameterReader("colour")


def test_what_a_version_does_not_name_is_as_usual_or_as_the_reader_says() -> None:
    campaign = Campaign(programme_version=ProgrammeVersion(parameters={}))
    assert parameter_readers.most_preferences(campaign) == 5
    assert parameter_readers.directions(campaign) == []
    campaign.programme_version.parameters = {"most_preferences": 3, "directions": ["up"]}
    assert parameter_readers.most_preferences(campaign) == 3
    assert parameter_readers.directions(campaign) == ["up"]


def test_the_page_says_what_is_not_in_use(scene: Scene, signed_in: Any) -> None:
    programme = scene.campaign.programme_version.programme_id
    client = signed_in(scene.owner)
    text = client.get(reverse("campaigns:programme_detail", args=[programme])).content.decode()
    assert row(text, "H14 挂职期间原职务变动").count("尚未启用") == 1
    assert "尚未启用" not in row(text, "H13 派出单位不另派工作")
    assert "尚未启用" not in row(text, "H19 等次由考核主体确定")
    assert "尚未启用" not in row(text, "H4 处分影响期与立案审查")
    assert row(text, "督查，每人每年至少").count("尚未启用") == 1
    assert "尚未启用" not in row(text, "请假审批")
    assert "尚未启用" not in row(text, "每人最多填报志愿")
    assert text.count("尚未启用") == n_unused()
    form = client.get(reverse("campaigns:programme_edit", args=[programme])).content.decode()
    assert form.count("尚未启用") == n_unused()


@pytest.mark.usefixtures("readers")
def test_the_page_follows_the_readers(scene: Scene, signed_in: Any) -> None:
    address = reverse("campaigns:programme_detail", args=[scene.campaign.programme_version.programme_id])
    ParameterReader("rules.H14")
    ParameterReader("term_months")
    text = signed_in(scene.owner).get(address).content.decode()
    assert "尚未启用" not in row(text, "H14 挂职期间原职务变动")
    assert text.count("尚未启用") == n_unused(1 - 1, 1 - 1)


def n_unused(n_rules: int = 1, n_others: int = 1) -> int:
    """Rules, the term, and most cycles and burdens: nothing reads these yet."""
    return n_rules + n_others + len(fields(Cycles)) + len(fields(Burden)) - len(ASKED)


def row(text: str, head: str) -> str:
    """The row of a table in which `head` stands."""
    return next(part for part in text.split("<tr") if head in part)


def test_every_reader_is_called_by_somebody() -> None:
    texts = sources()
    declared = {name: path for path, text in texts.items() for name, _path in DECLARED.findall(text)}
    assert len(declared) == 34 + len(ASKED)  # thresholds of early signs are read as one
    for name in declared:  # by itself, or handed on to be called
        assert any(re.search(rf"\b{name}\(|={name},|[(,:] ?{name}[,) ]", text) for text in texts.values()), (
            name
        )


def test_nobody_reads_a_parameter_past_its_reader() -> None:
    reading = {
        path.relative_to(SOURCE).as_posix()
        for path, text in sources().items()
        if "version.parameters" in text and path.parent.name != "migrations"
    }
    assert reading == {
        "burden/queries.py",  # what a whole version asks in a year
        "burden/view_models.py",
        "campaigns/parameter_readers.py",
        "campaigns/services/campaigns.py",
        "campaigns/services/eligibility.py",
        "campaigns/services/variants.py",
        "campaigns/variant_lines.py",
        "campaigns/views/programmes.py",
        "demo/loader/interim.py",  # switches two rules on
    }


def test_all_readers_are_known_once_the_rooms_have_started() -> None:
    """Which pages were opened before does not matter."""
    script = (
        "import django; django.setup(); from secondment.campaigns import parameter_readers as readers;"
        "print(*sorted(readers._READ))"
    )
    answer = subprocess.run(  # noqa: S603 -- our own interpreter and script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    declared = {path for text in sources().values() for _name, path in DECLARED.findall(text)}
    assert answer.stdout.split() == sorted(declared)
