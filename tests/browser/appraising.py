"""A year of assessment step by step: the world it begins in, and what each party does at its desk or on a phone."""

import datetime as dt
import io
import re
from pathlib import Path

import zxingcpp
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from reliability.accessible import bring_axe, violations

from secondment.accounts.choices import Role
from secondment.placements.choices import PlacementState
from secondment.units.choices import UnitKind, UnitLevel
from tests.browser.desk import confirm, fill, follow, go, press, shows, told
from tests.browser.scene import PASSWORD
from tests.makers import (
    make_campaign,
    make_person,
    make_placement,
    make_post,
    make_programme_version,
    make_unit,
    make_user,
)

YEAR = 2026
PREPARED, VOTED, DECIDED, ENFORCED = (
    dt.date(2027, 1, 4),
    dt.date(2027, 1, 11),
    dt.date(2027, 1, 18),
    dt.date(2027, 1, 28),
)
STANDARD, APPRAISAL = "党政领导干部挂职测评标准", "2026 年度民主测评"
TOWN, BUREAU = "石桥镇", "示例市农业农村局"
NAMES = ("张示例", "李示例", "王示例", "赵示例", "陈示例")
WHO, BEST = NAMES[0], NAMES[1]
GROUPS = ("领导", "同事", "群众（服务对象）", "派出单位")
ON_LIST, VOTING = 8, 5
TEAM = ("周考核", "吴考核")
MEETING = {
    "会议": "考核委员会会议",
    "参加决定的人员": "郑示例、冯示例",
    "决定文号": "示组发〔2027〕1号",
}
PHONE = {"width": 390, "height": 844}
RULE = {
    "leaders": 0,
    "colleagues": VOTING,
    "masses": VOTING,
    "home": VOTING,
    "reuse_months": 6,
    "turnout_thirds": 2,
}


def make_world() -> None:
    """A county whose department has three clerks; five people of one bureau in post at one town all of the year."""
    city = make_unit("示例市", kind=UnitKind.REGION)
    county = make_unit("示例县", city, kind=UnitKind.REGION)
    town = make_unit(TOWN, county, kind=UnitKind.TOWNSHIP, level=UnitLevel.TOWNSHIP)
    bureau = make_unit(BUREAU, city)
    rules = {"H23": {"mode": "block", "basis": "本单位规定", "values": RULE}}
    version = make_programme_version({"rules": rules})
    campaign = make_campaign(county, programme_version=version)
    for number, name in enumerate(NAMES):
        person = make_person(bureau, name=name, name_key=f"p{number}", rank="150")
        if name == WHO:
            person.account = make_user(Role.SECONDEE, bureau, username="zhang", name=name, password=PASSWORD)
            person.save()
        make_placement(
            campaign,
            person,
            make_post(town, title="副镇长（挂职）"),
            starts_on=dt.date(2026, 1, 5),
            ends_on=dt.date(2028, 1, 5),
            state=PlacementState.IN_POST,
        )
    for username, name in (("qicao", "李起草"), ("qianpi", "陈签批"), ("fucha", "孙复查")):
        make_user(Role.ORGANISATION_DEPARTMENT, county, username=username, name=name, password=PASSWORD)
    make_user(Role.HOST_UNIT, town, username="jieshou", name="赵接收", password=PASSWORD)
    make_user(Role.HOME_UNIT, bureau, username="paichu", name="王派出", password=PASSWORD)


def writes_standard(page: Page) -> None:
    """From template T1, by one person; a second one is asked."""
    go(page, "测评标准")
    page.locator("#main a[href$='template=T1']").click()
    press(page, "建立草稿")
    told(page, "草稿已建立，请核对修改后送签。")
    follow(page, "查看")
    press(page, "送签")
    told(page, "已送签，请本部门另一位同志签批。")


def signs_standard(page: Page) -> None:
    """Whoever wrote it cannot; the second person finds it in the list."""
    go(page, "测评标准", STANDARD)
    press(page, "签批")
    told(page, "已签批，新的测评将使用这一版。")


def begins_appraisal(page: Page) -> None:
    """Everybody in post, and a kind of ballot paper for each group of the standard."""
    go(page, "民主测评", "建立民主测评")
    fill(page, {"测评日期": f"{VOTED}", "截止日期": f"{VOTED}"})
    shows(page, "建立民主测评")
    press(page, "下一步：选择测评对象")
    told(page, "已建立。请选择测评对象。")
    page.locator("[data-select-all]").check()
    press(page, "列为测评对象")
    told(page, f"已列入 {len(NAMES)} 人。")
    follow(page, "票种和名单")
    press(page, "自动生成票种")
    told(page, f"已生成 {len(GROUPS)} 种票。")


def fills_rosters(page: Page, folder: Path) -> None:
    """The clerk fills the sheet of the lists in Excel; the wife of one of those who are appraised is refused, the rest read."""
    follow(page, "票种和名单")
    page.locator("main summary", has_text="名单表").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出名单").click()
    book = load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    given = {
        (row[1], row[2]): row[0] for row in sheet.iter_rows(min_row=2, max_col=3, values_only=True) if row[1]
    }
    assert sorted(group for _unit, group in given) == sorted(GROUPS)
    sheet.delete_rows(2, sheet.max_row)
    for (unit, group), name in given.items():
        n = VOTING if group == "领导" else ON_LIST
        for number in range(1, n + 1):
            sheet.append([name, unit, group, f"{group[:2]}甲{number}", "干部"])
    unit, name = next((unit, name) for (unit, group), name in given.items() if group == "同事")
    sheet.append([name, unit, "同事", WHO, "副镇长"])
    path = folder / "名单.xlsx"
    book.save(path)
    page.get_by_role("link", name="导入名单").click()
    page.get_by_label("文件").set_input_files(path)
    press(page, "上传并核对")
    shows(page, f"“{WHO}”是测评对象，不能给自己投票")
    press(page, "把有问题的行另存，其余继续")
    n_read = VOTING + (len(GROUPS) - 1) * ON_LIST
    press(page, f"确认写入 {n_read} 条")
    told(page, f"已加入 {n_read} 人。")


def locks_rosters(page: Page) -> None:
    """By a seed that nobody could know when the digest of the lists was published."""
    go(page, "民主测评", APPRAISAL)
    follow(page, "锁定名单")
    shows(page, "名单摘要", f"锁定后参评 {len(GROUPS) * VOTING} 人。")
    fill(page, {"抽取种子": "福利彩票双色球 2027003 期 03 08 11 19 26 31 + 07"})
    press(page, "锁定名单")
    told(page, "名单已锁定，参评人员已抽定。")


def opens_vote(page: Page) -> None:
    """On the day of the vote."""
    go(page, "民主测评", APPRAISAL)
    follow(page, "开始投票")
    confirm(page, "开始投票", "开始投票")
    told(page, "投票已经开始。")


def prints_slips(page: Page) -> dict[str, list[str]]:
    """Group → what the codes on the printed page say; they are read from the picture of it."""
    found = {}
    for group in GROUPS:
        row = page.locator("#main tbody tr", has_text=group).filter(
            has=page.get_by_role("link", name="打印选票")
        )
        row.get_by_role("link", name="打印选票").click()
        expect(page.get_by_label("张数")).to_have_value(f"{VOTING}")
        press(page, "生成选票")
        shows(page, "选票只显示一次")
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
        found[group] = sorted(one.text for one in zxingcpp.read_barcodes(picture))
        codes = sorted(page.locator(".slip code").all_inner_texts())
        assert [one.partition("#")[2] for one in found[group]] == codes
        follow(page, "已打印")
    return found


def level_of(voter: int, place: int, n: int) -> int:
    """How the voter of this number judges the item at this place of so many: people differ, one of those who are judged
    stands out, and some items are not known."""
    if place % 17 == voter:
        return 0
    return 4 if place * len(NAMES) // n == NAMES.index(BEST) else 2 + (voter + place) % 2


def votes_on_phone(browser: Browser, address: str, voter: int) -> str:
    """Scan, choose, check, submit; returns the receipt."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button", name="下一步：核对")).to_be_visible()
    looks_well(page, voter)
    items = page.locator("fieldset").all()
    for place, item in enumerate(items):
        item.locator(f"label:has([value='{level_of(voter, place, len(items))}'])").tap()
    page.get_by_role("button", name="下一步：核对").tap()
    expect(page.get_by_role("button", name="确认提交")).to_be_visible()
    looks_well(page, voter)
    page.get_by_role("button", name="确认提交").tap()
    receipt = page.locator(".receipt").inner_text()
    looks_well(page, voter)
    assert context.cookies() == []
    context.close()
    return receipt


def looks_well(page: Page, voter: int) -> None:
    """Nothing to scroll sideways; of one voter a group, nothing that a screen reader misses."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if voter == 0:
        bring_axe(page)
        assert violations(page) == []


def votes_by_post(browser: Browser, address: str, voter: int) -> str:
    """The same answers as a browser without scripts sends them."""
    page, _hash, code = address.partition("#")
    context = browser.new_context()
    sheet = context.request.post(page, form={"code": code}).text()
    names = dict.fromkeys(re.findall(r'name="(\w+-[\w-]+)" value="0"', sheet))
    marks = {name: f"{level_of(voter, place, len(names))}" for place, name in enumerate(names)}
    assert len(marks) > len(NAMES)
    answer = context.request.post(f"{page}cast/", form={"code": code, "end": "1", **marks}).text()
    context.close()
    found = re.search(r'class="receipt">([\w-]+)<', answer)
    assert found, answer
    return found[1]


def marks_signed(page: Page, folder: Path) -> None:
    """The organisation group is named; its marks come back in the sheet that was printed for it."""
    go(page, "民主测评", APPRAISAL)
    follow(page, "考核组评分")
    follow(page, "考核组成员")
    fill(page, {"考核组成员": "\n".join(f"{one} 组员" for one in TEAM)})
    press(page, "保存")
    page.locator("main summary", has_text="评分表").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出评分表").click()
    book = load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    for place, row in enumerate(sheet.iter_rows(min_row=2), 2):
        row[-1].value = 4 if row[1].value == BEST else 2 + place % 2
    path = folder / "评分.xlsx"
    book.save(path)
    page.get_by_role("link", name="导入评分表").click()
    page.get_by_label("文件").set_input_files(path)
    press(page, "上传并核对")
    n = sheet.max_row - 1
    press(page, f"确认写入 {n} 条")
    told(page, f"已写入 {n} 行。")


def closes_vote(page: Page, receipts: list[str]) -> None:
    """Sealed; everybody finds the own receipt on the public list."""
    go(page, "民主测评", APPRAISAL)
    follow(page, "投票和封存")
    confirm(page, "封存票箱", "封存票箱")
    told(page, "票箱已封存")
    for group in GROUPS:
        expect(row_of(page, group).locator("td").nth(4)).to_have_text(f"{VOTING}")
    page.get_by_role("link", name="公布的回执号").click()
    expect(page.locator("main li")).to_have_count(len(receipts))
    assert sorted(page.locator("main li").all_inner_texts()) == sorted(receipts)
    page.go_back()


def computes(page: Page) -> None:
    """The plain tally, and fair marks beside it."""
    go(page, "测评计算", "新的计算")
    # the test's server computes before it answers, the simulations of flags as well
    page.locator("main").get_by_role("button", name="开始计算").click(timeout=180_000)
    shows(page, "结果有多可靠", *NAMES)


def row_of(page: Page, text: str) -> Locator:
    """The row of a table with this text."""
    return page.locator("#main tbody tr", has_text=text).first


def opens_register(page: Page) -> None:
    """The year begins at the committee's side; both units are asked."""
    go(page, "年度考核", "开展年度考核")
    fill(page, {"意见报送期限": f"{DECIDED}"})
    press(page, "开展")
    told(page, f"列入 {len(NAMES)} 人")


def gives_opinions(page: Page) -> None:
    """Of everybody at once, and one who stands out."""
    go(page, "年度考核", f"{YEAR}")
    page.locator("[data-select-all]").check()
    press(page, "填报意见")
    fill(page, {"意见": "工作扎实，完成任务。", "建议等次": "称职"})
    if page.get_by_label("病事假工作日").count():
        fill(page, {"病事假工作日": "0"})
    press(page, "保存")
    told(page, f"已保存 {len(NAMES)} 人的意见。")
    row_of(page, BEST).locator("[data-select-row]").check()
    press(page, "填报意见")
    fill(page, {"意见": "牵头办成产业路。", "建议等次": "优秀"})
    press(page, "保存")
    told(page, "已保存 1 人的意见。")


def holds_meeting(page: Page) -> None:
    """The committee's table is computed and read, and the grades are entered during the meeting."""
    go(page, "年度考核", f"{YEAR}")
    follow(page, "优秀名额")
    follow(page, "打开评定表")
    page.locator("main summary", has_text="计算评定表").click()
    press(page, "用校准得分")
    told(page, "评定表已计算。")
    shows(page, "第 1 档", "优秀名额 1 个", *NAMES)
    follow(page, "会上登记等次")
    fill(page, {**MEETING, "决定日期": f"{DECIDED}"})
    expect(page.get_by_label(f"{BEST} 决定等次")).to_have_value("excellent")
    fill(page, {f"{WHO} 决定等次": "不称职", f"{WHO} 理由": "两项任务无正当理由没有完成"})
    press(page, "登记决定")
    told(page, "等次决定已登记，须由另一账号复核。")


def checks_decision(page: Page) -> None:
    """A second person compares what was recorded; 优秀 is posted."""
    go(page, "年度考核", f"{YEAR}", MEETING["决定文号"])
    press(page, "复核无误")
    told(page, "已复核。")
    follow(page, "登记公示")
    fill(page, {"公示开始": f"{DECIDED}"})
    press(page, "登记公示")
    told(page, f"公示时间为 {DECIDED}")


def enforces(page: Page) -> None:
    """After five working days the grades count, and each person is told."""
    go(page, "年度考核", f"{YEAR}", MEETING["决定文号"])
    press(page, "公布等次")
    told(page, "等次已生效并写入干部信息")


def objects(page: Page) -> None:
    """The person reads how the number came about, signs for it, and asks for a review."""
    go(page, "我的年度考核")
    shows(page, f"{YEAR} {WHO}", "不称职")
    follow(page, "结果怎样得出")
    shows(page, "分数怎样得出", "谁评的，平均多少", "问了什么")
    go(page, "我的年度考核")
    press(page, "已阅，签收")
    told(page, "已签收。")
    page.get_by_role("link", name=re.compile("^提出复核（")).click()
    fill(page, {"请求和理由": "群众票的名单里有已经搬走的人，请重新计算。"})
    press(page, "提交")
    told(page, "已提出")


def recomputes(page: Page) -> None:
    """Somebody who had no part in the decision computes the same inputs again: the same numbers."""
    go(page, "复核申诉", WHO)
    follow(page, "年度考核")
    follow(page, "结果怎样得出")
    follow(page, "重新计算")
    fill(page, {"理由": "复核申请"})
    page.locator("main").get_by_role("button", name="开始计算").click(timeout=180_000)
    shows(page, "输入数据与公布时完全相同", "新旧对照")


def answers(page: Page) -> None:
    """The review is decided and told in writing."""
    go(page, "复核申诉", WHO)
    follow(page, "登记决定")
    page.get_by_label("维持原结果").check()
    fill(
        page,
        {
            "决定理由": "名单核对无误，重新计算结果相同。",
            "参加决定的人员": "孙示例、钱示例",
            "决定文号": "示组复〔2027〕1号",
            "决定日期": f"{ENFORCED}",
        },
    )
    press(page, "登记")
    told(page, "决定已登记，本人会收到消息。")


def reads_answer(page: Page) -> None:
    """The person signs for it."""
    go(page, "我的年度考核")
    follow(page, "复核：已决定")
    shows(page, "名单核对无误，重新计算结果相同。")
    press(page, "已阅，签收")
    told(page, "已签收。")
