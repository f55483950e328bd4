"""A campaign is opened step after step: terms proposed, pages that follow each other, quotas of groups and from Excel."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.campaigns.builders import ON, Scene, make_scene
from tests.makers import make_campaign_post, make_post, make_unit
from tests.pages import text_of

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.forms import quotas as quota_forms
from secondment.campaigns.forms.quotas import QuotaForm
from secondment.campaigns.holding import usual_term
from secondment.posts.choices import PostState
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.groups import groups_among, units_of_groups
from secondment.units.models import Unit

pytestmark = pytest.mark.django_db
TERM = (dt.date(2027, 3, 1), dt.date(2029, 3, 1))
OTHER = (dt.date(2027, 6, 1), dt.date(2028, 6, 1))


@pytest.fixture
def scene() -> Scene:
    return make_scene(state=CampaignState.DRAFT)


def approved(scene: Scene, term, **fields):
    return make_post(scene.host, starts_on=term[0], ends_on=term[1], **fields)


class TestTerm:
    def test_most_demands_that_wait_say_it(self, scene: Scene) -> None:
        assert usual_term(scene.owner, ON) is None  # both posts are offered already
        approved(scene, TERM)
        for _ in range(2):
            approved(scene, OTHER)
        for _ in range(3):
            approved(scene, (dt.date(2027, 1, 1), dt.date(2028, 1, 1)), state=PostState.SUBMITTED)
        assert usual_term(scene.owner, ON) == OTHER
        assert usual_term(scene.stranger, ON) is None

    def test_what_is_over_says_nothing(self, scene: Scene) -> None:
        approved(scene, OTHER)
        assert usual_term(scene.owner, OTHER[1] - dt.timedelta(days=1)) == OTHER
        assert usual_term(scene.owner, OTHER[1]) is None

    def test_the_form_proposes_it(self, scene: Scene, signed_in) -> None:
        client, address = signed_in(scene.owner), reverse("campaigns:campaign_create")
        assert set(client.get(address).context["form"].initial) == {"nominations_from", "nominations_until"}
        approved(scene, (ON, ON + dt.timedelta(days=365)))
        initial = client.get(address).context["form"].initial
        assert initial == {
            "nominations_from": ON,
            "nominations_until": ON + dt.timedelta(days=30),
            "starts_on": ON,
            "last_day": ON + dt.timedelta(days=364),
        }


class TestOrderOfPages:
    def offer(self, client, scene: Scene, *posts) -> str:
        sent = {"selected": [one.pk for one in posts]}
        return client.post(reverse("campaigns:offer_add", args=[scene.campaign.pk]), sent).url

    def test_posts_then_quotas_then_the_campaign(self, scene: Scene, signed_in) -> None:
        client, pk = signed_in(scene.owner), scene.campaign.pk
        scene.campaign.quotas.all().delete()
        first, second = approved(scene, TERM), approved(scene, TERM)
        assert "下一步：分配名额" in text_of(client.get(reverse("campaigns:offer_add", args=[pk])))
        assert self.offer(client, scene, first) == reverse("campaigns:offer_add", args=[pk])
        assert self.offer(client, scene, second) == reverse("campaigns:quota_edit", args=[pk])
        sent = {"units": [scene.home.pk], "n_asked": "2"}
        answer = client.post(reverse("campaigns:quota_edit", args=[pk]), sent)
        assert answer.url == reverse("campaigns:campaign_detail", args=[pk])

    def test_with_quotas_the_posts_are_shown(self, scene: Scene, signed_in) -> None:
        client, pk = signed_in(scene.owner), scene.campaign.pk
        assert "下一步：分配名额" not in text_of(client.get(reverse("campaigns:offer_add", args=[pk])))
        assert self.offer(client, scene, approved(scene, TERM)) == reverse("campaigns:offer_list", args=[pk])

    @pytest.mark.parametrize("state", [CampaignState.OPEN, CampaignState.DRAFT])
    def test_without_posts_or_when_open_the_quotas_are_shown(self, signed_in, state) -> None:
        scene = make_scene(state=state, n_posts=1 if state == CampaignState.OPEN else 0)
        client, pk = signed_in(scene.owner), scene.campaign.pk
        answer = client.post(reverse("campaigns:quota_edit", args=[pk]), {f"asked-{scene.home.pk}": "4"})
        assert answer.url == reverse("campaigns:quota_list", args=[pk])

    def test_what_cannot_be_opened_says_so_on_its_own_page(self, scene: Scene, signed_in) -> None:
        client, pk = signed_in(scene.owner), scene.campaign.pk
        scene.campaign.quotas.all().delete()
        address = reverse("campaigns:campaign_move", args=[pk, "open_campaign"])
        page = client.post(address, follow=True)
        assert page.redirect_chain[0][0] == reverse("campaigns:campaign_detail", args=[pk])
        assert "尚未分配名额。请先为派出单位分配名额，再开始征集。" in text_of(page)

    def test_posts_that_hold_no_longer_are_named_on_the_page(self, scene: Scene, signed_in) -> None:
        client = signed_in(scene.owner)
        post = approved(scene, TERM)
        make_campaign_post(make_scene().campaign, post)
        answer = client.post(
            reverse("campaigns:offer_add", args=[scene.campaign.pk]), {"selected": [post.pk]}, follow=True
        )
        assert "其他批次" in text_of(answer)


class TestGroups:
    def test_kinds_and_levels(self, scene: Scene) -> None:
        make_unit("某县局", scene.root, level=UnitLevel.COUNTY)
        make_unit("某镇", scene.root, kind=UnitKind.TOWNSHIP, level=UnitLevel.TOWNSHIP)
        make_unit("某院", scene.root, kind=UnitKind.PUBLIC_INSTITUTION)
        units = Unit.objects.filter(path__startswith=scene.root.path)
        assert [(one.key, n) for one, n in groups_among(units)] == [
            ("prefectural_organs", 2),
            ("county_organs", 1),
            ("townships", 1),
            ("institutions", 1),
        ]
        chosen = units_of_groups(units, ["townships", "county_organs", "nothing"])
        assert [one.name for one in chosen] == ["某县局", "某镇"]
        assert units_of_groups(units, []) == []

    def test_a_group_gives_each_of_its_units_the_figure(self, scene: Scene, signed_in) -> None:
        for name in ("甲局", "乙局"):
            make_unit(name, scene.root, level=UnitLevel.COUNTY)
        client = signed_in(scene.owner)
        address = reverse("campaigns:quota_edit", args=[scene.campaign.pk])
        assert "全部县级机关（2）" in client.get(address).content.decode()
        sent = {f"asked-{scene.home.pk}": "3", "groups": ["county_organs"], "n_asked": "2"}
        client.post(address, sent)
        rows = scene.campaign.quotas.order_by("home_unit__path").values_list("home_unit__name", "n_asked")
        assert list(rows) == [("示例局", 3), ("甲局", 2), ("乙局", 2)]
        assert "全部县级机关" not in client.get(address).content.decode()


class TestPaste:
    def form(self, scene: Scene, pasted: str, **sent: str) -> QuotaForm:
        units = Unit.objects.filter(path__startswith=scene.root.path)
        data = {f"asked-{scene.home.pk}": "3", "pasted": pasted, **sent}
        return QuotaForm(data, quotas=[scene.quota], units=units)

    def test_lines_of_excel_become_quotas(self, scene: Scene) -> None:
        added = make_unit("甲局", scene.root)
        form = self.form(scene, f"甲局\t2\t1\n\n{scene.home.name}\t5\n示例市\n")
        assert form.is_valid(), form.errors
        assert [(one.home_unit, one.n_asked, one.release_cap) for one in form.lines()] == [
            (scene.home, 5, None),
            (added, 2, 1),
            (scene.root, 0, None),
        ]

    def test_each_fault_names_its_line(self, scene: Scene) -> None:
        form = self.form(scene, "无此局\t2\n示例局\t两个\n示例局\t1\t10001\n示例局\t10000")
        faults = form.errors["pasted"]
        assert faults[0].startswith("第 1 行：未找到单位“无此局”")
        assert faults[1] == "第 2 行：“两个”不是 0—10000 的整数，请改正。"
        assert faults[2] == "第 3 行：“10001”不是 0—10000 的整数，请改正。"
        assert len(faults) == 3

    def test_a_block_that_is_too_long_is_refused_whole(self, scene: Scene, monkeypatch) -> None:
        monkeypatch.setattr(quota_forms, "MOST_PASTED", 2)
        assert self.form(scene, "示例局\t1\n示例市\t1").is_valid()
        assert "一次最多粘贴 2 行" in self.form(scene, "示例局\n" * 3).errors["pasted"][0]

    @pytest.mark.parametrize(
        ("cells", "figures"), [("\t5", (5, 2)), ("\t\t1", (3, 1)), ("\t5\t4", (5, 4)), ("\t0\t0", (0, 0))]
    )
    def test_cells_left_out_keep_their_values(
        self, scene: Scene, cells: str, figures: tuple[int, int]
    ) -> None:
        form = self.form(scene, scene.home.name + cells, **{f"cap-{scene.home.pk}": "2"})
        assert form.is_valid(), form.errors
        (line,) = form.lines()
        assert (line.n_asked, line.release_cap) == figures

    def test_a_new_unit_alone_gets_the_number_of_new_units(self, scene: Scene) -> None:
        make_unit("甲局", scene.root)
        form = self.form(scene, "甲局", n_asked="4")
        assert form.is_valid(), form.errors
        assert [(one.n_asked, one.release_cap) for one in form.lines()] == [(3, None), (4, None)]

    def test_what_is_no_line_of_quotas_is_a_fault(self, scene: Scene) -> None:
        make_unit("甲局", scene.root)
        form = self.form(scene, "示例局\n甲局\t1\n甲局\t2\n示例市\t1\t1\t备注")
        assert form.errors["pasted"] == [
            "第 1 行：“示例局”已有名额，请写明推荐名额或最多派出。",
            "第 3 行：“甲局”重复，请只保留一行。",
            "第 4 行：多于三列，请只粘贴单位名称、推荐名额、最多派出。",
        ]
