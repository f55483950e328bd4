"""The desks of the pilot, and what is done there on which day."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.hand import Clock, Cost, Hand
from tests.browser.pilot_files import CITY, N_OVER, ROOT, N, fill_in, people_file, units_file

FIRST_DAY = dt.date(2026, 12, 28)
PASSWORD = "qing-feng-lai-de-zao"
TIMEOUT_MS = 60_000  # a page that takes so long on a busy machine is no fault of the journey
BEST, NUMBER = ("钱示甲", "孙示乙", "李示丙"), "示组考〔2027〕1号"
ADMINISTRATORS = {
    "system_administrator": ("xitong", "赵系统"),
    "security_administrator": ("anquan", "钱安全"),
    "audit_administrator": ("shenji", "孙审计"),
}
ROLES = {
    "": "安装人员",
    "xitong": "系统管理员",
    "anquan": "安全管理员",
    "zuzhi1": "组织部门",
    "zuzhi2": "组织部门",
    "lingdao": "领导",
}


def on(n: int) -> dt.date:
    """The n-th day of the pilot, from 1."""
    return FIRST_DAY + dt.timedelta(days=n - 1)


class Pilot:
    """The office: who sits where, and what each has clicked and typed."""

    def __init__(self, browser: Browser, url: str, clock: Clock, folder: Path) -> None:
        self.browser, self.url, self.clock, self.folder = browser, url, clock, folder
        self.hands: dict[str, Hand] = {}
        self.passwords: dict[str, str] = {}
        self.start_code = ""
        self.halves: list[list[str]] = []
        self.troubles: list[str] = []

    def costs(self) -> dict[str, Cost]:
        """What each has clicked and typed so far."""
        return {account: Counter(hand.cost) for account, hand in self.hands.items()}

    def hand(self, account: str) -> Hand:
        """The hand of an account, signed in today."""
        hand = self.hands.get(account)
        if hand is None:
            hand = self.hands[account] = Hand(self._page())
        hand.page.goto(self.url)
        if hand.page.get_by_label("密码").count():
            self._sign_in(hand, account)
        return hand

    def _page(self) -> Page:
        context = self.browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
        context.set_default_timeout(TIMEOUT_MS)
        page = context.new_page()
        page.add_init_script("window.print = () => {}")
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on(
            "response",
            lambda got: self.troubles.append(f"{got.status} {got.url}") if got.status >= 400 else None,
        )
        return page

    def _sign_in(self, hand: Hand, account: str) -> None:
        hand.fill({"账号": account, "密码": self.passwords[account]})
        hand.button("登录", ".plain, body")
        expect(hand.page.get_by_role("heading", level=1)).not_to_have_text("登录")
        if hand.page.get_by_label("原密码").count():
            new = PASSWORD
            hand.fill({"原密码": self.passwords[account], "新密码": new, "确认新密码": new})
            hand.button("保存新密码", "body")
            self.passwords[account] = new


def begin(pilot: Pilot) -> None:
    """The first run: units, three administrators, a recovery key in two halves, slips."""
    hand = pilot.hand("")
    hand.fill({"开始码": pilot.start_code})
    hand.button("开始启用", "body")
    hand.fill({"本单位名称": CITY, "单位类别": "地区", "单位层级": "市级", "组织部门名称": ROOT})
    for role, (account, name) in ADMINISTRATORS.items():
        hand.type(hand.page.locator(f"[name={role}_name]"), name)
        hand.type(hand.page.locator(f"[name={role}_username]"), account)
    hand.button("下一步", "body")
    hand.button("生成恢复密钥", "body")
    pilot.halves = [half.locator("li code").all_inner_texts() for half in hand.each(".half", 2)]
    hand.button("打印", "body")
    hand.link("已打印，下一步")
    for box in hand.each("input[name^=row_]", 2):
        side, n = re.findall(r"[甲乙]|\d", box.locator("xpath=ancestor::div[label][1]//label").inner_text())
        hand.type(box, pilot.halves["甲乙".index(side)][int(n) - 1])
    hand.button("完成启用", "body")
    for slip in hand.each(".slip", 3):
        _name, account, code, _address = slip.locator("dd").all_inner_texts()
        pilot.passwords[account] = code
    hand.button("打印", "body")
    hand.button("已打印，去登录", "body")


def open_accounts(pilot: Pilot) -> None:
    """The units from a file, and three accounts of the organisation department."""
    system = pilot.hand("xitong")
    system.menu("单位目录")
    system.summary("Excel")
    system.link("导入")
    system.upload(units_file(pilot.folder))
    system.button("上传并核对")
    system.button("确认写入 20 条")
    for account, name, role in (
        ("zuzhi1", "李经办", "组织部门"),
        ("zuzhi2", "周复核", "组织部门"),
        ("lingdao", "吴部长", "领导"),
    ):
        open_account(pilot, account, name, role)
        pilot.hand(account)  # signs in and changes the password


def open_account(pilot: Pilot, account: str, name: str, role: str) -> None:
    """The system administrator opens it, the security administrator grants the role; each knows half of the code."""
    system, security = pilot.hand("xitong"), pilot.hand("anquan")
    system.menu("账号与角色")
    system.link("开设账号")
    system.fill({"账号": account, "姓名": name, "所属单位": ROOT})
    system.button("开设并生成一次性密码")
    pilot.passwords[account] = code_on(system)
    security.menu("账号与角色")
    security.link(name)
    security.fill({"角色": role, "管理范围": CITY})
    security.button("授予角色")
    if role == "组织部门":
        security.link("申请重置密码")
        security.fill({"原因": "本人当面申请，首次登录"})
        security.button("提出申请")
        first = code_on(security)
        system.menu("账号申请")
        system.button("确认")
        system.button("确认办理", "dialog[open]")
        pilot.passwords[account] = first + code_on(system)


def code_on(hand: Hand) -> str:
    """The code that the page shows once."""
    code = hand.page.locator("code.user-select-all").inner_text()
    hand.link("已告知本人")
    return code


def bring_in_people(pilot: Pilot) -> None:
    """The list as the office keeps it."""
    clerk = pilot.hand("zuzhi1")
    clerk.menu("挂职干部")
    clerk.summary("在挂名册")
    clerk.link("导入")
    clerk.upload(people_file(pilot.folder, pilot.clock.at.date()))
    clerk.button("上传并核对")
    clerk.button(f"确认写入 {N} 条")
    clerk.reads(f"已写入{N}个挂职")


def print_contacts(pilot: Pilot) -> None:
    """The contact list on paper and as a workbook."""
    clerk = pilot.hand("zuzhi1")
    clerk.menu("通讯录")
    clerk.reads(f"共 {N - N_OVER} 条")
    assert clerk.download(clerk.page.get_by_role("link", name="导出 Excel")).suggested_filename.endswith(
        ".xlsx"
    )


def end_terms(pilot: Pilot) -> None:
    """Ten terms that are over, closed in one act."""
    clerk = pilot.hand("zuzhi1")
    clerk.menu("挂职干部")
    clerk.click(clerk.page.get_by_role("link", name="期满待办结").first)
    clerk.reads(f"共 {N_OVER} 条")
    clerk.tick("选中本页全部")
    clerk.button("期满办结", ".list-bulk")
    clerk.button("办结")
    clerk.reads(f"已办结 {N_OVER} 人的挂职")


def confirm_presence(pilot: Pilot) -> None:
    """The workbook of the month goes to the offices and comes back."""
    clerk = pilot.hand("zuzhi1")
    clerk.click(clerk.page.locator(".top").get_by_role("link", name=re.compile("^待办")))
    clerk.reads("在岗确认")
    carry_workbook(clerk, pilot.folder, "月度在岗确认", "导入在岗确认", {})


def report_quarter(pilot: Pilot) -> None:
    """The workbook of the quarter: reports of the hosts, notices of the homes."""
    told = {"工作": "按分工推进，情况良好", "后勤保障": "春节前安排体检"}
    carry_workbook(pilot.hand("zuzhi2"), pilot.folder, "季度", "导入情况报告和告知单", told)


def carry_workbook(clerk: Hand, folder: Path, which: str, back: str, cells: Mapping[str, str]) -> None:
    """Out by one click, filled in by the offices, in with a dry run."""
    clerk.menu("汇总表")
    row = clerk.page.locator("tr").filter(has_text=CITY).first
    got = clerk.download(row.get_by_role("link", name="下载").nth(int(which == "季度")))
    path = folder / got.suggested_filename
    got.save_as(path)
    n = fill_in(path, cells)
    clerk.link(back, "main")
    clerk.upload(path)
    clerk.button("上传并核对")
    clerk.click(clerk.page.get_by_role("button", name="确认写入"))
    clerk.reads(f"已报送 {n} 人")


def grade_the_year(pilot: Pilot) -> None:
    """Form F13: opinions of both sides from paper, grades of the meeting; the second clerk confirms and posts."""
    clerk, second = pilot.hand("zuzhi1"), pilot.hand("zuzhi2")
    clerk.menu("年度考核")
    clerk.link("开展年度考核", "main")
    clerk.button("开展")
    for side in ("接收单位", "派出单位"):
        show_all(clerk, N)
        clerk.tick("选中本页全部")
        give_opinion(clerk, side, "履职情况良好", "称职", N)
    for side in ("接收单位", "派出单位"):
        show_all(clerk, N)
        clerk.pick(BEST)
        give_opinion(clerk, side, "成绩突出", "优秀", len(BEST))
    clerk.link("登记等次决定", "main")
    minutes = {
        "会议": "部务会",
        "参加决定的人员": "吴部长、李副部长",
        "决定文号": NUMBER,
        "决定日期": f"{on(22)}",
    }
    clerk.fill(minutes)
    clerk.button("登记决定")
    clerk.reads("须由另一账号复核")
    open_decision(second)
    second.button("复核无误")
    second.link("登记公示", "main")
    second.fill({"公示开始": f"{on(22)}"})
    second.button("登记公示")
    second.reads(f"{on(22)} 至 {on(26)}")


def publish_grades(pilot: Pilot) -> None:
    """After the posting."""
    clerk = pilot.hand("zuzhi2")
    open_decision(clerk)
    clerk.button("公布等次")
    clerk.reads("等次已生效")


def open_decision(clerk: Hand) -> None:
    """The page of the decision on grades."""
    clerk.menu("年度考核")
    clerk.click(clerk.page.locator("main td a").first)
    clerk.link(NUMBER, "main")


def show_all(clerk: Hand, n: int) -> None:
    """The n rows of a list on one page."""
    if clerk.page.locator("[data-select-row]").count() < n:
        clerk.link("200", ".list-sizes")
    clerk.each("[data-select-row]", n)


def give_opinion(clerk: Hand, side: str, text: str, grade: str, n: int) -> None:
    """The opinion of one side about the chosen people, from paper."""
    clerk.button("填报意见", ".list-bulk")
    if not clerk.page.get_by_role("heading", name=f"{side}意见").count():
        clerk.button(f"改为登记{side}意见")
    values = {"意见": text, "建议等次": grade, "签署日期": f"{on(22)}"}
    clerk.fill(values | ({"病事假工作日": "0"} if side == "接收单位" else {}))
    clerk.button("保存")
    clerk.reads(f"已保存 {n} 人的意见")


def change_terms(pilot: Pilot) -> None:
    """One extension, one recall."""
    clerk = pilot.hand("zuzhi1")
    change(clerk, "陈示甲", "延期", f"{on(16).year}-08-31", "接收单位项目未完成")
    change(clerk, "陈示乙", "召回", f"{on(16)}", "派出单位工作需要", destination="回原单位")


def change(clerk: Hand, name: str, kind: str, last_day: str, reason: str, destination: str = "") -> None:
    """Form F16 of one person."""
    clerk.menu("挂职干部")
    clerk.fill({"姓名或岗位": name})
    clerk.reads("共 1 条")
    clerk.link(name)
    clerk.link("延期或提前结束")
    clerk.tick(kind)
    clerk.fill({"变更后的最后一天": last_day, "理由": reason, "审批日期": f"{on(16)}"})
    if destination:
        clerk.fill({"去向": destination})
    clerk.button("登记期限变更")
    clerk.reads("已变更 1 人的挂职期限")


def count(pilot: Pilot) -> None:
    """The figures, kept as they were reported."""
    clerk = pilot.hand("zuzhi1")
    clerk.menu("挂职统计")
    clerk.fill({"统计起始日期": f"{on(1)}", "统计截止日期": f"{on(25)}"})
    clerk.button("统计")
    clerk.button("保存为上报稿")
    clerk.reads("上报稿")


@dataclass(frozen=True)
class Step:
    """What is done on which day, in the words of the pilot's page."""

    day: int
    what: str
    play: Callable[[Pilot], None]


STEPS = (
    Step(1, "首次启用：单位、三员、恢复密钥", begin),
    Step(1, "建立 20 个单位，开设 3 个账号", open_accounts),
    Step(2, "导入 100 名在挂干部", bring_in_people),
    Step(3, "导出通讯录", print_contacts),
    Step(4, "为 10 人办理期满办结", end_terms),
    Step(9, "上月在岗确认：汇总表发出、收回、导入", confirm_presence),
    Step(16, "延期 1 人，召回 1 人", change_terms),
    Step(17, "上季度情况报告和告知单：汇总表发出、收回、导入", report_quarter),
    Step(22, "100 人年度考核：双方意见、会议决定、复核、公示", grade_the_year),
    Step(25, "统计表保存为上报稿", count),
    Step(29, "公布年度考核等次", publish_grades),
)
