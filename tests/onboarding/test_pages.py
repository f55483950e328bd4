"""The pages of accounts in bulk, from the chosen rows to the printed slips."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from tests.makers import AT, make_person, make_placement, make_post, make_unit, make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.jobs.models import Job, JobState
from secondment.onboarding.models import AccountBatch
from secondment.onboarding.services import confirm_batch
from secondment.people.models import Person
from secondment.placements.choices import PlacementState

ROOT = "/accounts/batches/"
PLACEMENTS = "/placements/accounts/"
CODE = re.compile(r"<code>([A-Za-z2-9]{14})</code>")


@pytest.fixture
def clerk(office, signed_in) -> Client:
    return signed_in(office.clerk)


@pytest.fixture
def security(office, signed_in) -> Client:
    return signed_in(office.security)


def place(office, n: int, **fields) -> list[int]:
    """Keys of the placements of this many people."""
    post = make_post(office.host)
    campaign = make_placement(
        person=make_person(office.home), post=post, owner_unit=office.root, state=PlacementState.ENDED
    ).campaign
    fields.setdefault("state", PlacementState.IN_POST)
    people = office.add_people(n)
    return [make_placement(campaign, one, post, owner_unit=office.root, **fields).pk for one in people]


def sent(keys: list[int]) -> dict[str, object]:
    """What the proposal for these people sends."""
    names = {f"username_{key}": f"zhang{place}" for place, key in enumerate(keys)}
    return {"selected": keys, "sent": "1", **names}


class TestProposal:
    def test_chosen_people_are_proposed_and_others_named_with_the_reason(self, office, clerk) -> None:
        [ready] = place(office, 1)
        ended = make_placement(
            person=make_person(office.home, name="李示例"),
            post=make_post(office.host),
            state=PlacementState.ENDED,
        )
        ended.refresh_from_db()
        page = clerk.post(PLACEMENTS, {"selected": [ready, ended.pk]})
        text = text_of(page)
        assert "将开设 1 个账号" in text
        assert "不开设 1 个" in text
        assert "李示例 示例市发展改革局 挂职已结束" in text
        assert f'name="username_{ready}" value="zhangshili.slsfgj"' in page.content.decode()

    def test_nothing_to_open_says_so_and_leads_back(self, office, clerk) -> None:
        keys = place(office, 1, state=PlacementState.CANCELLED)
        text = text_of(clerk.post(PLACEMENTS, {"selected": keys}))
        assert "所选各行都不能开设账号" in text
        assert "挂职已取消" in text
        assert "提交安全管理员确认" not in text

    def test_too_many_are_refused_before_anything_is_typed(self, office, clerk, monkeypatch) -> None:
        monkeypatch.setattr("secondment.onboarding.views.proposing.MOST_LINES", 1)
        text = text_of(clerk.post(PLACEMENTS, {"selected": place(office, 2)}))
        assert "一次最多申请 1 个账号，所选可开设 2 个。" in text

    def test_sent_it_becomes_one_request(self, office, clerk) -> None:
        keys = place(office, 2)
        answer = clerk.post(PLACEMENTS, sent(keys))
        batch = AccountBatch.objects.get()
        assert answer.headers["Location"] == f"{ROOT}{batch.pk}/"
        assert set(batch.lines.values_list("username", flat=True)) == {"zhang0", "zhang1"}
        assert batch.roles == ["secondee"]

    @pytest.mark.parametrize(
        ("typed", "fault"),
        [
            ("", "这一项必填"),
            ("Zhang", "账号用 3 至 60 个小写字母"),
            ("taken", "账号“taken”已被使用，请更换。"),
            ("zhang1", "账号“zhang1”已被使用，请更换。"),
        ],
    )
    def test_a_faulty_name_is_shown_at_its_field_and_nothing_is_lost(
        self, office, clerk, typed, fault
    ) -> None:
        make_user(username="taken")
        keys = place(office, 2)
        page = clerk.post(PLACEMENTS, sent(keys) | {f"username_{keys[0]}": typed})
        assert page.status_code == 200
        assert fault in text_of(page)
        assert f'name="username_{keys[1]}" value="zhang1"' in page.content.decode()
        assert not AccountBatch.objects.exists()

    def test_a_refusal_of_the_service_is_shown_on_the_form(self, office, clerk, monkeypatch) -> None:
        monkeypatch.setattr("secondment.onboarding.services.asking.MOST_LINES", 1)
        assert "一次可申请 1 至 1 个账号，本次为 2 个。" in text_of(
            clerk.post(PLACEMENTS, sent(place(office, 2)))
        )

    def test_sent_again_it_stays_one_request(self, office, clerk) -> None:
        keys = place(office, 1)
        page = clerk.post(PLACEMENTS, {"selected": keys}).content.decode()
        form = sent(keys) | {"form_key": re.search(r'name="form_key" value="([^"]+)"', page)[1]}
        first, second = clerk.post(PLACEMENTS, form), clerk.post(PLACEMENTS, form)
        assert first.headers["Location"] == second.headers["Location"]
        assert AccountBatch.objects.count() == 1

    def test_rows_of_others_are_not_there(self, office, signed_in) -> None:
        stranger = make_user(Role.ORGANISATION_DEPARTMENT, make_unit())
        assert signed_in(stranger).post(PLACEMENTS, {"selected": place(office, 1)}).status_code == 404
        chosen = {"selected": [office.host.pk]}
        assert signed_in(stranger).post(f"{ROOT}units/host/", chosen).status_code == 404


class TestUnits:
    def test_the_list_tells_who_has_an_account(self, office, clerk) -> None:
        make_user(Role.HOST_UNIT, office.host)
        make_unit("外省单位", office.root, is_external=True)
        make_unit("旧单位", office.root, is_active=False)
        text = text_of(clerk.get(f"{ROOT}units/"))
        assert "示例镇 示例市委组织部" in text
        assert "1 个" in text
        assert [name in text for name in ("外省单位", "旧单位")] == [False, False]

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("has_account=no", {"示例市委组织部", "示例市发展改革局"}),
            ("has_account=yes", {"示例镇"}),
            ("name=镇", {"示例镇"}),
            ("name=组织部", {"示例市委组织部", "示例市发展改革局", "示例镇"}),
        ],
    )
    def test_filters(self, office, clerk, query, shown) -> None:
        make_user(Role.HOST_UNIT, office.host)
        page = clerk.get(f"{ROOT}units/?{query}").context["listing"].page
        assert {unit.name for unit in page.object_list} == shown

    @pytest.mark.parametrize(
        ("side", "roles"),
        [("home", ["home_unit"]), ("host", ["host_unit"]), ("both", ["home_unit", "host_unit"])],
    )
    def test_the_action_gives_the_roles_and_the_user_can_be_named(self, office, clerk, side, roles) -> None:
        url, key = f"{ROOT}units/{side}/", office.host.pk
        page = clerk.post(url, {"selected": [key]}).content.decode()
        assert f'name="name_{key}" value="示例镇"' in page
        form = {"selected": [key], "sent": "1", f"name_{key}": "王示例", f"username_{key}": "town"}
        clerk.post(url, form)
        batch = AccountBatch.objects.get()
        assert (batch.roles, batch.lines.get().name) == (roles, "王示例")

    def test_a_directory_without_units_to_choose(self, signed_in) -> None:
        external = make_unit(is_external=True)
        keeper = make_user(Role.SYSTEM_ADMINISTRATOR, external)
        assert "暂无可以开设账号的单位" in text_of(signed_in(keeper).get(f"{ROOT}units/"))


class TestBatch:
    def test_a_list_without_batches_says_where_they_come_from(self, clerk) -> None:
        assert "暂无批量开设账号的申请" in text_of(clerk.get(ROOT))

    def test_the_list_shows_one_item_a_batch(self, office, security) -> None:
        office.asked(3)
        text = text_of(security.get(ROOT))
        assert "挂职干部 3 0 经办人甲" in text
        assert "待确认" in text
        assert "为单位开设" not in text, "who confirms asks for nothing"

    def test_the_confirmer_sees_the_list_and_one_button(self, office, clerk, security) -> None:
        url = f"{ROOT}{office.asked(2).pk}/"
        text = text_of(security.get(url))
        assert "zhang0" in text
        assert "将开设 2 个账号并授予名单所列角色，一次办理。" in text
        assert "确认开设" not in text_of(clerk.get(url))
        security.post(f"{url}confirm/")
        assert "账号已开设，角色已授予。账号单由申请一方打印。" in text_of(security.get(url))
        assert "打印 2 张账号单" not in text_of(security.get(url))

    def test_a_double_click_confirms_once(self, office, security) -> None:
        url = f"{ROOT}{office.asked(1).pk}/"
        page = security.get(url).content.decode()
        dialog = page[page.index('id="confirm"') :]
        form = {"form_key": re.search(r'name="form_key" value="([^"]+)"', dialog)[1]}
        answers = [security.post(f"{url}confirm/", form) for _at in range(2)]
        assert [one.headers["Location"] for one in answers] == [url, url]
        assert AuditEvent.objects.filter(action="batch.confirm").count() == 1

    def test_a_returned_batch_says_so(self, office, security) -> None:
        url = f"{ROOT}{office.asked(1).pk}/"
        security.post(f"{url}decline/")
        assert "申请已退回，没有开设任何账号。" in text_of(security.get(url))

    def test_refused_lines_are_named(self, office, security) -> None:
        batch = office.asked(1)
        make_user(username="zhang0")
        confirm_batch(batch, by=office.security, at=AT)
        assert "账号“zhang0”已被使用" in text_of(security.get(f"{ROOT}{batch.pk}/"))

    def test_progress_is_shown_until_the_job_is_done(self, office, security) -> None:
        batch = office.asked(21)
        url = f"{ROOT}{batch.pk}/"
        confirm_batch(batch, by=office.security, at=AT)
        alive = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
        Job.objects.update(state=JobState.RUNNING, done=7, total=21, heartbeat_at=alive)
        assert "33%" in text_of(security.get(url))
        progress = security.get(f"{url}progress/")
        assert "33%" in text_of(progress)
        assert f'hx-get="{url}progress/"' in progress.content.decode()
        Job.objects.update(state=JobState.DONE)
        assert security.get(f"{url}progress/").headers["HX-Refresh"] == "true"


class TestSlips:
    """By the clock of the pages: codes made now are valid now."""

    @pytest.fixture
    def url(self, office, clerk, security) -> str:
        keys = place(office, 9)
        url = clerk.post(PLACEMENTS, sent(keys)).headers["Location"]
        security.post(f"{url}confirm/")
        return url

    def test_eight_to_a_page_shown_once(self, url, clerk) -> None:
        assert "打印 9 张账号单" in text_of(clerk.get(url))
        page = clerk.post(f"{url}slips/")
        content = page.content.decode()
        assert [part.count('<section class="slip">') for part in content.split('<div class="slips">')] == [
            *(0, 8, 1)
        ]
        codes = CODE.findall(content)
        assert len(set(codes)) == 9
        assert "<code>http://testserver/</code>" in content
        assert "data-prints-at-once" in content
        assert page.headers["Cache-Control"] == "no-store"
        accounts = User.objects.filter(person__in=Person.objects.exclude(account=None))
        matches = [(one.username, text) for one in accounts for text in codes if one.check_password(text)]
        assert len(matches) == 9
        assert "9 人尚未登录" in text_of(clerk.get(url))
        again = clerk.post(f"{url}slips/")
        assert again.status_code == 409
        assert CODE.findall(again.content.decode()) == []

    def test_slips_never_lead_to_the_machine_they_were_printed_on(self, url, clerk, settings) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        page = clerk.post(f"{url}slips/", headers={"host": "127.0.0.1:8000"}).content.decode()
        assert "127.0.0.1" not in page
        assert page.count("＿＿＿＿＿＿＿＿") == 9
        assert "请手写网址" in page

    def test_the_address_set_for_the_installation_is_printed(self, url, clerk, settings) -> None:
        settings.ALLOWED_HOSTS, settings.PUBLIC_ADDRESS = ["*"], "https://guazhi.example.cn/"
        page = clerk.post(f"{url}slips/", headers={"host": "127.0.0.1:8000"}).content.decode()
        assert page.count("<code>https://guazhi.example.cn/</code>") == 9
        assert "请手写网址" not in page

    def test_printing_again_says_that_the_old_slips_are_void(self, url, clerk) -> None:
        old = CODE.findall(clerk.post(f"{url}slips/").content.decode())
        assert "此前打印的账号单作废" in text_of(clerk.get(url))
        assert clerk.post(f"{url}renew/").headers["Location"] == url
        new = CODE.findall(clerk.post(f"{url}slips/").content.decode())
        assert (len(new), set(old) & set(new)) == (9, set())

    def test_when_all_have_signed_in_nothing_is_left_to_print(self, url, clerk) -> None:
        clerk.post(f"{url}slips/")
        User.objects.update(last_login=AT)
        text = text_of(clerk.get(url))
        assert "名单中的人员都已登录过；忘记密码的，由系统管理员重置。" in text
        assert "重新生成" not in text

    def test_the_secondee_signs_in_with_the_slip_and_reads_the_own_placement(self, url, clerk) -> None:
        content = clerk.post(f"{url}slips/").content.decode()
        username, code = re.findall(r"<code>([^<]+)</code>", content)[:2]
        secondee = Client()
        secondee.post("/accounts/sign-in/", {"username": username, "password": code})
        assert secondee.get("/placements/mine/").headers["Location"] == "/accounts/password/"
        chosen = "示例密码-long-enough"
        secondee.post(
            "/accounts/password/",
            {"old_password": code, "new_password1": chosen, "new_password2": chosen},
        )
        assert "驻村第一书记" in text_of(secondee.get("/placements/mine/"))


def test_the_style_of_the_slips_fits_eight_on_a_page() -> None:
    """Four rows of two between margins of 10 mm."""
    import secondment

    style = (Path(secondment.__file__).parent / "onboarding/static/onboarding/slips.css").read_text()
    margin, height = int(re.search(r"margin: (\d+)mm", style)[1]), int(re.search(r"rows: (\d+)mm", style)[1])
    assert 4 * height <= 297 - 2 * margin
    assert 5 * height > 297 - 2 * margin
