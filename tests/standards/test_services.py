"""Draft, submit, sign by a second person, return, next version, retire, drop."""

from typing import Any

import pytest
from tests.makers import AT, make_unit, make_user
from tests.standards.scene import LATER, Scene, make_programme

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.notices.models import Notice
from secondment.people.choices import Category
from secondment.standards import services
from secondment.standards.choices import VersionState
from secondment.standards.errors import (
    FourEyesError,
    ReasonMissingError,
    SameNameError,
    StandardRefusedError,
    StandardStateError,
    TwiceInForceError,
)
from secondment.standards.models import Indicator, Standard, StandardVersion
from secondment.standards.services import Beginning


def codes(version: StandardVersion) -> list[str]:
    return [one.code for one in version.indicators.all()]


def indicator(title: str = "新指标", **given: Any) -> Indicator:
    given = {"part": "ability", "kind": "rated", "source": "rated"} | given
    return Indicator(title=title, **given)


def test_a_standard_from_a_template_has_its_indicators_groups_and_levels(scene: Scene) -> None:
    version = scene.draft(name="  标准  ")
    assert (version.standard.name, version.number, version.state) == ("标准", 1, VersionState.DRAFT)
    assert len(codes(version)) == 19
    assert version.group_weights["masses"] == 30
    assert version.group_basis
    assert version.level_scores == [40, 60, 80, 100]
    assert AuditEvent.objects.get(action="standard.create").actor == scene.writer


def test_an_empty_standard_has_levels_alone(scene: Scene) -> None:
    version = scene.draft(None)
    assert codes(version) == []
    assert version.group_weights == {}
    assert version.level_names == ["较差", "一般", "较好", "好"]


def test_a_standard_from_another_one_copies_everything_and_changes_nothing_there(scene: Scene) -> None:
    signed = scene.signed()
    copy = services.create_standard(
        owner=scene.root,
        name="副本",
        category=Category.SPECIALIST,
        beginning=Beginning(version=signed),
        by=scene.writer,
        at=AT,
    )
    assert codes(copy) == codes(signed)
    services.set_weights(copy, {"politics": 1}, by=scene.writer, at=AT)
    assert signed.indicators.get(code="politics").weight == 12
    assert copy.group_weights == signed.group_weights


def test_a_name_is_used_once_in_a_department(scene: Scene) -> None:
    scene.draft(name="标准")
    with pytest.raises(SameNameError, match="已有名为“标准”的标准"):
        scene.draft(name="标准")
    scene.draft(name="标准", owner=scene.unit)


@pytest.mark.parametrize("role", [Role.HOME_UNIT, Role.LEADER, Role.HOST_UNIT])
def test_nobody_else_writes(scene: Scene, role: Role) -> None:
    stranger = make_user(role, scene.root)
    version = scene.draft()
    with pytest.raises(NotAllowedError):
        services.create_standard(
            owner=scene.root, name="别的", category=Category.SPECIALIST, by=stranger, at=AT
        )
    with pytest.raises(NotAllowedError):
        services.set_weights(version, {}, by=stranger, at=AT)
    other = make_user(Role.ORGANISATION_DEPARTMENT, make_unit("别处"))
    with pytest.raises(NotAllowedError):
        services.submit_version(version, by=other, at=AT)
    with pytest.raises(NotAllowedError):
        services.start_version(version, note="改", by=other, at=AT)


def test_two_people_bring_it_into_force(scene: Scene) -> None:
    version = services.submit_version(scene.draft(), by=scene.writer, at=AT)
    assert version.state == VersionState.SUBMITTED
    signed = services.sign_version(version, by=scene.signer, at=LATER)
    assert (signed.state, signed.signed_by, signed.signed_at) == (VersionState.SIGNED, scene.signer, LATER)
    notice = Notice.objects.get()
    assert notice.recipient == scene.writer
    assert [
        one.action for one in AuditEvent.objects.filter(action__startswith="standard").order_by("pk")
    ] == [
        "standard.create",
        "standard.submit",
        "standard.sign",
    ]


def test_whoever_took_part_signs_and_returns_nothing(scene: Scene) -> None:
    version = scene.draft()
    services.set_weights(version, {"politics": 12}, by=scene.signer, at=AT)
    version = services.submit_version(version, by=scene.writer, at=AT)
    for who in (scene.writer, scene.signer):
        with pytest.raises(FourEyesError):
            services.sign_version(version, by=who, at=AT)
        with pytest.raises(FourEyesError):
            services.return_version(version, reason="改", by=who, at=AT)
    third = make_user(Role.ORGANISATION_DEPARTMENT, scene.root)
    assert services.sign_version(version, by=third, at=AT).signed_by == third


def test_who_submits_took_part(scene: Scene) -> None:
    version = services.submit_version(scene.draft(), by=scene.signer, at=AT)
    with pytest.raises(FourEyesError):
        services.sign_version(version, by=scene.signer, at=AT)


def test_an_incomplete_draft_is_kept_and_not_submitted(scene: Scene) -> None:
    version = services.set_weights(scene.draft(), {"politics": 11}, by=scene.writer, at=AT)
    with pytest.raises(StandardRefusedError, match="现为 99，还差 1（德 19、能 20、勤 15、绩 30、廉 15）"):
        services.submit_version(version, by=scene.writer, at=AT)
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT


def test_a_returned_draft_carries_the_reason_until_it_is_submitted_again(scene: Scene) -> None:
    version = services.submit_version(scene.draft(), by=scene.writer, at=AT)
    with pytest.raises(ReasonMissingError):
        services.return_version(version, reason=" ", by=scene.signer, at=AT)
    returned = services.return_version(version, reason=" 群众项太多 ", by=scene.signer, at=AT)
    assert (returned.state, returned.remark) == (VersionState.DRAFT, "群众项太多")
    assert Notice.objects.get().recipient == scene.writer
    again = services.submit_version(returned, by=scene.writer, at=AT)
    assert again.remark == ""


def test_a_submitted_version_can_be_taken_back(scene: Scene) -> None:
    version = services.submit_version(scene.draft(), by=scene.writer, at=AT)
    assert services.recall_version(version, by=scene.writer, at=AT).state == VersionState.DRAFT


def test_a_signed_version_never_changes(scene: Scene) -> None:
    signed = scene.signed()
    by = {"by": scene.writer, "at": AT}
    acts: list[Any] = [
        lambda: services.write_indicator(signed, indicator(), **by),
        lambda: services.write_indicators(signed, [], **by),
        lambda: services.remove_indicator(signed, "politics", **by),
        lambda: services.move_indicator(signed, "politics", by_places=1, **by),
        lambda: services.set_weights(signed, {"politics": 1}, **by),
        lambda: services.set_levels(signed, ["a", "b", "c"], [1, 2, 3], **by),
        lambda: services.set_groups(signed, {"leaders": 100}, basis="", **by),
        lambda: services.weigh_by_comparison(signed, [], **by),
        lambda: services.submit_version(signed, **by),
        lambda: services.recall_version(signed, **by),
        lambda: services.drop_draft(signed, **by),
    ]
    before = [one.weight for one in signed.indicators.all()]
    for act in acts:
        with pytest.raises(StandardStateError, match="已签批"):
            act()
    signed.refresh_from_db()
    assert [one.weight for one in signed.indicators.all()] == before


def test_the_next_version_replaces_the_signed_one_when_it_is_signed(scene: Scene) -> None:
    first = scene.signed()
    with pytest.raises(ReasonMissingError):
        services.start_version(first, note=" ", by=scene.writer, at=AT)
    second = services.start_version(first, note="调整", by=scene.writer, at=AT)
    assert (second.number, codes(second)) == (2, codes(first))
    with pytest.raises(StandardStateError, match="第 2 版正在办理"):
        services.start_version(first, note="再改", by=scene.writer, at=AT)
    services.submit_version(second, by=scene.writer, at=AT)
    first.refresh_from_db()
    assert first.state == VersionState.SIGNED
    services.sign_version(second, by=scene.signer, at=LATER)
    first.refresh_from_db()
    assert (first.state, first.retired_at) == (VersionState.RETIRED, LATER)


def test_a_draft_is_no_start_of_a_next_version(scene: Scene) -> None:
    version = scene.draft()
    with pytest.raises(StandardStateError, match="正在办理"):
        services.start_version(version, note="改", by=scene.writer, at=AT)


def test_a_retired_version_can_be_taken_up_again_as_a_new_one(scene: Scene) -> None:
    signed = scene.signed()
    with pytest.raises(ReasonMissingError):
        services.retire_version(signed, reason="", by=scene.writer, at=AT)
    retired = services.retire_version(signed, reason="办法废止", by=scene.writer, at=LATER)
    assert (retired.state, retired.remark, retired.retired_at) == (VersionState.RETIRED, "办法废止", LATER)
    assert services.start_version(retired, note="恢复", by=scene.writer, at=LATER).number == 2


def test_two_standards_for_the_same_people_are_not_in_force_at_once(scene: Scene) -> None:
    waiting = services.submit_version(scene.draft(name="后来"), by=scene.writer, at=AT)
    first = scene.signed(name="在用")
    with pytest.raises(TwiceInForceError, match="“在用”") as refused:
        services.sign_version(waiting, by=scene.signer, at=AT)
    assert refused.value.way is not None
    assert refused.value.way[1] == f"/standards/{first.standard_id}/"
    with pytest.raises(TwiceInForceError):
        services.submit_version(scene.draft(name="第三"), by=scene.writer, at=AT)
    scene.signed(name="项目", programme=make_programme())
    scene.signed(name="下级", owner=scene.unit)
    services.retire_version(first, reason="换新", by=scene.writer, at=AT)
    services.sign_version(waiting, by=scene.signer, at=AT)


def test_a_dropped_draft_takes_its_standard_with_it_only_when_nothing_else_is_there(scene: Scene) -> None:
    assert services.drop_draft(scene.draft(), by=scene.writer, at=AT) is None
    assert not Standard.objects.exists()
    signed = scene.signed()
    draft = services.start_version(signed, note="改", by=scene.writer, at=AT)
    assert services.drop_draft(draft, by=scene.writer, at=AT) == signed.standard
    assert list(StandardVersion.objects.all()) == [signed]
    with pytest.raises(StandardStateError, match="已作废"):
        services.drop_draft(draft, by=scene.writer, at=AT)


def test_a_page_that_is_out_of_date_writes_nothing(scene: Scene) -> None:
    version = scene.draft()
    services.set_weights(version, {"politics": 12}, seen=version.version, by=scene.writer, at=AT)
    with pytest.raises(StaleObjectError):
        services.set_weights(version, {"politics": 1}, seen=version.version, by=scene.signer, at=AT)
    assert version.indicators.get(code="politics").weight == 12


def test_a_new_indicator_has_a_code_that_no_version_ever_had(scene: Scene) -> None:
    version = scene.draft(None)
    by = {"by": scene.writer, "at": AT}
    first = services.write_indicator(version, indicator("一"), **by)
    second = services.write_indicator(version, indicator("二"), **by)
    assert (first.code, second.code) == ("ability-1", "ability-2")
    assert first.anchors == ["", "", "", ""]
    services.remove_indicator(version, "ability-1", **by)
    assert services.write_indicator(version, indicator("三"), **by).code == "ability-3"
    services.remove_indicator(version, "ability-1", **by)
    assert AuditEvent.objects.filter(action="standard.remove_indicator").count() == 1


def test_a_known_indicator_is_changed_in_its_place_or_moves_to_its_new_part(scene: Scene) -> None:
    version = scene.draft()
    key = version.indicators.get(code="politics").pk
    by = {"by": scene.writer, "at": AT}
    changed = indicator("政治品质", code="politics", part="virtue", weight=12)
    assert services.write_indicator(version, changed, **by).pk == key
    assert codes(version)[:2] == ["politics", "conduct"]
    moved = indicator("政治品质", code="politics", part="integrity", weight=12)
    services.write_indicator(version, moved, **by)
    assert codes(version)[0] == "conduct"
    with pytest.raises(StandardStateError, match="已被移除"):
        services.write_indicator(version, indicator(code="gone"), **by)


def test_what_a_kind_does_not_have_is_left_out(scene: Scene) -> None:
    version, by = scene.draft(None), {"by": scene.writer, "at": AT}
    veto = indicator(
        kind="veto",
        source="conclusion",
        anchors=["x"],
        ability="development",
        unit_of_measure="天",
        effect="no_grade",
        masses_title="话",
    )
    found = services.write_indicator(version, veto, **by)
    assert (found.anchors, found.ability, found.unit_of_measure, found.masses_title) == ([], "", "", "")
    assert found.effect == "no_grade"
    rated = services.write_indicator(version, indicator("评议", effect="lowest"), **by)
    assert rated.effect == ""


def test_a_fault_of_the_typed_indicator_is_refused_at_its_field_others_wait(scene: Scene) -> None:
    version, by = scene.draft(), {"by": scene.writer, "at": AT}
    Indicator.objects.filter(version=version, code="conduct").update(title="照片数")
    services.write_indicator(version, indicator("无关"), **by)
    with pytest.raises(StandardRefusedError, match="简报") as refused:
        services.write_indicator(version, indicator("简报篇数"), **by)
    assert refused.value.field == "word_reason"
    kept = services.write_indicator(version, indicator("简报篇数", word_reason="确有必要"), **by)
    assert kept.word_reason == "确有必要"


def test_an_indicator_moves_within_its_part_and_stays_at_the_edge(scene: Scene) -> None:
    version, by = scene.draft(), {"by": scene.writer, "at": AT}
    services.move_indicator(version, "politics", by_places=-1, **by)
    assert codes(version)[:2] == ["politics", "conduct"]
    services.move_indicator(version, "politics", by_places=1, **by)
    assert codes(version)[:2] == ["conduct", "politics"]
    services.move_indicator(version, "politics", by_places=1, **by)
    assert codes(version)[:2] == ["conduct", "politics"]
    with pytest.raises(StandardStateError):
        services.move_indicator(version, "gone", by_places=1, **by)


def test_weights_by_hand_leave_gates_alone_and_forget_a_comparison(scene: Scene) -> None:
    version = scene.draft(1)
    StandardVersion.objects.filter(pk=version.pk).update(judgements=[{"of": "parts"}])
    changed = services.set_weights(version, {"politics": 9, "politics_gate": 5}, by=scene.writer, at=AT)
    assert changed.judgements == []
    weights = dict(version.indicators.values_list("code", "weight"))
    assert (weights["politics"], weights["politics_gate"], weights["ethics"]) == (9, 0, 7)
    with pytest.raises(StandardRefusedError, match="0 至 100"):
        services.set_weights(version, {"politics": 101}, by=scene.writer, at=AT)


def test_a_level_goes_only_without_its_anchors(scene: Scene) -> None:
    version, by = scene.draft(), {"by": scene.writer, "at": AT}
    with pytest.raises(StandardRefusedError, match="“政治素质、") as refused:
        services.set_levels(version, ["低", "中", "高"], [40, 70, 100], **by)
    assert refused.value.field == "levels"
    five = services.set_levels(version, ["a", "b ", "c", "d", "e"], [0, 25, 50, 75, 100], **by)
    assert (five.level_names[1], five.level_scores) == ("b", [0, 25, 50, 75, 100])
    assert len(version.indicators.get(code="politics").anchors) == 5
    back = services.set_levels(version, ["a", "b", "c", "d"], [0, 25, 50, 75], **by)
    assert len(back.level_names) == 4
    assert len(version.indicators.get(code="politics").anchors) == 4
    with pytest.raises(StandardRefusedError) as refused:
        services.set_levels(version, ["a", "b", "c", "d"], [0, 25, 25, 75], **by)
    assert refused.value.field == "levels"


def test_groups_without_weight_are_left_out(scene: Scene) -> None:
    version, by = scene.draft(), {"by": scene.writer, "at": AT}
    weights = {"leaders": 60, "masses": 0, "organisation": 40}
    changed = services.set_groups(version, weights, basis=" 办法 ", **by)
    assert changed.group_weights == {"leaders": 60, "organisation": 40}
    assert changed.group_basis == "办法"
    with pytest.raises(StandardRefusedError) as refused:
        services.set_groups(version, {"leaders": 101}, basis="", **by)
    assert refused.value.field == "group_leaders"
    version.refresh_from_db()
    assert version.group_weights == {"leaders": 60, "organisation": 40}


def test_all_indicators_at_once_and_again_without_a_second_event(scene: Scene) -> None:
    version, by = scene.draft(None), {"by": scene.writer, "at": AT}
    rows = [indicator("一", part="integrity"), indicator("二", part="virtue")]
    services.write_indicators(version, rows, **by)
    assert [one.title for one in version.indicators.all()] == ["二", "一"]
    services.write_indicators(version, list(version.indicators.all()), **by)
    assert AuditEvent.objects.filter(action="standard.write_indicators").count() == 1
    with pytest.raises(StandardRefusedError, match="同名指标"):
        services.write_indicators(version, [indicator("一"), indicator("一")], **by)
