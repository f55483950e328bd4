"""应急选派, played whole: 32 people from the need to issued notices by one clerk, with what it costs counted."""

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.campaigns.models import Campaign, CampaignPost, Programme
from secondment.campaigns.parameters_json import to_json
from secondment.campaigns.presets import URGENT
from secondment.decision.queries import owed_steps
from secondment.matching.models import Proposal
from secondment.people.models import AnnualGrade, Person
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.posts.models import Post
from tests.makers import AT, make_person, make_programme_version, make_region, make_unit, make_user

SECONDS_A_FIELD, SECONDS_A_PAGE, MOST_SECONDS = 5, 10, 30 * 60
N_PEOPLE, N_TOWNS = 32, 8
TODAY = dt.date(2026, 11, 23)
HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "decision.zh-CN.md"


@dataclass
class Clerk:
    """One account at work: every page that opens and every field that is typed, chosen or ticked is counted."""

    client: Client
    pages: int = 0
    fields: int = 0
    log: list[str] = field(default_factory=list)

    def send(self, name: str, *args: Any, typed: dict[str, Any] | None = None, **kept: Any) -> Any:
        """Open a page, or type into it and send it; what it leads to is another page."""
        url = reverse(name, args=args) if ":" in name else name
        if typed is None and not kept:
            response = self.client.get(url)
        else:
            self.fields += len(typed or {})
            response = self.client.post(url, {**(typed or {}), **kept}, follow=True)
        self.pages += 1
        words = re.sub(r"<[^>]+>|\s+", " ", response.content.decode())
        assert response.status_code == 200, (name, words[-1500:])
        errors = getattr((response.context or {}).get("form"), "errors", None)
        assert not errors, (name, errors)
        self.log.append(name)
        return response

    def list_of(self, name: str, head: str, rows: list[str]) -> SimpleUploadedFile:
        """A list put together in Excel: each cell is typed."""
        self.fields += sum(len(row.split(",")) for row in rows)
        return SimpleUploadedFile(name, "\n".join([head, *rows]).encode())

    @property
    def seconds(self) -> int:
        return SECONDS_A_FIELD * self.fields + SECONDS_A_PAGE * self.pages


@pytest.mark.django_db
def test_thirty_two_people_in_half_an_hour(monkeypatch, client, django_capture_on_commit_callbacks) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    root = make_unit("示例市委组织部")
    region = make_region("110101", "示例县")
    towns = [make_unit(f"示例{at}镇", root, region=region) for at in range(N_TOWNS)]
    home = make_unit("示例局", root)
    people = [make_person(home, name=f"示例干部{at:02d}", political_status="01") for at in range(N_PEOPLE)]
    AnnualGrade.objects.bulk_create(
        AnnualGrade(person=one, year=year, grade="competent") for one in people for year in (2024, 2025)
    )
    programme = Programme.objects.create(code="urgent", name="应急选派")
    make_programme_version(to_json(URGENT), programme=programme)
    client.force_login(make_user(Role.ORGANISATION_DEPARTMENT, root))
    clerk = Clerk(client)

    with django_capture_on_commit_callbacks(execute=True):
        # the need: one list, a row a township
        head = "接收单位,岗位编号,挂任职务,人数,到岗日期,期限（月）,岗位职责,联系人,联系电话,重点任务1"
        rest = "抢险救灾工作组成员,4,2026-11-25,6,灾后安置,张示例,000-1,安置群众｜安置户数｜100｜户"
        rows = [f"{one.name},Y{at},{rest}" for at, one in enumerate(towns)]
        review = clerk.send("posts:post_import", file=clerk.list_of("需求.csv", head, rows))
        confirm = re.search(r'action="(/posts/import/[^"]+confirm[^"]*)"', review.content.decode())
        assert confirm is not None
        clerk.send(confirm[1].replace("&amp;", "&"), confirmed="1")
        posts = list(Post.objects.values_list("pk", flat=True))
        assert len(posts) == N_TOWNS
        clerk.send("posts:posts_submit", typed={"all": ""}, selected=posts)
        clerk.send("posts:posts_approve", typed={"all": ""}, selected=posts)
        # the campaign, its posts and the quota
        clerk.send("campaigns:campaign_create")
        typed = {
            "programme": programme.pk,
            "owner_unit": root.pk,
            "name": "抗震救灾应急选派",
            "purpose": "key_task",
            "nominations_from": f"{TODAY}",
            "nominations_until": "2026-11-24",
            "starts_on": "2026-11-25",
            "last_day": "2027-05-24",
            "handover_days": "0",
        }
        clerk.send("campaigns:campaign_create", typed=typed)
        campaign = Campaign.objects.get()
        clerk.send("campaigns:offer_add", campaign.pk)
        clerk.send("campaigns:offer_add", campaign.pk, typed={"all": ""}, selected=posts)
        assert CampaignPost.objects.count() == N_TOWNS
        clerk.send("campaigns:quota_edit", campaign.pk)
        quota = {"units": home.pk, "n_asked": N_PEOPLE}
        clerk.send("campaigns:quota_edit", campaign.pk, typed=quota, version=Campaign.objects.get().version)
        clerk.send("campaigns:campaign_move", campaign.pk, "open_campaign", sure="1")
        # the people: one list of names, the preview, the nomination
        clerk.send("campaigns:nominate_upload", campaign.pk)
        names = clerk.list_of("名单.csv", "姓名,所在单位", [f"{one.name},示例局" for one in people])
        clerk.send("campaigns:nominate_upload", campaign.pk, file=names)
        chosen = [one.pk for one in people]
        typed = {"integrity_opinion": "无不良反映", "reason": "专业对口"}
        clerk.send("campaigns:nominate_confirm", campaign.pk, typed=typed, selected=chosen)
        clerk.send("campaigns:campaign_move", campaign.pk, "close_nominations", sure="1")
    with django_capture_on_commit_callbacks(execute=True):
        # the plan, computed with the usual weights, and chosen
        page = clerk.send("matching:run_create", campaign.pk)
        weights = {one.html_name: one.value() for one in page.context["form"].visible_fields()}
        clerk.send("matching:run_create", campaign.pk, **weights)
    proposal = Proposal.objects.get()
    clerk.send("matching:proposal_detail", proposal.pk)
    clerk.send("matching:proposal_choose", proposal.pk, version=proposal.version)
    # the leaders have decided; consultation, talks and public notification follow
    clerk.send("decision:decision_record", campaign.pk)
    typed = {
        "meeting": "紧急会商",
        "number": "示组急〔2026〕1号",
        "decided_on": f"{TODAY}",
        "leaders": "王示例部长、李示例副部长",
        "afterwards_reason": "灾区急需，来不及",
    }
    empty = {"changes-TOTAL_FORMS": "0", "changes-INITIAL_FORMS": "0"}
    summed_up = clerk.send("decision:decision_record", campaign.pk, typed=typed, **empty)
    mark = summed_up.context["summary"].mark
    clerk.send("decision:decision_record", campaign.pk, **typed, **empty, confirmed=mark)
    clerk.send("placements:notices_issue", campaign.pk)
    typed = {"series": "示组挂", "report_by": "2026-11-26", "way": "joint"}
    clerk.send("placements:notices_issue", campaign.pk, typed=typed)  # the preview
    with django_capture_on_commit_callbacks(execute=True):  # many are written by a job
        clerk.send("placements:notices_issue", campaign.pk, **typed, confirm="1")

    issued = Placement.objects.filter(state=PlacementState.APPOINTED, notice_file__isnull=False)
    assert issued.count() == N_PEOPLE == Person.objects.count()
    assert {str(step) for step in owed_steps(Campaign.objects.get())} == {
        *("consultation", "talks", "notification", "minutes")
    }
    assert (clerk.pages, clerk.fields) == (25, 168)
    assert clerk.seconds <= MOST_SECONDS
    cost = f"{clerk.pages}页、填写{clerk.fields}项，按每页10秒、每项5秒计{clerk.seconds // 60}分{clerk.seconds % 60}秒"
    assert cost in HANDBOOK.read_text(encoding="utf-8")
