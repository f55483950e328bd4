"""A county sets what the programme leaves open, for its own units; readers, levels and duties follow, nothing else does."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.urls import reverse
from tests.makers import (
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.allowances.parameters import allowance_rules
from secondment.audit.models import AuditEvent
from secondment.campaigns.models import Programme, ProgrammeVariant, ProgrammeVersion
from secondment.campaigns.parameter_readers import ParameterReader, is_open
from secondment.campaigns.parameters import OPENABLE, ProgrammeParameters
from secondment.campaigns.parameters_json import ParametersError, from_json, to_json
from secondment.campaigns.queries import coming_of, variant_units, variants_visible_to
from secondment.campaigns.rules import may_publish_variant
from secondment.campaigns.services.programmes import NothingChangedError
from secondment.campaigns.services.variants import Own, VariantError, bring_into_force, publish_variant
from secondment.campaigns.tasks import bring_variants_into_force
from secondment.campaigns.variant_lines import variant_lines
from secondment.campaigns.variants import look_again
from secondment.campaigns.with_settings import value_at, with_settings
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.daily_work.contacts import CONTACT
from secondment.leave.levels import approval_for, levels_of
from secondment.obligations.models import Obligation
from secondment.obligations.services import bring_up_to_date
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.units.choices import UnitKind
from secondment.units.models import Unit

ON = dt.date(2026, 3, 2)
AT = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
BASIS = "县组〔2026〕3号"
OPENED = ["leave_levels", "allowances", "presence_days_month", "cycles.contact_days"]
LEVELS = [
    {"up_to_days": 2, "approver": "乡镇党委书记", "chain": "host"},
    {"up_to_days": None, "approver": "县委组织部", "chain": "host_local"},
]
contact_days: ParameterReader[int] = ParameterReader("cycles.contact_days")
month_days: ParameterReader[int] = ParameterReader("presence_days_month")


@dataclass
class Scene:
    root: Unit
    county: Unit
    other: Unit
    version: ProgrammeVersion
    clerk: User
    other_clerk: User
    owner: User
    placement: Placement
    elsewhere: Placement

    @property
    def programme(self) -> Programme:
        return self.version.programme

    def publish(self, own: dict | None = None, **changes) -> ProgrammeVariant:
        settings = {"cycles.contact_days": Own(60, BASIS)} if own is None else own
        given = {
            "since": ON,
            "note": "首次规定",
            "based_on": 0,
            "by": self.clerk,
            "on": ON,
            "at": AT,
            **changes,
        }
        return publish_variant(self.programme, given.pop("unit", self.county), settings, **given)


@pytest.fixture
def scene(db: None) -> Scene:
    root = make_unit("示例市")
    counties = [make_unit(name, root) for name in ("甲县", "乙县")]
    make_unit("甲县县委组织部", counties[0], kind=UnitKind.ORGANISATION_DEPARTMENT)
    version = make_programme_version(to_json(ProgrammeParameters(open_to_counties=tuple(OPENED))))
    campaign = make_campaign(root, programme_version=version)
    home = make_unit("示例局", root)

    def place(county: Unit) -> Placement:
        village = make_unit(parent=make_unit("示例镇", county))
        return make_placement(
            campaign,
            make_person(home),
            make_post(village),
            starts_on=dt.date(2026, 1, 5),
            ends_on=dt.date(2028, 1, 5),
            state=PlacementState.IN_POST,
        )

    return Scene(
        root,
        *counties,
        version,
        make_user(Role.ORGANISATION_DEPARTMENT, counties[0]),
        make_user(Role.ORGANISATION_DEPARTMENT, counties[1]),
        make_user(Role.ORGANISATION_DEPARTMENT, root),
        place(counties[0]),
        place(counties[1]),
    )


class TestReading:
    def test_the_county_of_the_host_unit_counts_and_another_follows_the_programme(self, scene: Scene) -> None:
        scene.publish()
        assert (contact_days(scene.placement), contact_days(scene.elsewhere)) == (60, 90)
        own = contact_days.own(scene.placement)
        assert own is not None
        assert (own.unit, own.basis, own.since) == ("甲县", BASIS, "2026-03-02")
        assert contact_days.own(scene.elsewhere) is None

    def test_a_parameter_that_the_county_left_alone_follows_the_programme(self, scene: Scene) -> None:
        scene.publish()
        assert month_days(scene.placement) == 0
        assert levels_of(scene.placement) == list(ProgrammeParameters().leave_levels)

    def test_a_campaign_has_no_county(self, scene: Scene) -> None:
        scene.publish()
        assert scene.placement.campaign is not None
        assert contact_days(scene.placement.campaign) == 90

    def test_the_nearest_of_two_units_counts(self, scene: Scene) -> None:
        scene.publish()
        town = scene.placement.host_unit.parent
        assert town is not None
        scene.publish(
            {"cycles.contact_days": Own(30, "镇规")},
            unit=town,
            by=make_user(Role.ORGANISATION_DEPARTMENT, town),
        )
        assert contact_days(scene.placement) == 30

    def test_what_a_later_version_of_the_programme_closes_has_no_effect(self, scene: Scene) -> None:
        scene.publish()
        closed = {**scene.version.parameters, "open_to_counties": ["leave_levels"]}
        later = ProgrammeVersion.objects.create(
            programme=scene.programme, number=2, parameters=closed, published_on=ON
        )
        scene.placement.programme_version = later
        assert contact_days(scene.placement) == 90
        assert not is_open(later, "cycles.contact_days")
        (line,) = variant_lines(later, ProgrammeVariant.objects.all())
        assert not line.has_effect

    def test_a_version_that_names_nothing_leaves_the_levels_of_leave_open(self) -> None:
        version = ProgrammeVersion(parameters={})
        assert [path for path in OPENABLE if is_open(version, path)] == ["leave_levels"]

    def test_another_programme_is_not_concerned(self, scene: Scene) -> None:
        scene.publish()
        scene.placement.programme_version = make_programme_version(scene.version.parameters)
        assert contact_days(scene.placement) == 90

    def test_all_readers_ask_the_database_once(self, scene: Scene, django_assert_num_queries) -> None:
        scene.publish()
        look_again()
        with django_assert_num_queries(1):
            for _n in range(3):
                contact_days(scene.placement)
                month_days(scene.placement)


class TestLeave:
    def test_the_levels_of_the_county_resolve_to_its_real_offices(self, scene: Scene) -> None:
        assert approval_for(scene.placement, 8).words == "接收单位和县（区）组织部门"
        scene.publish({"leave_levels": Own(LEVELS, BASIS)})
        short, long = approval_for(scene.placement, 4), approval_for(scene.placement, 5)
        assert (short.words, [one.unit.name for one in short.offices]) == (
            "乡镇党委书记",
            [scene.placement.host_unit.name],
        )
        assert long.words == "县委组织部"
        assert [one.unit.name for one in long.offices][1:] == ["甲县县委组织部"]
        assert approval_for(scene.elsewhere, 5).words == "接收单位"

    def test_the_form_says_whose_levels_they_are_before_anything_is_sent(
        self, scene: Scene, signed_in
    ) -> None:
        clerk = make_user(Role.HOST_UNIT, scene.placement.host_unit)
        address = f"{reverse('leave:leave_new')}?placement={scene.placement.pk}"
        assert "由谁审批（按挂职项目的规定）" in text_of(signed_in(clerk).get(address))
        scene.publish({"leave_levels": Own(LEVELS, BASIS)})
        text = text_of(signed_in(clerk).get(address))
        assert f"由谁审批：按甲县的规定（{BASIS}）" in text
        assert "甲县县委组织部" in text


class TestAllowances:
    def test_what_is_paid_follows_the_county_through_the_same_reader(self, scene: Scene, signed_in) -> None:
        address = reverse("campaigns:variant_edit", args=[scene.programme.pk, scene.county.pk])
        client = signed_in(scene.clerk)
        data = {"since": "2027-01-01", "note": "首次", "based_on": "0", "allowances.basis": BASIS}
        row = {"allowance_kind.0": "living", "allowance_unit.0": "day", "allowance_payer.0": "home"}
        assert "请填写标准" in text_of(client.post(address, {**data, **row}))
        row |= {"allowance_amount.0": "120", "allowance_basis.0": BASIS, "allowance_is_confirmed.0": "on"}
        client.post(address, {**data, **row})
        assert bring_into_force(on=dt.date(2027, 1, 1)) == 1
        (paid,) = allowance_rules(scene.placement)
        assert (paid["kind"], paid["amount_fen"]) == ("living", 12_000)
        assert allowance_rules(scene.elsewhere) == []
        assert '"120.00"' in client.get(address).content.decode()


class TestDuties:
    def owed(self, on: dt.date) -> list[tuple[dt.date, str]]:
        bring_up_to_date(on=on, duties=[CONTACT], subjects=[scene_placement()])
        return list(Obligation.objects.order_by("pk").values_list("due_on", "state"))

    def test_what_stands_in_no_list_follows_and_what_does_stays(self, scene: Scene) -> None:
        start = dt.date(2026, 1, 5)
        assert self.owed(ON) == [(start + 90 * DAY, "open")]
        scene.publish()
        assert self.owed(ON) == [(start + 60 * DAY, "open")]
        scene.publish({"cycles.contact_days": Own(120, BASIS)}, based_on=1)
        assert self.owed(ON) == [(start + 60 * DAY, "open")]  # it stands in a list since two weeks before


def scene_placement() -> Placement:
    return Placement.objects.select_related("host_unit", "home_unit", "owner_unit").order_by("pk")[0]


class TestPublishing:
    def test_a_version_waits_for_its_day_and_replaces_the_one_before(self, scene: Scene) -> None:
        first = scene.publish()
        second = scene.publish({"cycles.contact_days": Own(45, BASIS)}, based_on=1, since=ON + 10 * DAY)
        assert (first.number, first.is_in_force, second.number, second.is_in_force) == (1, True, 2, False)
        assert contact_days(scene.placement) == 60
        bring_variants_into_force(on=ON + 9 * DAY, at=AT)
        assert contact_days(scene.placement) == 60
        bring_variants_into_force(on=ON + 10 * DAY, at=AT)
        assert contact_days(scene.placement) == 45
        assert bring_into_force(on=ON + 10 * DAY) == 0
        assert list(ProgrammeVariant.objects.filter(is_in_force=True)) == [second]

    def test_a_version_that_is_brought_forward_replaces_the_one_announced(self, scene: Scene) -> None:
        own = {"cycles.contact_days": Own(45, BASIS)}
        second = scene.publish(own, since=ON + 10 * DAY)
        third = scene.publish(own | {"presence_days_month": Own(18, "县规")}, based_on=1, since=ON + 10 * DAY)
        rows = ProgrammeVariant.objects.all()
        assert (list(coming_of(rows, ON)), list(coming_of(rows, ON + 10 * DAY))) == ([third], [])
        now = scene.publish(own, based_on=2, since=ON)
        assert now.own["cycles.contact_days"]["since"] == ON.isoformat()
        assert list(coming_of(rows, ON)) == []
        bring_variants_into_force(on=ON + 10 * DAY, at=AT)
        assert list(rows.filter(is_in_force=True)) == [now]
        fourth = scene.publish({}, based_on=3, since=ON + 9 * DAY)
        assert list(coming_of(rows, ON)) == [fourth]
        assert second.number < third.number < now.number

    @pytest.mark.parametrize("days", [0, 9, 11])
    def test_what_was_only_announced_takes_the_day_of_the_version_that_replaces_it(
        self, scene: Scene, days: int
    ) -> None:
        scene.publish(since=ON + 10 * DAY)
        moved = scene.publish(based_on=1, since=ON + days * DAY)
        assert moved.own["cycles.contact_days"]["since"] == (ON + days * DAY).isoformat()
        with pytest.raises(NothingChangedError):
            scene.publish(based_on=2, since=ON + days * DAY)

    def test_what_stays_as_it_was_keeps_its_day(self, scene: Scene) -> None:
        scene.publish()
        later = ON + 5 * DAY
        own = {"cycles.contact_days": Own(60, BASIS), "presence_days_month": Own(18, "县规")}
        second = scene.publish(own, based_on=1, since=later, on=later)
        assert [(path, one["since"]) for path, one in second.own.items()] == [
            ("cycles.contact_days", ON.isoformat()),
            ("presence_days_month", later.isoformat()),
        ]

    def test_an_empty_version_gives_everything_back_to_the_programme(self, scene: Scene) -> None:
        scene.publish()
        scene.publish({}, based_on=1)
        assert contact_days(scene.placement) == 90

    @pytest.mark.parametrize(
        ("own", "changes", "message", "field"),
        [
            (None, {"since": ON - DAY}, "施行日期不得早于今天", "since"),
            (None, {"note": " "}, "请写明修订内容", "note"),
            ({"cycles.contact_days": Own(60, " ")}, {}, "没有写依据", "cycles.contact_days.basis"),
            ({"cycles.contact_days": Own(90, BASIS)}, {}, "与上级规定相同", "cycles.contact_days"),
            ({"cycles.talk_months": Own(3, BASIS)}, {}, "“谈心谈话，每”须按挂职项目执行", ""),
            ({"term_months": Own(3, BASIS)}, {}, "“term_months”须按挂职项目执行", ""),
            ({"cycles.contact_days": Own(6, BASIS)}, {}, "请填 7 到 365 的整数", ""),
            ({"cycles.contact_days": Own(366, BASIS)}, {}, "请填 7 到 365 的整数", ""),
            ({"leave_levels": Own(LEVELS[:1], BASIS)}, {}, "最后一级不限天数", ""),
        ],
    )
    def test_what_cannot_be_says_why(self, scene: Scene, own, changes, message: str, field: str) -> None:
        with pytest.raises(VariantError, match=message) as found:
            scene.publish(own, **changes)
        assert (found.value.field or "") == field
        assert not ProgrammeVariant.objects.exists()

    def test_bounds_themselves_are_taken(self, scene: Scene) -> None:
        scene.publish({"cycles.contact_days": Own(7, BASIS)})
        scene.publish({"cycles.contact_days": Own(365, BASIS)}, based_on=1)
        assert contact_days(scene.placement) == 365

    def test_nothing_new_is_not_published_and_an_old_form_is_refused(self, scene: Scene) -> None:
        with pytest.raises(NothingChangedError):
            scene.publish({})
        scene.publish()
        with pytest.raises(NothingChangedError):
            scene.publish(based_on=1, since=ON + DAY)
        with pytest.raises(StaleObjectError):
            scene.publish({}, based_on=0)

    def test_only_the_county_itself_publishes(self, scene: Scene) -> None:
        for user in (scene.other_clerk, scene.owner, make_user(Role.LEADER, scene.county)):
            with pytest.raises(NotAllowedError, match="本县组织部门"):
                scene.publish(by=user)
        assert not may_publish_variant(
            scene.owner, scene.root
        )  # the highest one changes the programme itself
        assert [one.name for one in variant_units(scene.clerk)] == ["甲县"]
        assert variant_units(scene.owner) == []

    def test_the_trail_says_what_changed(self, scene: Scene) -> None:
        variant = scene.publish()
        event = AuditEvent.objects.get(action="programme.publish_variant")
        assert event.details == {
            "version": 1,
            "since": "2026-03-02",
            "changed": ["派出单位联系本人，间隔不超过"],
        }
        assert variant.trail_path == scene.county.path


class TestPages:
    def test_the_upper_level_sees_every_difference_in_one_table(self, scene: Scene, signed_in) -> None:
        scene.publish()
        scene.publish(
            {"presence_days_month": Own(18, "乙县规")}, unit=scene.other, by=scene.other_clerk, since=ON
        )
        page = reverse("campaigns:variant_list", args=[scene.programme.pk])
        text = text_of(signed_in(scene.owner).get(page))
        for words in ("甲县", "90 天", "60 天", BASIS, "2026-03-02", "乙县", "18 个工作日", "乙县规"):
            assert words in text
        own = text_of(signed_in(scene.clerk).get(page))
        assert "甲县" in own
        assert "乙县规" not in own
        town = make_user(Role.ORGANISATION_DEPARTMENT, scene.placement.host_unit)
        assert list(variants_visible_to(town)) == list(ProgrammeVariant.objects.filter(unit=scene.county))
        assert "各县均按挂职项目执行" in text_of(
            signed_in(scene.owner).get(
                reverse("campaigns:variant_list", args=[make_programme_version().programme_id])
            )
        )

    def test_the_table_is_filtered(self, scene: Scene, signed_in) -> None:
        scene.publish({"cycles.contact_days": Own(60, BASIS), "presence_days_month": Own(18, BASIS)})
        page = reverse("campaigns:variant_list", args=[scene.programme.pk])
        client = signed_in(scene.owner)
        assert "18 个工作日" not in text_of(client.get(page, {"label": "派出单位联系本人，间隔不超过"}))
        assert BASIS not in text_of(client.get(page, {"unit": "乙"}))

    def test_a_county_publishes_by_its_form_and_sees_other_counties_nowhere(
        self, scene: Scene, signed_in
    ) -> None:
        address = reverse("campaigns:variant_edit", args=[scene.programme.pk, scene.county.pk])
        client = signed_in(scene.clerk)
        text = text_of(client.get(address))
        assert "上级规定：90 天" in text
        assert "谈心谈话" not in text
        today = dt.date(2027, 1, 1)
        data = {"cycles.contact_days": "60", "since": f"{today}", "note": "首次", "based_on": "0"}
        assert "没有写依据" in text_of(client.post(address, data))
        assert "没有写本县的规定" in text_of(client.post(address, {**data, "presence_days_month.basis": "x"}))
        levels = {
            **{f"leave_days.{n}": one["up_to_days"] or "" for n, one in enumerate(LEVELS)},
            **{f"leave_approver.{n}": one["approver"] for n, one in enumerate(LEVELS)},
            **{f"leave_chain.{n}": one["chain"] for n, one in enumerate(LEVELS)},
            **{f"leave_chain.{n}": "host_owner" for n in (2, 3)},
            "leave_levels.basis": BASIS,
        }
        answer = client.post(address, {**data, "cycles.contact_days.basis": BASIS, **levels}, follow=True)
        assert "已发布第 1 版" in text_of(answer)
        variant = ProgrammeVariant.objects.get()
        assert {path: one["value"] for path, one in variant.own.items()} == {
            "leave_levels": LEVELS,
            "cycles.contact_days": 60,
        }
        assert 'value="60"' in client.get(address).content.decode()
        listed = text_of(client.get(reverse("campaigns:variant_list", args=[scene.programme.pk])))
        assert "第 1 版自 2027-01-01 起施行" in listed
        stranger = signed_in(scene.other_clerk)
        for other in (address, reverse("campaigns:variant_detail", args=[variant.pk])):
            assert stranger.get(other).status_code == 404
        assert signed_in(scene.owner).get(address).status_code == 404
        detail = text_of(signed_in(scene.owner).get(reverse("campaigns:variant_detail", args=[variant.pk])))
        assert "与上级规定的差别" in detail

    def test_a_programme_that_leaves_nothing_open_says_so(self, scene: Scene, signed_in) -> None:
        scene.version.parameters["open_to_counties"] = []
        scene.version.save()
        address = reverse("campaigns:variant_edit", args=[scene.programme.pk, scene.county.pk])
        assert "没有留给县级另定的参数" in text_of(signed_in(scene.clerk).get(address))


def test_what_is_open_is_one_of_a_closed_list() -> None:
    assert from_json({"open_to_counties": ["cycles.visit_months", "leave_levels"]}).open_to_counties == (
        "leave_levels",
        "cycles.visit_months",
    )
    assert from_json({"open_to_counties": []}).open_to_counties == ()
    for wrong, words in (
        (["term_months"], "不能由县级另定"),
        ("leave_levels", "不是一组参数"),
        ([1], "不是一组参数"),
    ):
        with pytest.raises(ParametersError, match=words):
            from_json({"open_to_counties": wrong})


def test_values_are_found_and_set_by_path() -> None:
    assert value_at({"cycles": {"contact_days": 60}}, "cycles.contact_days") == 60
    assert value_at({}, "cycles.contact_days") == 90
    given = {"term_months": 24}
    assert with_settings(given, {"cycles.contact_days": 60}) == {
        "term_months": 24,
        "cycles": {"contact_days": 60},
    }
    assert given == {"term_months": 24}
    with pytest.raises(KeyError):
        value_at({}, "cycles.colour")
