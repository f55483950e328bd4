"""From an empty directory to a secondee who reads 我的挂职: nothing is there but the code that the start printed."""

import io
import re
from collections.abc import Sequence

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from secondment.backups.models import RecoveryKey
from secondment.onboarding.begun import KNOWN
from secondment.onboarding.services.first_run import new_start_code
from secondment.placements.models import Placement
from secondment.units.regions import load_regions
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.desk import TIMEOUT_MS, Desks, fill, go, press, shows, told
from tests.browser.scene import PASSWORD, day
from tests.browser.test_accounts_in_bulk import check_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
THREE = {
    "系统管理员": ("甲示例", "xitong"),
    "安全管理员": ("乙示例", "anquan"),
    "审计管理员": ("丙示例", "shenji"),
}
UNITS = [
    ("单位名称", "上级单位", "单位类别", "单位层级"),
    ("示例局", "示例市", "政府机关", "市级"),
    ("示例镇", "示例市", "乡镇街道", "乡级"),
    ("东沟村", "示例镇", "村社区", "村级"),
]
Slips = dict[str, tuple[str, str]]


@pytest.fixture
def empty(transactional_db: None, has_begun: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The start code of an installation without anything but the regions."""
    monkeypatch.setattr(KNOWN, "has_begun", False)
    load_regions()
    return new_start_code()


def test_from_an_empty_directory_to_my_secondment(empty: str, live_server) -> None:
    with playing(live_server.url) as desks:
        slips = begin(desks.browser, live_server.url, empty)
        system, security = (sign_in_first(desks, *slips[role]) for role in ("系统管理员", "安全管理员"))
        upload(system, ["单位目录", "Excel", "导入"], UNITS)
        clerk = sign_in_first(desks, "zuzhi", open_department(system, security))
        upload(clerk, ["挂职干部", "在挂名册", "导入"], people_in_post())
        secondee, code = open_accounts(clerk, security)
        mine = sign_in_first(desks, secondee, code)
        go(mine, "我的挂职")
        shows(mine, "东沟村", "驻村第一书记", "协助抓党建")
        assert desks.troubles == []
    assert Placement.objects.get().host_unit.name == "东沟村"
    assert RecoveryKey.objects.count() == 1


def begin(browser: Browser, url: str, code: str) -> Slips:
    """Start code, facts, recovery key, slips; a second browser that comes meanwhile is told why it cannot go on."""
    page, other = (browser.new_context(locale="zh-CN").new_page() for _browser in range(2))
    page.set_default_timeout(TIMEOUT_MS)
    page.goto(f"{url}/people/")
    fill(page, {"开始码": code.lower()})
    press(page, "开始启用")
    other.goto(url)
    fill(other, {"开始码": code})
    press(other, "开始启用")
    expect(other.locator("main")).to_contain_text("正在另一个浏览器中办理")
    check_page(page)
    fill(page, {"本单位名称": "示例市", "组织部门名称": "示例市委组织部"})
    for at, (name, username) in enumerate(THREE.values()):
        page.locator("input[name$=_name]").nth(at).fill(name)
        page.locator("input[name$=_username]").nth(at).fill(username)
    press(page, "下一步")
    press(page, "生成恢复密钥")
    expect(page.locator(".half")).to_have_count(2)
    check_page(page)
    paper = [[row.inner_text() for row in half.locator("li").all()] for half in page.locator(".half").all()]
    page.get_by_role("link", name="已打印，下一步").click()
    for name, half in zip(("甲份", "乙份"), paper, strict=True):
        field = page.get_by_label(re.compile(f"{name}第 [2-4] 行"))
        n = int(re.findall(r"\d", page.locator("label").filter(has_text=name).inner_text())[0])
        field.fill(half[n - 1])
    press(page, "完成启用")
    expect(page.locator(".slip")).to_have_count(3)
    page.reload()
    check_page(page)
    slips = {slip.locator("h2").inner_text(): read_slip(slip) for slip in page.locator(".slip").all()}
    press(page, "已打印，去登录")
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    assert page.goto(f"{url}/start/").status == 404
    return slips


def read_slip(slip) -> tuple[str, str]:
    """Account and one-time password."""
    username, code = (slip.locator("code").nth(at).inner_text() for at in (0, 1))
    return username, code


def sign_in_first(desks: Desks, username: str, code: str) -> Page:
    """Sign in with a one-time password and choose the own one."""
    page = desks.sign_in(username, password=code)
    fill(page, {"原密码": code})
    page.locator("input[name=new_password1]").fill(PASSWORD)
    page.locator("input[name=new_password2]").fill(PASSWORD)
    press(page, "保存新密码")
    return page


def upload(page: Page, way: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A workbook by the menu of a list, looked at and confirmed."""
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    go(page, way[0])
    page.locator("#main summary").filter(has_text=way[1]).click()
    page.get_by_role("link", name=way[2], exact=True).click()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files(
        {"name": "名单.xlsx", "mimeType": kind, "buffer": content.getvalue()}
    )
    press(page, "上传并核对")
    press(page, f"确认写入 {len(rows) - 1} 条")
    told(page, "已写入")


def people_in_post() -> list[tuple[str, ...]]:
    return [
        ("姓名", "派出单位", "接收单位", "挂任职务", "挂职项目", "起", "止", "分工"),
        ("张示例", "示例局", "东沟村", "驻村第一书记", "驻村第一书记", day(-100), day(600), "协助抓党建"),
    ]


def open_department(system: Page, security: Page) -> str:
    """The account of the organisation department: opened, given its role, and its password by two."""
    go(system, "账号与角色", "开设账号")
    fill(system, {"账号": "zuzhi", "姓名": "李组织"})
    choose_unit(system, "所属单位", "示例市/示例市委组织部")
    press(system, "开设并生成一次性密码")
    system.get_by_role("link", name="已告知本人").click()
    go(security, "账号与角色", "李组织")
    fill(security, {"角色": "组织部门"})
    choose_unit(security, "管理范围", "示例市")
    press(security, "授予角色")
    system.reload()
    system.get_by_role("link", name="申请重置密码").click()
    fill(system, {"原因": "首次启用"})
    press(system, "提出申请")
    first = system.locator("code").nth(1).inner_text()
    go(security, "账号与角色")
    security.goto(security.url.replace("/accounts/", "/accounts/requests/"))
    press(security, "确认")
    press(security, "确认办理")
    return first + security.locator("code").nth(1).inner_text()


def choose_unit(page: Page, label: str, name: str) -> None:
    """Type a unit and wait for its suggestions, which leaving the page would cut off."""
    with page.expect_response(lambda answer: "/units/names/" in answer.url):
        fill(page, {label: name})


def open_accounts(clerk: Page, security: Page) -> tuple[str, str]:
    """One account in bulk: asked, confirmed, printed."""
    clerk.add_init_script("window.print = () => {}")
    go(clerk, "挂职干部")
    clerk.get_by_label("选中本页全部").check()
    clerk.locator(".list-bulk").get_by_role("button", name="批量开设账号").click()
    press(clerk, "提交安全管理员确认")
    security.goto(clerk.url)
    press(security, "确认开设")
    press(security, "确认开设")
    clerk.reload()
    press(clerk, "打印 1 张账号单")
    return read_slip(clerk.locator(".slip"))
