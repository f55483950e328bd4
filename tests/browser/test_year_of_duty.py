"""A year of normal duty on a phone: what a host of one secondee, a home unit and the secondee click and type.

Every kind of record is handed in once, from the to-do list of the home page on; how often a year brings it is read from the
rhythms of the programme. The handbook prints the sums, and this test compares them.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from reliability.accessible import bring_axe, violations

from secondment.accounts.choices import Role
from secondment.allowances.models import HealthCheck, Insurance
from secondment.assessments.models import Summary
from secondment.burden.cost import loads_of
from secondment.daily_work.effort import CHARACTERS_OF_NEWS, year_of
from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation
from secondment.obligations.services import bring_up_to_date
from secondment.talks.models import Talk
from tests.browser.conftest import CHROMIUM, playing
from tests.browser.desk import Desks
from tests.browser.hand import Clock, Cost, Hand
from tests.browser.scene import PASSWORD
from tests.daily_work.scene import Scene, make_scene
from tests.makers import make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
PHONE = 360
PAGE = Path(__file__).parents[2] / "docs" / "handbook" / "burden.zh-CN.md"
HEAD = "| 角色 | 办什么 | 一年次数 | 每次点按 | 每次字数 | 一年点按 | 一年字数 |"
JULY, AUGUST, OCTOBER, DECEMBER = (
    dt.date(2026, 7, 3),
    dt.date(2026, 8, 3),
    dt.date(2026, 10, 8),
    dt.date(2026, 12, 2),
)
MONTH, QUIET, NEWS, TALK = (
    "在岗确认",
    "情况报告（无新情况）和在岗确认",
    "情况报告（有情况）和在岗确认",
    "谈话登记",
)
TOLD, NO_MATTERS, VISIT = "告知单", "告知单（本季度无事项）", "走访慰问"
INSURED, CHECKED = "保险登记", "体检登记"
SUMMARY, READ = "年度个人总结或自我鉴定", "告知单阅知"
N_QUIET_NOTICES = 1
"""Of four notices: three with matters and two visits are the contact that no 90 days are without."""
NEWS_TEXTS = {
    "thinking": "思想稳定，与班子成员和群众相处融洽。",
    "work": "牵头修通到二组的产业路2.3公里，惠及86户；合作社与县供销社签了收购协议，首批菌菇已经交货，村集体增收三万元。",
}
MATTERS = {
    "重大事项": "厅机关职级晋升工作十月启动，本人按规定参加，材料由人事处代报。",
    "工作进展要求": "继续抓好产业路和合作社两件事，年底前见成效。",
    "后勤保障": "体检安排在九月，探亲差旅费按季度报销。",
}
COVER = {
    "保险公司": "示例人寿",
    "保险单号": "PA2026070001",
    "保险开始": "2026-07-01",
    "保险最后一天": "2028-01-04",
}
TEXT = "办成三件实事。" * 71 + "请指正"
MOST_CHARACTERS = 500


class Journey:
    """Who sits at which phone, on which day, and what each act has cost."""

    def __init__(self, desks: Desks, clock: Clock) -> None:
        self.desks, self.clock = desks, clock
        self.costs: dict[str, Cost] = {}

    def on(self, day: dt.date) -> None:
        """Of another day, as the night has left it."""
        self.clock.to(day)
        bring_up_to_date(on=day)

    @contextmanager
    def sits_down(self, account: str) -> Iterator[Hand]:
        """Signed in for this day only."""
        hand = Hand(self.desks.sign_in(account, width=PHONE))
        yield hand
        hand.page.context.close()

    @contextmanager
    def act(self, hand: Hand, what: str) -> Iterator[None]:
        """What is clicked and typed from the home page on."""
        hand.page.goto(self.desks.url)
        before = Counter(hand.cost)
        yield
        self.costs[what] = hand.cost - before


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock(dt.datetime.combine(JULY, dt.time(9), ZoneInfo("Asia/Shanghai")))
    monkeypatch.setattr(timezone, "now", one.now)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in this thread
    return one


@pytest.fixture
def scene(transactional_db: None, clock: Clock) -> Scene:
    """Two secondees of one home unit, each in a township of its own, known to the system since July."""
    made = make_scene(0)
    for township in (0, 1):
        made.add(township, recorded_on=dt.date(2026, 7, 1))
    person = made.people[0].person
    person.account = make_user(
        Role.SECONDEE, made.home, username="zhang", password=PASSWORD, name=person.name
    )
    person.save()
    make_user(Role.HOST_UNIT, made.townships[0], username="town", password=PASSWORD, name="镇组织委员")
    make_user(Role.HOME_UNIT, made.home, username="home", password=PASSWORD, name="人事处")
    return made


def to_do(hand: Hand, words: str) -> None:
    """A line of the to-do list on the home page; what it leads to fits on a phone and is read by everybody."""
    hand.click(hand.page.get_by_role("link", name=re.compile(words)).first)
    looks_well(hand)


def looks_well(hand: Hand) -> None:
    """Nothing to scroll sideways, and nothing that a screen reader misses."""
    expect(hand.page.get_by_role("heading", level=1)).not_to_have_text("工作台")
    bring_axe(hand.page)
    assert violations(hand.page) == []
    assert hand.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def confirms(journey: Journey, host: Hand) -> None:
    """A month of which no quarter is the end."""
    with journey.act(host, MONTH):
        to_do(host, "2026年7月在岗确认")
        host.button("提交本页各人")
        host.reads("已确认 1 人在岗情况。")


def has_no_news(journey: Journey, host: Hand) -> None:
    """The page of a quarter asks for its last month as well."""
    with journey.act(host, QUIET):
        to_do(host, "第2季度情况报告")
        host.tick("其余各人本期无新情况")
        host.button("提交本页各人")
        host.reads("已确认 1 人在岗情况。", "已报送 1 份情况报告。")


def reports(journey: Journey, host: Hand) -> None:
    """The same page, with something to say."""
    with journey.act(host, NEWS):
        to_do(host, "第3季度情况报告")
        host.click(host.page.locator("summary", has_text="的情况报告"))
        for name, text in NEWS_TEXTS.items():
            host.type(host.page.locator(f"[name^={name}_]"), text)
        host.button("提交本页各人")
        host.reads("已确认 1 人在岗情况。", "已报送 1 份情况报告。")


def talks(journey: Journey, host: Hand) -> None:
    """Day, kind, office and person stand there already."""
    with journey.act(host, TALK):
        to_do(host, "日常谈心")
        host.fill({"谈话人": "王书记"})
        host.button("登记")
        host.reads("已登记谈话。")


def tells(journey: Journey, home: Hand) -> None:
    """One text for everybody who has none yet."""
    with journey.act(home, TOLD):
        to_do(home, "第2季度告知单：2 人未报")
        home.fill(MATTERS)
        home.button("告知所选各人")
        home.reads("已告知 2 人。")


def has_nothing_to_tell(journey: Journey, home: Hand) -> None:
    """One tick."""
    with journey.act(home, NO_MATTERS):
        to_do(home, "第3季度告知单：2 人未报")
        home.tick("本季度无事项")
        home.button("告知所选各人")
        home.reads("已告知 2 人。")


def cares(journey: Journey, home: Hand) -> None:
    """The line is about two people: the ledger leads to the one."""
    with journey.act(home, INSURED):
        to_do(home, "人身意外伤害保险：2 人待办")
        home.click(home.page.locator("main tbody a").first)
        looks_well(home)
        home.fill(COVER)
        home.button("登记")
        home.reads("已登记保险。")
    with journey.act(home, CHECKED):
        to_do(home, "健康体检：2 人待办")
        home.click(home.page.locator("main tbody a").first)
        home.fill({"体检日期": f"{JULY}"})
        home.button("登记体检")
        home.reads("已登记体检。")


def visits(journey: Journey, home: Hand) -> None:
    """Whom was visited is chosen from a list."""
    with journey.act(home, VISIT):
        to_do(home, "走访慰问：2 人待办")
        home.click(home.page.locator(".ts-control").first)
        home.click(home.page.locator(".ts-dropdown .option").first)
        home.fill({"谈话人": "李处长"})
        expect(home.page.get_by_text("已保存在本机，还没有发送。")).to_be_visible()
        home.page.reload()  # the page was killed: whoever was chosen comes back with the rest
        home.page.get_by_role("button", name="恢复").click()
        expect(home.page.locator(".ts-control .item")).to_have_count(1)
        home.button("登记")
        home.reads("已登记谈话。")


def reads(journey: Journey, own: Hand) -> None:
    """The message leads to the notice, where it is one click."""
    with journey.act(own, READ):
        own.click(own.page.locator(".top").get_by_role("link", name=re.compile("消息")))
        own.click(own.page.get_by_role("link", name=re.compile("的告知单")).first)
        own.link("前往办理", "main")
        own.reads(*MATTERS.values())
        looks_well(own)
        before = own.n
        own.button("确认阅知")
        assert own.n - before == 1
        own.reads("已确认阅知。")


def sums_up(journey: Journey, own: Hand) -> None:
    """The line is cut when it is sent, the page is killed; the text is there again, and a double click sends it once."""
    with journey.act(own, SUMMARY):
        to_do(own, "^2026年个人总结$")
        own.click(own.page.locator("main").get_by_role("link", name="填写").first)
        looks_well(own)
        own.type(own.page.get_by_label("正文"), TEXT)
        expect(own.page.get_by_text("已保存在本机，还没有发送。")).to_be_visible()
        own.page.context.set_offline(True)
        own.page.get_by_role("button", name="提交").click()
        expect(own.page.get_by_text("线路中断，没有发送")).to_be_visible()
        assert not Summary.objects.exists()
        own.page.context.set_offline(False)
        killed, own.page = own.page, own.page.context.new_page()
        address = killed.url
        killed.close()
        own.page.goto(address)
        expect(own.page.get_by_text("本机保存有上次没有发送的内容。")).to_be_visible()
        own.page.get_by_role("button", name="恢复").click()
        expect(own.page.get_by_label("正文")).to_have_value(TEXT)
        own.cost["clicks"] += 1
        own.page.get_by_role("button", name="提交").dblclick()
        own.reads("已提交，编号")
        own.page.goto(address)
        expect(own.page.get_by_label("正文")).to_have_value(TEXT)
        expect(own.page.get_by_text("本机保存有上次没有发送的内容。")).to_have_count(0)


Act = Callable[[Journey, Hand], None]
YEAR: tuple[tuple[dt.date, str, tuple[Act, ...]], ...] = (
    (JULY, "town", (has_no_news,)),
    (JULY, "home", (tells, cares)),
    (JULY, "zhang", (reads,)),
    (AUGUST, "town", (confirms,)),
    (OCTOBER, "town", (reports,)),
    (OCTOBER, "home", (has_nothing_to_tell,)),
    (DECEMBER, "town", (talks,)),
    (DECEMBER, "home", (visits,)),
    (DECEMBER, "zhang", (sums_up,)),
)


def times_of_a_year() -> dict[str, dict[str, float]]:
    """Role → act → how often the rhythms of a programme ask for it in a year, about one secondee."""
    asked = {one.duty.kind: one.times for one in loads_of({})}
    n_news = year_of(1).characters / CHARACTERS_OF_NEWS
    n_told = asked["home_notice"] - N_QUIET_NOTICES
    return {
        "接收单位": {
            MONTH: asked["presence_confirmation"] - asked["host_report"],
            QUIET: asked["host_report"] - n_news,
            NEWS: n_news,
            TALK: sum(asked[f"talks.{one}"] for one in ("arrival", "regular", "middle", "end")),
        },
        "派出单位": {
            TOLD: n_told,
            NO_MATTERS: N_QUIET_NOTICES,
            VISIT: asked["talks.visit"],
            INSURED: asked["allowances.insurance"],
            CHECKED: asked["allowances.check"],
        },
        "挂职干部": {SUMMARY: asked["year_summary"] + asked["self_appraisal"], READ: n_told},
    }


def table(costs: dict[str, Cost]) -> list[str]:
    """The lines of the handbook."""
    lines = []
    for role, acts in times_of_a_year().items():
        sums: Counter[str] = Counter()
        for what, times in acts.items():
            clicks, characters = costs[what]["clicks"], costs[what]["characters"]
            year = {"clicks": times * clicks, "characters": times * characters}
            sums.update(year)  # type: ignore[arg-type]  # halves of a term of two years
            figures = (times, clicks, characters, *year.values())
            lines.append(" | ".join([f"| {role} | {what}", *(f"{one:g}" for one in figures)]) + " |")
        lines.append(f"| {role} | **一年合计** | | | | {sums['clicks']:g} | {sums['characters']:g} |")
    return lines


def printed() -> list[str]:
    """What the handbook says."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    first = lines.index(HEAD) + 2
    rest = lines[first:]
    return rest[: next(at for at, line in enumerate(rest) if not line.startswith("|"))]


@pytest.mark.usefixtures("scene")
def test_a_year_of_normal_duty_costs_what_the_handbook_says(clock: Clock, live_server) -> None:
    assert len(TEXT) == MOST_CHARACTERS
    with playing(live_server.url) as desks:
        journey = Journey(desks, clock)
        for day, account, acts in YEAR:
            journey.on(day)
            with journey.sits_down(account) as hand:
                for act in acts:
                    act(journey, hand)
    assert [one for one in desks.troubles if "ERR_INTERNET_DISCONNECTED" not in one] == []
    assert sorted(Summary.objects.values_list("text", flat=True)) == [TEXT]
    counted = (PresenceConfirmation, HostReport, HomeNotice, Insurance, HealthCheck, Talk)
    assert [one.objects.count() for one in counted] == [3, 2, 4, 1, 1, 2]
    assert HomeNotice.objects.filter(read_at__isnull=False).count() == 1
    assert table(journey.costs) == printed()
