"""What the pages say and do, party by party."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.campaigns.builders import AT, ON, Scene, make_scene
from tests.makers import make_person, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.forms.programmes import ProgrammeForm
from secondment.campaigns.imports import read_persons, read_quotas
from secondment.campaigns.models import Campaign, EligibilityFinding, Exemption, Nomination, ProgrammeVersion
from secondment.campaigns.parameters_json import from_json
from secondment.campaigns.services import check_eligibility, share_candidates
from secondment.common.file_faults import told
from secondment.common.protection import blind_index
from secondment.files.problems import BadInputError
from secondment.jobs.models import Job
from secondment.people.models import Person
from secondment.units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene(nominations_from=ON - dt.timedelta(days=1), nominations_until=ON + dt.timedelta(days=9))


def page(client: Client, name: str, *arguments: object, query: str = "") -> str:
    response = client.get(reverse(f"campaigns:{name}", args=arguments) + query)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, name: str, /, *arguments: object, **data: Any) -> Any:
    return client.post(reverse(f"campaigns:{name}", args=arguments), data)


def campaign_data(**changes: Any) -> dict[str, Any]:
    return {
        "name": "新批次",
        "purpose": "key_task",
        "nominations_from": "2026-11-01",
        "nominations_until": "2026-12-31",
        "starts_on": "2027-03-01",
        "last_day": "2029-02-28",
        "handover_days": "0",
    } | changes


def test_campaign_is_created_with_its_last_day(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    programme = scene.campaign.programme_version.programme
    data = campaign_data(programme=programme.pk, owner_unit=scene.root.pk)
    assert "最后一天" in page(client, "campaign_create")
    assert send(client, "campaign_create", **data).status_code == 302
    made = Campaign.objects.latest("pk")
    assert (made.ends_on, made.owner_unit, made.programme_version.number) == (
        dt.date(2029, 3, 1),
        scene.root,
        1,
    )


def test_backward_dates_are_named_at_their_field(scene: Scene, signed_in: Any) -> None:
    response = send(
        signed_in(scene.owner),
        "campaign_edit",
        scene.campaign.pk,
        **campaign_data(version=1, last_day="2027-02-01", nominations_until="2026-10-01"),
    )
    text = response.content.decode()
    assert "挂职结束日期不能早于开始日期。" in text
    assert "推荐截止日期不能早于推荐开始日期。" in text


def test_campaign_is_edited_and_a_stale_form_answered_409(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    assert f'value="{scene.campaign.name}"' in page(client, "campaign_edit", scene.campaign.pk)
    assert send(client, "campaign_edit", scene.campaign.pk, **campaign_data(version=1)).status_code == 302
    assert send(client, "campaign_edit", scene.campaign.pk, **campaign_data(version=1)).status_code == 409


def test_overview_names_who_has_not_answered(scene: Scene, signed_in: Any) -> None:
    nomination = scene.nomination()
    text = page(signed_in(scene.leader), "campaign_detail", scene.campaign.pk)
    assert nomination.person.name in text
    assert "示例局" in text
    assert "结束推荐并审查" not in text
    assert "结束推荐并审查" in page(signed_in(scene.owner), "campaign_detail", scene.campaign.pk)


def test_overview_shows_each_party_its_own_part(scene: Scene, signed_in: Any) -> None:
    account = make_user(Role.SECONDEE, scene.home)
    own = scene.nomination(person=scene.person(account=account))
    other = scene.nomination()
    home = page(signed_in(scene.home_user), "campaign_detail", scene.campaign.pk)
    assert "尚缺" in home
    assert "资格不符" not in home
    host = page(signed_in(scene.host_user), "campaign_detail", scene.campaign.pk)
    assert "本单位岗位" in host
    assert other.person.name not in host
    mine = page(signed_in(account), "campaign_detail", scene.campaign.pk)
    assert reverse("campaigns:preferences", args=[own.pk]) in mine
    assert other.person.name not in mine


def test_drafts_are_hidden_from_units(scene: Scene, signed_in: Any) -> None:
    Campaign.objects.update(state=CampaignState.DRAFT)
    for user in (scene.home_user, scene.host_user):
        assert scene.campaign.name not in page(signed_in(user), "campaign_list")
    text = page(signed_in(scene.owner), "campaign_list")
    assert scene.campaign.name in text
    assert "已推荐" in text


def test_cancelled_campaign_says_so(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    page(client, "campaign_cancel", scene.campaign.pk)
    assert send(client, "campaign_cancel", scene.campaign.pk, reason="计划调整").status_code == 302
    assert "本批次已取消。" in page(client, "campaign_detail", scene.campaign.pk)


def test_moves_open_close_and_reopen(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    scene.nomination()
    assert send(client, "campaign_move", scene.campaign.pk, "close_nominations").status_code == 302
    assert send(client, "campaign_move", scene.campaign.pk, "reopen_nominations").status_code == 302
    assert send(client, "campaign_move", scene.campaign.pk, "decide_campaign").status_code == 404
    scene.campaign.refresh_from_db()
    assert scene.campaign.state == "open"


def test_closing_many_shows_the_running_check(
    scene: Scene, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secondment.campaigns.services.eligibility.CHECKED_AT_ONCE", 0)
    client = signed_in(scene.owner)
    scene.nomination()
    response = send(client, "campaign_move", scene.campaign.pk, "close_nominations")
    job = Job.objects.get()
    assert response.headers["Location"].endswith(f"?job={job.pk}")
    assert "正在排队" in page(client, "finding_list", scene.campaign.pk, query=f"?job={job.pk}")
    assert "正在排队" in page(client, "check_progress", job.pk)
    assert signed_in(scene.leader).get(reverse("campaigns:check_progress", args=[job.pk])).status_code == 404
    response = send(client, "eligibility_check", scene.campaign.pk)
    assert "?job=" in response.headers["Location"]


def test_posts_are_chosen_and_prioritised(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    post = make_post(scene.host, title="副镇长")
    assert "副镇长" in page(client, "offer_add", scene.campaign.pk)
    send(client, "offer_add", scene.campaign.pk, selected=[post.pk], priority="1")
    assert "设为优先" in page(client, "offer_list", scene.campaign.pk)
    offer = scene.campaign.campaign_posts.get(post=post)
    assert offer.priority == 1
    send(client, "offer_change", scene.campaign.pk, 3, selected=[offer.pk])
    offer.refresh_from_db()
    assert offer.priority == 3
    assert send(client, "offer_change", scene.campaign.pk, 9, selected=[offer.pk]).status_code == 404
    send(client, "offer_remove", scene.campaign.pk, selected=[offer.pk])
    assert not scene.campaign.campaign_posts.filter(post=post).exists()
    assert "设为优先" not in page(signed_in(scene.leader), "offer_list", scene.campaign.pk)


def test_quotas_are_edited_added_and_taken_out(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    added = make_unit("新增局", scene.root)
    page(client, "quota_edit", scene.campaign.pk)
    data = {f"asked-{scene.home.pk}": "5", f"cap-{scene.home.pk}": "2", "units": [added.pk], "n_asked": "3"}
    assert send(client, "quota_edit", scene.campaign.pk, **data).status_code == 302
    rows = scene.campaign.quotas.order_by("pk").values_list("home_unit__name", "n_asked", "release_cap")
    assert list(rows) == [("示例局", 5, 2), ("新增局", 3, None)]
    send(client, "quota_edit", scene.campaign.pk, **{f"asked-{scene.home.pk}": "5", f"asked-{added.pk}": ""})
    assert list(rows.all()) == [("示例局", 5, None)]


def test_stale_editor_of_quotas_overwrites_nothing(scene: Scene, signed_in: Any) -> None:
    """Two editors are open; the second save, from the form or by a file, is a conflict."""
    client = signed_in(scene.owner)
    opened = [
        client.get(reverse(f"campaigns:quota_{how}", args=[scene.campaign.pk])) for how in ("edit", "upload")
    ]
    versions = [{"version": one.context["form"]["version"].value()} for one in opened]
    figures = {f"asked-{scene.home.pk}": "5", f"cap-{scene.home.pk}": "2"}
    assert send(client, "quota_edit", scene.campaign.pk, **figures, **versions[0]).status_code == 302
    later = {f"asked-{scene.home.pk}": "9"}
    assert send(client, "quota_edit", scene.campaign.pk, **later, **versions[0]).status_code == 409
    file = SimpleUploadedFile("名额.csv", "派出单位,推荐名额\n示例局,9\n".encode())
    assert send(client, "quota_upload", scene.campaign.pk, file=file, **versions[1]).status_code == 409
    assert scene.campaign.quotas.get().n_asked == 5
    now = (
        client.get(reverse("campaigns:quota_edit", args=[scene.campaign.pk]))
        .context["form"]["version"]
        .value()
    )
    assert send(client, "quota_edit", scene.campaign.pk, **later, version=now).status_code == 302
    assert scene.campaign.quotas.get().n_asked == 9


def test_exported_quotas_can_be_sent_back(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    content = client.get(reverse("campaigns:quota_list", args=[scene.campaign.pk]) + "?export=xlsx").content
    head, row = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert (head[:3], row[:4]) == (["派出单位", "推荐名额", "最多派出"], ["示例局", 3.0, "", 0.0])
    file = SimpleUploadedFile("名额.xlsx", content)
    assert send(client, "quota_upload", scene.campaign.pk, file=file).status_code == 302
    assert scene.campaign.quotas.get().n_asked == 3


def test_wrong_uploads_are_refused_with_line_and_remedy(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    page(client, "quota_upload", scene.campaign.pk)
    file = SimpleUploadedFile("名额.csv", "派出单位,推荐名额\n无此局,1\n".encode())
    text = send(client, "quota_upload", scene.campaign.pk, file=file).content.decode()
    assert "未找到单位“无此局”" in text
    assert "文件中的数据均未写入" in text
    refused = send(client, "quota_upload", scene.campaign.pk, file=SimpleUploadedFile("a.exe", b"x"))
    assert "只能上传 .xlsx、.xls、.csv 或 .txt 文件" in refused.content.decode()
    large = SimpleUploadedFile("a.csv", b"x" * 5_000_001)
    assert "文件超过 5 MB" in send(client, "quota_upload", scene.campaign.pk, file=large).content.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, "文件是空的")]),
        ("派出单位\n示例局\n", [(1, "缺少这一列")]),
        ("派出单位,推荐名额\n", [(0, "表头下面没有内容")]),
        ("派出单位,推荐名额\n示例局,\n", [(2, "没有填写")]),
        ("派出单位,推荐名额\n示例局,一\n", [(2, "“一”不在允许的范围内")]),
        ("派出单位,推荐名额,最多派出\n示例局,1,多\n", [(2, "“多”不在允许的范围内")]),
        ("派出单位,推荐名额\n示例局,1\n示例局,2\n", [(3, "“示例局”已在第 2 行出现")]),
        ("派出单位,推荐名额\n同名局,1\n", [(2, "有2个单位名为“同名局”")]),
        ("派出单位,推荐名额\n无此局,1\n", [(2, "未找到单位“无此局”")]),
    ],
)
def test_quota_lists_name_their_faults(scene: Scene, text: str, expected: list[tuple[int, str]]) -> None:
    make_unit("同名局", scene.root)
    make_unit("同名局", scene.home)
    with pytest.raises(BadInputError) as caught:
        read_quotas(text.encode(), file="a.csv", units=Unit.objects.all())
    assert [(one.line, told(one.fault).found) for one in caught.value.problems] == expected


def test_other_columns_are_left_out_only_when_somebody_says_so(scene: Scene, signed_in: Any) -> None:
    text = f"派出单位,推荐名额,尚缺,联系人\n{scene.home.name},1,0,某某\n"
    client = signed_in(scene.owner)
    page(client, "quota_upload", scene.campaign.pk)

    def sent(**more: str) -> Any:
        file = SimpleUploadedFile("名额.csv", text.encode())
        return send(client, "quota_upload", scene.campaign.pk, file=file, **more)

    refused = sent().content.decode()
    assert "不认识的列：联系人" in refused
    assert "勾选“忽略其他列”" in refused
    assert "不认识的列" not in sent(leaves_out_others="on").content.decode()


def test_people_are_found_by_number_or_by_name_and_unit(scene: Scene) -> None:
    number = "990000198503120019"
    first = make_person(scene.home, name="张明", identity_index=blind_index(number))
    second = make_person(make_unit("第二处", scene.home), name="张明")
    third = make_person(scene.home, name="李华")
    text = f"姓名,身份证号,单位\n张明,'{number},\n张明,,第二处\n李华,,\n".encode()
    found = read_persons(text, file="a.csv", candidates=Person.objects.all())
    assert found == [first, second, third]


def test_person_lists_name_their_faults(scene: Scene) -> None:
    make_person(scene.home, name="张明")
    make_person(scene.home, name="张明")
    make_person(scene.home, name="李华")
    text = "姓名,身份证号,单位\n张明,,\n王五,,\n李华,,\n李华,,\n李华,990000198503120019,\n".encode()
    with pytest.raises(BadInputError) as caught:
        read_persons(text, file="a.csv", candidates=Person.objects.all())
    assert [(one.line, told(one.fault).found) for one in caught.value.problems] == [
        (2, "本单位有2人姓名为“张明”"),
        (3, "在可推荐的干部中未找到“王五”"),
        (5, "“李华”已在第 4 行出现"),
        (6, "在可推荐的干部中未找到“李华”"),
    ]


def test_home_unit_sees_findings_before_it_nominates(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.home_user)
    person = scene.person(name="赵明", is_under_investigation=True)
    assert "赵明" in page(client, "nominate", scene.campaign.pk, query="?name=赵")
    text = text_of(send(client, "nominate_preview", scene.campaign.pk, selected=[person.pk]))
    assert "资格审查未通过：请与组织部门联系" in text
    assert [told for told in ("正被立案审查调查", "H4", "《公职人员政务处分法》") if told in text] == []
    response = send(
        client, "nominate_confirm", scene.campaign.pk, selected=[person.pk], integrity_opinion="无异议"
    )
    assert response.status_code == 302
    assert Nomination.objects.get().integrity_opinion == "无异议"
    assert Nomination.objects.get().person == person
    assert "赵明" in page(client, "nomination_list", scene.campaign.pk, query="?answered=no&result=stale")
    again = send(client, "nominate_preview", scene.campaign.pk, selected=[person.pk])
    assert "所选人员不在可推荐范围内" in again.content.decode()


def test_people_of_other_units_cannot_be_nominated(scene: Scene, signed_in: Any) -> None:
    stranger = make_person(make_unit("别局", scene.root))
    response = send(signed_in(scene.home_user), "nominate_confirm", scene.campaign.pk, selected=[stranger.pk])
    assert "没有可推荐的人员" in response.content.decode()
    assert Nomination.objects.count() == 0


def test_uploaded_names_pass_the_same_preview(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.home_user)
    scene.person(name="赵明")
    template = client.get(reverse("campaigns:nominate_template", args=[scene.campaign.pk]))
    (head,) = CalamineWorkbook.from_filelike(io.BytesIO(template.content)).get_sheet_by_index(0).to_python()
    assert head == ["姓名", "身份证号", "所在单位"]
    page(client, "nominate_upload", scene.campaign.pk)
    good = SimpleUploadedFile("名单.csv", "姓名\n赵明\n".encode("gb18030"))
    assert "资格预审：1 人" in send(client, "nominate_upload", scene.campaign.pk, file=good).content.decode()
    bad = SimpleUploadedFile("名单.csv", "姓名\n无此人\n".encode())
    assert "未找到“无此人”" in send(client, "nominate_upload", scene.campaign.pk, file=bad).content.decode()


def test_exports_leave_a_trail(scene: Scene, signed_in: Any) -> None:
    scene.nomination()
    client = signed_in(scene.leader)
    client.get(reverse("campaigns:nomination_list", args=[scene.campaign.pk]) + "?export=xlsx")
    assert AuditEvent.objects.get(action="nomination.export").details == {"rows": 1}


def test_withdrawing_frees_the_place(scene: Scene, signed_in: Any) -> None:
    nomination = scene.nomination()
    client = signed_in(scene.home_user)
    assert send(client, "nomination_withdraw", nomination.pk, reason="调离").status_code == 302
    assert "已撤回" in page(client, "nomination_list", scene.campaign.pk)


def test_secondee_orders_wishes_without_script(scene: Scene, signed_in: Any) -> None:
    account = make_user(Role.SECONDEE, scene.home)
    nomination = scene.nomination(person=scene.person(account=account))
    client = signed_in(account)
    first, second = (post.pk for post in scene.posts)
    address = reverse("campaigns:preferences", args=[nomination.pk])

    def order(**data: Any) -> list[int]:
        response = client.post(address, {"version": 1} | data)
        return [one.pk for one in response.context["chosen"]]

    assert order(**{"add-post": "1", "add": str(first)}) == [first]
    assert order(posts=[first], **{"add-post": "1", "add": str(second)}) == [first, second]
    assert order(posts=[first, second], move=f"down-{first}") == [second, first]
    assert order(posts=[first, second], move=f"up-{first}") == [first, second]
    assert order(posts=[first, second], move=f"remove-{first}") == [second]
    assert order(posts=[first, "x", 0], move="up-0") == [first]
    answer = {"posts": [second, first], "submit": "1", "version": 1, "prefers_near": "on"}
    assert client.post(address, answer).status_code == 302
    assert list(nomination.preferences.values_list("campaign_post", flat=True)) == [second, first]
    # all at once: what is chosen in the list goes along, and afterwards one sees what one chose
    client.post(address, {"version": 2, "add": [str(first), str(second), str(first)], "submit": "1"})
    assert list(nomination.preferences.values_list("campaign_post", flat=True)) == [first, second]
    assert "已提交" in page(client, "my_nominations")
    assert "查阅范围：派出单位、主办组织部门。" in page(client, "preferences", nomination.pk)


def test_wishes_are_kept_before_they_are_submitted(scene: Scene, signed_in: Any) -> None:
    account = make_user(Role.SECONDEE, scene.home)
    nomination = scene.nomination(person=scene.person(account=account))
    client, address = signed_in(account), reverse("campaigns:preferences", args=[nomination.pk])
    first, second = (post.pk for post in scene.posts)
    put = {"version": 1, "posts": [first], "add": str(second), "add-post": "1", "hardship_text": "父母年迈"}
    assert 'name="add" autofocus' not in client.get(address).content.decode()
    client.post(address, put)
    answer = client.get(address)
    assert [one.pk for one in answer.context["chosen"]] == [first, second]
    assert answer.context["form"]["hardship_text"].value() == "父母年迈"
    assert "尚未提交" in answer.content.decode()
    assert not nomination.preferences.exists()
    other = signed_in(scene.home_user).get(address)
    assert other.context["chosen"] == []
    assert "尚未提交" not in other.content.decode()
    client = signed_in(account)
    assert client.post(address, {"version": 1, "posts": [second], "submit": "1"}).status_code == 302
    submitted = client.get(address)
    assert [one.pk for one in submitted.context["chosen"]] == [second]
    assert "尚未提交" not in submitted.content.decode()


def test_kept_wishes_leave_with_the_nomination_and_posts_with_the_campaign(
    scene: Scene, signed_in: Any
) -> None:
    nomination = scene.nomination()
    client, address = signed_in(scene.home_user), reverse("campaigns:preferences", args=[nomination.pk])
    first, second = (post.pk for post in scene.posts)
    client.post(address, {"version": 1, "posts": [first], "add": str(second), "add-post": "1"})
    scene.posts[0].delete()
    assert [one.pk for one in client.get(address).context["chosen"]] == [second]
    send(client, "nomination_withdraw", nomination.pk, reason="调离")
    nomination.refresh_from_db()
    assert nomination.unsent_wishes is None


@pytest.mark.parametrize(
    ("word", "at", "expected"),
    [
        ("up", 1, ("down", 1)),
        ("up", 2, ("up", 2)),
        ("down", 1, ("up", 1)),
        ("down", 0, ("down", 0)),
        ("remove", 0, ("add", None)),
    ],
)
def test_next_move_of_the_same_wish_has_the_focus(
    word: str, at: int, expected: tuple[str, int | None], signed_in: Any
) -> None:
    scene = make_scene(n_posts=3)
    nomination = scene.nomination()
    posts = [post.pk for post in scene.posts]
    address = reverse("campaigns:preferences", args=[nomination.pk])
    put = {"version": 1, "posts": posts, "move": f"{word}-{posts[at]}"}
    answer = signed_in(scene.home_user).post(address, put)
    way, moved = expected
    assert answer.context["focus"] == (way, 0 if moved is None else posts[moved])
    assert answer.content.decode().count(" autofocus") == 1


def test_long_lists_of_posts_are_searched(signed_in: Any) -> None:
    scene = make_scene(n_posts=13)
    nomination = scene.nomination()
    told = " ".join(page(signed_in(scene.home_user), "preferences", nomination.pk).split())
    assert 'id="add" name="add" multiple data-searchable' in told


def test_posts_of_one_unit_and_title_are_told_apart_by_their_numbers(scene: Scene, signed_in: Any) -> None:
    nomination = scene.nomination()
    for number, offered in enumerate(scene.posts, start=1):
        offered.post.code = f"P0{number}"
        offered.post.save()
    told = " ".join(page(signed_in(scene.home_user), "preferences", nomination.pk).split())
    assert " · P01 </option>" in told
    assert " · P02 </option>" in told


def test_home_unit_answers_on_paper_and_returns_to_the_nomination(scene: Scene, signed_in: Any) -> None:
    nomination = scene.nomination()
    response = send(signed_in(scene.home_user), "preferences", nomination.pk, submit="1", version=1)
    assert response.headers["Location"] == reverse("campaigns:nomination_detail", args=[nomination.pk])


def test_wishes_are_closed_after_review(scene: Scene, signed_in: Any) -> None:
    nomination = scene.nomination()
    Campaign.objects.update(state=CampaignState.CONSULTATION)
    client = signed_in(scene.home_user)
    assert "提交志愿" not in page(client, "preferences", nomination.pk)
    assert "本批次已不再接收志愿" in page(client, "preferences", nomination.pk)
    assert send(client, "preferences", nomination.pk, submit="1", version=1).status_code == 403


def checked(scene: Scene) -> Nomination:
    """A campaign under review with one person blocked and one not."""
    blocked = scene.nomination(person=scene.person(name="钱进", is_under_investigation=True))
    scene.nomination(person=scene.person(name="赵明"))
    Campaign.objects.update(state=CampaignState.REVIEW)
    scene.campaign.refresh_from_db()
    check_eligibility(scene.campaign, by=scene.owner, on=ON, at=AT)
    return blocked


def test_findings_are_read_by_rule_by_person_and_in_excel(scene: Scene, signed_in: Any) -> None:
    checked(scene)
    assert "重新审查" not in page(signed_in(scene.leader), "finding_rules", scene.campaign.pk)
    client = signed_in(scene.owner)
    rules = page(client, "finding_rules", scene.campaign.pk)
    assert "?rule=H4&amp;result=block" in rules
    rows = page(client, "finding_list", scene.campaign.pk, query="?rule=H4&result=block")
    assert "钱进" in rows
    assert "赵明" not in rows
    content = client.get(
        reverse("campaigns:finding_list", args=[scene.campaign.pk]) + "?rule=H4&result=block&export=xlsx"
    ).content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert sheet[1][:3] == ["钱进", "示例局", "H4 处分影响期与立案审查"]
    assert send(signed_in(scene.owner), "eligibility_check", scene.campaign.pk).status_code == 302


@pytest.mark.parametrize(
    ("result", "names"),
    [("blocked", {"钱进"}), ("passed", {"赵明"}), ("warned", set()), ("stale", set())],
)
def test_nominations_are_filtered_by_result(
    scene: Scene, signed_in: Any, result: str, names: set[str]
) -> None:
    checked(scene)
    text = page(signed_in(scene.owner), "nomination_list", scene.campaign.pk, query=f"?result={result}")
    assert {name for name in ("钱进", "赵明") if name in text} == names


def test_exception_is_recorded_shown_and_revoked(scene: Scene, signed_in: Any) -> None:
    nomination = checked(scene)
    client = signed_in(scene.owner)
    finding = EligibilityFinding.objects.get(nomination=nomination, rule="H4")
    assert "登记例外" in page(client, "nomination_detail", nomination.pk)
    assert "正被立案审查调查" in page(client, "exemption_create", finding.pk)
    data = {"document_number": "示〔2026〕3号", "approved_by": "部务会", "reason": "专项任务"}
    assert send(client, "exemption_create", finding.pk, **data).status_code == 302
    text = page(client, "nomination_detail", nomination.pk)
    assert "示〔2026〕3号" in text
    assert "已批准例外" in text
    assert send(client, "exemption_revoke", Exemption.objects.get().pk).status_code == 302
    assert "可能过期" not in page(client, "nomination_detail", nomination.pk)


def test_changed_facts_mark_the_check_as_outdated(scene: Scene, signed_in: Any) -> None:
    nomination = checked(scene)
    Person.objects.filter(pk=nomination.person_id).update(version=9)
    client = signed_in(scene.owner)
    assert "可能过期" in page(client, "nomination_detail", nomination.pk)
    assert "2 名人选中有 1 名未审查" in page(client, "finding_list", scene.campaign.pk)


def test_passed_rules_are_counted_and_folded_until_asked_for(scene: Scene, signed_in: Any) -> None:
    nomination = checked(scene)
    client = signed_in(scene.owner)
    findings = EligibilityFinding.objects.filter(nomination__campaign=scene.campaign)
    names = {"block": "否决", "warn": "提示", "exempt": "已批准例外", "pass": "通过"}
    counted = {one: findings.filter(result=one).count() for one in names}
    assert counted["pass"] > 0
    assert counted["block"] > 0
    address = reverse("campaigns:finding_list", args=[scene.campaign.pk])
    every = sum(counted.values())
    shown = (
        ("", every - counted["pass"]),
        ("all", every),
        ("pass", counted["pass"]),
        ("block", counted["block"]),
    )
    for result, n in shown:
        text = text_of(client.get(address, {"result": result}))
        assert f"共 {n} 条" in text
        assert f"否决 {counted['block']} 条" in text
        assert f"通过 {counted['pass']} 条" in text
    text = text_of(client.get(reverse("campaigns:nomination_detail", args=[nomination.pk])))
    own = {one: nomination.findings.filter(result=one).count() for one in names}
    assert " · ".join(f"{names[one]} {n}" for one, n in own.items()) in text


def test_pair_results_show_in_the_list(scene: Scene, signed_in: Any) -> None:
    nomination = checked(scene)
    nomination.findings.filter(result="block").update(campaign_post=scene.posts[0])
    text = page(signed_in(scene.owner), "nomination_list", scene.campaign.pk)
    assert "部分岗位不符合" in text
    nomination.findings.filter(result="block").update(result="warn")
    assert "有提示" in page(signed_in(scene.owner), "nomination_list", scene.campaign.pk)


def test_host_ranks_shared_candidates_without_private_facts(scene: Scene, signed_in: Any) -> None:
    checked(scene)
    post, client = scene.posts[0], signed_in(scene.host_user)
    assert "赵明" not in page(client, "candidates", post.pk)
    share = send(signed_in(scene.owner), "candidates_share", scene.campaign.pk, is_shared="1")
    assert share.status_code == 302
    text = page(client, "candidates", post.pk)
    assert "赵明" in text
    assert "钱进" not in text
    liked = Nomination.objects.get(person__name="赵明")
    assert send(client, "candidates", post.pk, ranked=[liked.pk, "x"]).status_code == 302
    assert post.host_preferences.get().nomination == liked
    other = scene.nomination(person=scene.person(name="孙利", post_title="科长"), checked_at=AT)
    assert "没有符合条件的记录" in page(client, "candidates", post.pk, query="?name=赵明")
    assert "孙利" in page(client, "candidates", post.pk, query="?post_title=科长&unit=示例")
    assert send(client, "candidates", post.pk, selected=[other.pk, liked.pk]).status_code == 302
    ranked = post.host_preferences.order_by("rank").values_list("nomination", flat=True)
    assert list(ranked) == [liked.pk, other.pk]
    assert send(client, "candidates", post.pk, ranked=[other.pk]).status_code == 302
    assert list(ranked.all()) == [other.pk]
    assert send(client, "candidates", post.pk, ranked=[liked.pk]).status_code == 302
    assert "赵明" in page(signed_in(scene.leader), "candidates", post.pk)
    send(signed_in(scene.owner), "candidates_share", scene.campaign.pk, is_shared="0")
    assert "赵明" not in page(client, "candidates", post.pk)


def programme_data(version: ProgrammeVersion, **changes: Any) -> dict[str, Any]:
    form = ProgrammeForm(current=from_json(version.parameters), initial={"based_on": version.number})
    data = {one.html_name: one.value() for one in form if one.value() is not None}
    return {name: value for name, value in data.items() if value is not False} | {"note": "调整"} | changes


def test_programme_is_revised_by_a_new_version(scene: Scene, signed_in: Any) -> None:
    version, client = scene.campaign.programme_version, signed_in(scene.owner)
    programme = version.programme
    assert "1 个未结束的批次" in page(client, "programme_edit", programme.pk)
    data = programme_data(version, **{"rules.H9a.values.oldest_county": "42", "rules.H4.mode": "warn"})
    assert send(client, "programme_edit", programme.pk, **data).status_code == 302
    new = programme.versions.first()
    assert (new.number, new.parameters["rules"]["H9a"]["values"]["oldest_county"]) == (2, 42)
    text = page(client, "version_detail", new.pk)
    assert "与第 1 版的差别" in text
    assert "县处级 42 岁" in text
    assert "第 2 版" in page(client, "programme_list")
    assert "第 2 版" in page(client, "programme_detail", programme.pk)
    page(client, "version_detail", version.pk)


def test_programme_faults_are_shown_at_their_field(scene: Scene, signed_in: Any) -> None:
    version, client = scene.campaign.programme_version, signed_in(scene.owner)
    data = programme_data(
        version, **{name: "0" for name in programme_data(version) if name.startswith("weights.")}
    )
    text = send(client, "programme_edit", version.programme_id, **data).content.decode()
    assert "权重全为0，至少一项大于0" in text
    data = programme_data(version, **{"leave_days.2": "9", "leave_approver.2": "甲"})
    text = send(client, "programme_edit", version.programme_id, **data).content.decode()
    assert "最后一级不限天数" in text
    data = programme_data(version, **{"rules.H9a.values.oldest_county": "abc"})
    assert send(client, "programme_edit", version.programme_id, **data).status_code == 200
    assert version.programme.versions.count() == 1


def n_queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "name", ["campaign_detail", "nomination_list", "finding_list", "quota_list", "offer_list", "nominate"]
)
def test_pages_cost_the_same_for_one_row_and_for_many(scene: Scene, signed_in: Any, name: str) -> None:
    client = signed_in(scene.owner)
    address = reverse(f"campaigns:{name}", args=[scene.campaign.pk])
    scene.nomination()
    scene.person()
    check_eligibility(scene.campaign, by=scene.owner, on=ON, at=AT)
    few = n_queries(client, address)
    for number in range(8):
        scene.nomination()
        scene.person()
        scene.campaign.campaign_posts.create(post=make_post(scene.host))
        scene.campaign.quotas.create(home_unit=make_unit(f"局{number}", scene.root), n_asked=1)
    check_eligibility(scene.campaign, by=scene.owner, on=ON, at=AT)
    assert n_queries(client, address) == few


def test_sharing_needs_review(scene: Scene) -> None:
    checked(scene)
    campaign = share_candidates(scene.campaign, is_shared=True, by=scene.owner, on=ON, at=AT)
    assert campaign.candidates_shared_on == ON


def test_refusals_stay_on_the_forms_of_campaigns_and_quotas(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    editing = reverse("campaigns:campaign_edit", args=[scene.campaign.pk])
    shown = client.get(editing).context["form"]
    data = {one.html_name: one.value() for one in shown if one.value() is not None}
    far = {"starts_on": "2027-01-01", "last_day": "2032-01-01"}
    answer = client.post(editing, data | far)
    assert "挂职期限超过本项目上限" in answer.context["form"].errors["last_day"][0]
    assert answer.context["form"]["last_day"].value() == "2032-01-01"
    new = (
        data
        | far
        | {
            "programme": scene.campaign.programme_version.programme_id,
            "owner_unit": scene.campaign.owner_unit_id,
        }
    )
    answer = client.post(reverse("campaigns:campaign_create"), new)
    assert "挂职期限超过本项目上限" in answer.context["form"].errors["last_day"][0]
    scene.nomination()
    quotas = reverse("campaigns:quota_edit", args=[scene.campaign.pk])
    answer = client.post(quotas, {f"asked-{scene.home.pk}": "0", f"cap-{scene.home.pk}": "", "n_asked": "1"})
    assert "名额不能少于已推荐人数" in answer.content.decode()
    assert answer.context["form"][f"asked-{scene.home.pk}"].value() == "0"
    listed = SimpleUploadedFile("a.csv", f"派出单位,推荐名额,最多派出\n{scene.home.name},0,\n".encode())
    uploading = reverse("campaigns:quota_upload", args=[scene.campaign.pk])
    answer = client.post(uploading, {"file": listed})
    assert "名额不能少于已推荐人数" in answer.content.decode()
