"""Every action written anywhere in the source has its sentence: also those put together or handed on by name."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

import secondment
from secondment.audit.actions import DETAILS, SENTENCES, register_actions
from secondment.units.models import Unit

SOURCE = Path(secondment.__file__).parent
RECORDING = frozenset({"record", "record_export", "record_look"})


@dataclass(frozen=True)
class Wrapper:
    """A function that hands one of its parameters on to `record`, perhaps behind a prefix."""

    position: int
    prefix: str


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}


def called(node: ast.AST) -> str:
    name = node.func if isinstance(node, ast.Call) else None
    return name.id if isinstance(name, ast.Name) else name.attr if isinstance(name, ast.Attribute) else ""


def texts(node: ast.expr) -> Iterator[str]:
    """The literal texts an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def wrappers_in(tree: ast.Module) -> dict[str, Wrapper]:
    found = {}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args]
        for call in ast.walk(function):
            if called(call) in RECORDING and isinstance(call, ast.Call) and call.args:
                first, prefix = call.args[0], ""
                if isinstance(first, ast.JoinedStr) and isinstance(first.values[-1], ast.FormattedValue):
                    prefix = "".join(text for part in first.values for text in texts(part))
                    first = first.values[-1].value
                if isinstance(first, ast.Name) and first.id in names:
                    found[function.name] = Wrapper(names.index(first.id), prefix)
    return found


def actions_in_source() -> set[str]:
    files = trees()
    public = {
        name: one
        for tree in files.values()
        for name, one in wrappers_in(tree).items()
        if not name.startswith("_")
    }
    found = set()
    for tree in files.values():
        wrappers = {"record": Wrapper(0, ""), **public, **wrappers_in(tree)}
        for call in ast.walk(tree):
            wrapper = wrappers.get(called(call))
            if wrapper and isinstance(call, ast.Call) and len(call.args) > wrapper.position:
                found |= {wrapper.prefix + text for text in texts(call.args[wrapper.position])}
    return {action.removesuffix(".refused") for action in found if "." in action}


def detail_names() -> set[str]:
    """Keys of every `details={...}` handed on."""
    return {
        key.value
        for tree in trees().values()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "details" and isinstance(keyword.value, ast.Dict)
        for key in keyword.value.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def test_every_action_has_a_sentence() -> None:
    found = actions_in_source()
    assert {
        "campaign.add_posts",
        "placement.record_arrival",
        "nomination.exempt",
        "proposal.swap_pair",
        "consultation.export",
    } <= found
    assert found - set(SENTENCES) == set(), "name these actions in the actions.py of their room"


def test_every_detail_is_named_in_words() -> None:
    names = detail_names()
    assert len(names) > 20
    assert names - set(DETAILS) == set(), "name these details in the actions.py of their room"


def test_an_action_has_one_home() -> None:
    before = dict(SENTENCES)
    with pytest.raises(ValueError, match=r"these have words already: person\.create"):
        register_actions({"person.create": SENTENCES["person.edit"]})
    with pytest.raises(ValueError, match="these have words already: rows"):
        register_actions({}, details={"rows": DETAILS["n"]})
    assert before == SENTENCES


def test_rooms_name_their_own_actions() -> None:
    written = {
        path.parts[-2]
        for path in SOURCE.glob("*/actions.py")
        if any(called(node) == "register_actions" for node in ast.walk(trees()[path]))
    }
    assert "audit" not in written
    assert {"accounts", "campaigns", "decision", "matching", "people", "placements", "posts"} <= written


def test_pages_leave_recording_to_services() -> None:
    views = {path: tree for path, tree in trees().items() if "views" in path.relative_to(SOURCE).as_posix()}
    assert len(views) > 20
    found = {path.name for path, tree in views.items() for node in ast.walk(tree) if called(node) == "record"}
    assert found == set()


def reached(model: type[Model], path: str) -> type[Model] | None:
    """The model on which the attribute at the end of a dotted path stands."""
    *steps, _last = path.split(".")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model


def test_every_object_of_the_trail_leads_to_a_unit() -> None:
    paths = {
        model.__name__: (model, model.trail_path.fget.__reduce__()[1][0])
        for model in apps.get_models()
        if hasattr(model, "trail_path") and not hasattr(model.trail_path.fget, "__code__")
    }
    assert {name: path for name, (_, path) in paths.items()} == {
        "ProgrammeVariant": "unit.path",
        "Unit": "path",
        "Person": "unit.path",
        "RosterImport": "unit.path",
        "Post": "host_unit.path",
        "Campaign": "owner_unit.path",
        "Standard": "owner_unit.path",
        "StandardVersion": "standard.owner_unit.path",
        "Appraisal": "owner_unit.path",
        "Candidate": "appraisal.owner_unit.path",
        "BallotPaper": "appraisal.owner_unit.path",
        "SignedMark": "candidate.appraisal.owner_unit.path",
        "AbilityReview": "nomination.home_unit.path",
        "Run": "owner_unit.path",
        "Appeal": "office.path",
        "Forecast": "appraisal.owner_unit.path",
        "Recomputation": "grade.decision.register.owner_unit.path",
        "Proof": "run.owner_unit.path",
        "CampaignPost": "post.host_unit.path",
        "Nomination": "home_unit.path",
        "MatchingRun": "campaign.owner_unit.path",
        "Proposal": "run.campaign.owner_unit.path",
        "Lock": "campaign.owner_unit.path",
        "SideRule": "campaign.owner_unit.path",
        "AppointmentNotice": "owner_unit.path",
        "Consultation": "unit.path",
        "PersonReply": "consultation.unit.path",
        "NotificationObjection": "notification.proposal.run.campaign.owner_unit.path",
        "Placement": "host_unit.path",
        "StatisticsReport": "unit.path",
        "PlacementGroup": "owner_unit.path",
        "StatisticsForm": "unit.path",
        "Paper": "office.path",
        "PresenceConfirmation": "placement.host_unit.path",
        "LeaveRequest": "placement.host_unit.path",
        "LeaveReview": "placement.owner_unit.path",
        "StandIn": "unit.path",
        "TaskBook": "placement.host_unit.path",
        "Task": "book.placement.host_unit.path",
        "TaskOutcome": "placement.host_unit.path",
        "TaskProposal": "placement.host_unit.path",
        "ProgressNote": "placement.host_unit.path",
        "DivisionOfWork": "placement.host_unit.path",
        "RecusalDeclaration": "placement.host_unit.path",
        "Place": "unit.path",
        "PlaceText": "place.unit.path",
        "PlaceFile": "place.unit.path",
        "PlaceContact": "place.unit.path",
        "PlaceCategory": "place.unit.path",
        "PlacePromise": "placement.host_unit.path",
        "HandoverItem": "placement.host_unit.path",
        "Talk": "unit.path",
        "FollowUp": "unit.path",
        "EarlySign": "placement.owner_unit.path",
        "Gathering": "unit.path",
        "Suggestion": "unit.path",
        "HostReport": "placement.host_unit.path",
        "HomeNotice": "placement.host_unit.path",
        "SupportItem": "placement.host_unit.path",
        "UrgentMatter": "placement.host_unit.path",
        "Register": "owner_unit.path",
        "Pool": "register.owner_unit.path",
        "Evaluation": "register.owner_unit.path",
        "CommitteeTable": "pool.register.owner_unit.path",
        "Comparison": "pool.register.owner_unit.path",
        "GradeDecision": "register.owner_unit.path",
        "Summary": "placement.owner_unit.path",
        "Request": "owner_unit.path",
        "Answer": "unit.path",
        "PayList": "payer_unit.path",
        "FundSpending": "placement.home_unit.path",
        "FundYear": "placement.home_unit.path",
        "TripCount": "placement.home_unit.path",
        "HealthCheck": "placement.home_unit.path",
        "Insurance": "placement.home_unit.path",
        "Finding": "placement.owner_unit.path",
        "MidtermOpinion": "placement.owner_unit.path",
        "RoutineGrade": "placement.host_unit.path",
        "SpecialAssessment": "owner_unit.path",
    }
    assert {reached(model, path) for model, path in paths.values()} == {Unit}
