"""Before a programme asks for more: shown, refused over the budget, let through by a leader; a form given up is switched off."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from tests.daily_work.scene import AT, ON, Scene
from tests.makers import make_programme_version
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.burden.before import cost_of_change
from secondment.burden.budgets import rounded
from secondment.burden.choices import Verdict
from secondment.burden.cost import loads_of, minutes_by_role
from secondment.burden.models import Budget
from secondment.burden.queries import abolished
from secondment.burden.services import let_through, review_form
from secondment.burden.services.errors import OverBudgetError
from secondment.campaigns.models import Programme, ProgrammeVersion
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import from_json, to_json
from secondment.campaigns.services.programmes import publish_version
from secondment.obligations.models import Obligation
from secondment.obligations.services import bring_up_to_date

DAY = dt.timedelta(days=1)


def more(parameters: ProgrammeParameters) -> ProgrammeParameters:
    """A report each month."""
    return replace(parameters, cycles=replace(parameters.cycles, host_report_months=1))


def publish(scene: Scene, parameters: ProgrammeParameters, on: dt.date = ON) -> ProgrammeVersion:
    programme = scene.version.programme
    number = programme.versions.order_by("-number")[0].number
    return publish_version(programme, parameters, note="试", based_on=number, by=scene.owner, on=on, at=AT)


def host_minutes(parameters: ProgrammeParameters) -> int:
    return rounded(minutes_by_role(loads_of(to_json(parameters)))[Role.HOST_UNIT])


def set_host_budget(scene: Scene, minutes: int) -> None:
    Budget.objects.update_or_create(
        role=Role.HOST_UNIT, defaults={"minutes": minutes, "basis": "试", "set_by": scene.owner, "set_at": AT}
    )


@pytest.mark.parametrize(("above", "is_refused"), [(1, False), (0, False), (-1, True)])
def test_a_version_is_refused_at_one_minute_over_the_budget(
    scene: Scene, above: int, is_refused: bool
) -> None:
    wanted = more(from_json(scene.version.parameters))
    minutes = host_minutes(wanted)
    set_host_budget(scene, minutes + above)
    if is_refused:
        with pytest.raises(
            OverBudgetError, match=f"接收单位每名挂职干部每年 {minutes} 分钟，超过预算 {minutes - 1} 分钟"
        ) as refused:
            publish(scene, wanted)
        _label, path = refused.value.way
        assert (
            path
            == f"{reverse('burden:let_through', args=[scene.version.programme_id])}?role=host_unit&minutes={minutes}"
        )
    else:
        assert publish(scene, wanted).number == 2


@pytest.mark.parametrize(("above", "is_refused"), [(0, False), (-1, True)])
def test_a_leader_lets_it_through_for_so_many_minutes(scene: Scene, above: int, is_refused: bool) -> None:
    wanted = more(from_json(scene.version.parameters))
    minutes = host_minutes(wanted)
    set_host_budget(scene, minutes - 2)
    let_through(
        scene.version.programme,
        Role.HOST_UNIT,
        minutes=minutes + above,
        leader="张部长",
        reason="汛期",
        by=scene.owner,
        at=AT,
    )
    if is_refused:
        with pytest.raises(OverBudgetError):
            publish(scene, wanted)
    else:
        assert publish(scene, wanted).number == 2


def test_what_asks_for_no_more_than_before_passes_over_the_budget(scene: Scene) -> None:
    set_host_budget(scene, 1)
    parameters = from_json(scene.version.parameters)
    assert publish(scene, replace(parameters, no_borrow_months=6)).number == 2


def test_the_cost_is_told_of_roles_whose_minutes_change(scene: Scene) -> None:
    parameters = from_json(scene.version.parameters)
    wanted = more(parameters)
    words = f"接收单位：每名挂职干部每年 {host_minutes(parameters)} 分钟，改为 {host_minutes(wanted)} 分钟（预算 20 分钟）"
    assert cost_of_change(scene.version, wanted) == [words]
    assert cost_of_change(scene.version, replace(parameters, no_borrow_months=6)) == []


def test_the_page_shows_it_before_it_publishes(scene: Scene, signed_in: Any) -> None:
    programme: Programme = scene.version.programme
    client = signed_in(scene.owner)
    path = reverse("campaigns:programme_edit", args=[programme.pk])
    form = client.get(path).context["form"]
    data = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    data |= {name: value for name, value in form.initial.items() if value is not None}
    data |= {"cycles.host_report_months": 2, "note": "两月一报", "based_on": 1}
    shown = client.post(path, data)
    assert "还没有发布：这样修改，各方每年的办理时间" in text_of(shown)
    assert programme.versions.count() == 1
    assert client.post(path, {**data, "costs_seen": "1"}).status_code == 302
    assert programme.versions.count() == 2


def test_a_form_given_up_is_asked_for_by_no_version_published_later(scene: Scene) -> None:
    later = make_programme_version({})
    later.published_on = ON + DAY
    later.save()
    same_day = make_programme_version({})
    same_day.published_on = ON
    same_day.save()
    ProgrammeVersion.objects.filter(pk=scene.version.pk).update(published_on=dt.date(2025, 1, 1))
    first, second, third = scene.people[0], scene.people[1], scene.add()
    for one, version in ((second, later), (third, same_day)):
        one.programme_version = version
        one.save()
    review_form("daily_work.report", Verdict.ABOLISH, reason="没有人看", by=scene.owner, on=ON, at=AT)
    assert abolished() == {"host_report": ON}
    bring_up_to_date(on=ON, since=dt.date(2026, 1, 1))
    asked = Obligation.objects.filter(kind="host_report").values_list("subject_id", flat=True)
    assert set(asked) == {str(first.pk), str(third.pk)}
    assert Obligation.objects.filter(kind="presence_confirmation", subject_id=str(second.pk)).exists()


def test_a_form_that_is_kept_after_all_is_asked_for_again(scene: Scene) -> None:
    review_form("daily_work.report", Verdict.ABOLISH, reason="没有人看", by=scene.owner, on=ON, at=AT)
    review_form("daily_work.report", Verdict.KEEP, reason="县里要看", by=scene.owner, on=ON, at=AT)
    review_form("leave.request", Verdict.ABOLISH, reason="试", by=scene.owner, on=ON, at=AT)
    assert abolished() == {}


def test_a_form_that_is_gone_since_switches_nothing_off(scene: Scene) -> None:
    from secondment.burden.models import FormReview

    FormReview.objects.create(
        code="gone.form",
        year=2026,
        verdict=Verdict.ABOLISH,
        reason="试",
        decided_by=scene.owner,
        decided_at=AT,
    )
    assert abolished() == {}
