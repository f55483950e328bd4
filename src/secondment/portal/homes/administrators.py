"""Home pages of the three separated administrators: accounts, rights, trail; no business data."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secondment.accounts import queries as accounts
from secondment.accounts.choices import Role
from secondment.accounts.lists import condition_of, roles_text
from secondment.accounts.models import User
from secondment.audit.actions import sentence_of
from secondment.backups.models import Backup, Drill
from secondment.backups.queries import Standing, standing
from secondment.common.display import NOTHING
from secondment.portal.homes.view_models import SHOWN, Cell, Figure, Panel, Section
from secondment.portal.links import link
from secondment.portal.trail.queries import last_check, trail_of

UNUSED_DAYS = 90


def start_of(on: dt.date) -> dt.datetime:
    """Midnight of the day in local time."""
    return timezone.make_aware(dt.datetime.combine(on, dt.time()))


def backup_figures(on: dt.date) -> list[Figure]:
    """The last backup and the last drill; red where someone has to do something."""
    now = standing(at=start_of(on + dt.timedelta(days=1)))
    if now.is_demo:
        return []
    url = link("backups:backup_list")
    drill_note = _("最近一次发现问题") if now.drill_fault else _("已超过八天") if now.is_drill_late else ""
    return [
        Figure(_("上次备份"), day_of(now.backup), url, note=backup_note(now), note_kind="bad"),
        Figure(_("上次恢复演练"), day_of(now.drill), url, note=drill_note, note_kind="bad"),
    ]


def backup_note(now: Standing) -> str:
    """What is wrong with backups, empty when nothing is."""
    if now.key is None:
        return _("尚未生成恢复密钥，没有备份")
    if now.backup_fault:
        return _("最近一次没有完成")
    return _("已超过两天") if now.is_backup_late else ""


def day_of(row: Backup | Drill | None) -> str:
    """The day of the row, a dash where there is none."""
    return f"{timezone.localtime(row.at):%Y-%m-%d}" if row else NOTHING


def system_home(user: User, on: dt.date) -> Section:
    """Accounts and their condition."""
    figures = accounts.figures(accounts.visible_to(user), at=start_of(on), unused_days=UNUSED_DAYS)
    people = pgettext("figure", "个")
    return Section(
        Role.SYSTEM_ADMINISTRATOR,
        Role.SYSTEM_ADMINISTRATOR.label,
        [
            Figure(_("账号"), figures.n, link("accounts:account_list"), people),
            Figure(
                _("从未登录"),
                figures.n_never_used,
                link("accounts:account_list", condition="never_used"),
                people,
            ),
            Figure(
                _("90 天未登录"),
                figures.n_unused,
                link("accounts:account_list", condition="unused"),
                people,
                note=_("请核实是否停用") if figures.n_unused else "",
                note_kind="warn" if figures.n_unused else "",
            ),
            Figure(
                _("已停用"), figures.n_disabled, link("accounts:account_list", condition="disabled"), people
            ),
            *backup_figures(on),
        ],
        [newest_accounts(user)],
    )


def security_home(user: User, on: dt.date) -> Section:
    """Accounts that wait for a role, and who administers."""
    figures = accounts.figures(accounts.visible_to(user), at=start_of(on), unused_days=UNUSED_DAYS)
    return Section(
        Role.SECURITY_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR.label,
        [
            Figure(
                _("待授权账号"),
                figures.n_without_role,
                link("accounts:account_list", condition="without_role"),
                pgettext("figure", "个"),
                note=_("请核对后授予角色") if figures.n_without_role else _("全部已授权"),
                note_kind="warn" if figures.n_without_role else "good",
            ),
            Figure(_("账号"), figures.n, link("accounts:account_list"), pgettext("figure", "个")),
        ],
        [waiting_accounts(user), administrators_panel(user)],
    )


def auditor_home(user: User, on: dt.date) -> Section:
    """What was recorded today, what was refused, and whether the trail is intact."""
    today = trail_of(user).filter(at__gte=start_of(on))
    checked = last_check()
    n_faults = checked.details.get("n_faults", 0) if checked else 0
    n_refused = today.filter(action__endswith=".refused").count()
    n_failed = today.filter(action="account.sign_in_failed").count()
    day = {"from": on, "until": on}
    return Section(
        Role.AUDIT_ADMINISTRATOR,
        Role.AUDIT_ADMINISTRATOR.label,
        [
            Figure(_("今日记录"), today.count(), link("portal:trail", **day), pgettext("figure", "条")),
            Figure(
                _("今日被拒绝的操作"),
                n_refused,
                link("portal:trail", kind="refused", **day),
                pgettext("figure", "次"),
                note_kind="warn" if n_refused else "",
            ),
            Figure(
                _("今日登录失败"),
                n_failed,
                link("portal:trail", action="account.sign_in_failed", **day),
                pgettext("figure", "次"),
                note_kind="warn" if n_failed else "",
            ),
            Figure(
                _("上次校验发现的问题"),
                n_faults if checked else NOTHING,
                link("portal:trail"),
                pgettext("figure", "处") if checked else "",
                note=f"{timezone.localtime(checked.at):%Y-%m-%d %H:%M}" if checked else _("尚未校验"),
                note_kind=("bad" if n_faults else "good") if checked else "warn",
            ),
        ],
        [latest_events(user)],
    )


def newest_accounts(user: User) -> Panel:
    """The accounts opened last."""
    create = link("accounts:account_create")
    return _accounts_panel(
        "newest",
        _("最近开设的账号"),
        user,
        {},
        empty=(_("暂无账号"), _("开设账号后，由安全管理员授予角色。"), create),
    )


def waiting_accounts(user: User) -> Panel:
    """Active accounts without a role."""
    return _accounts_panel(
        "waiting",
        _("待授权的账号"),
        user,
        {"has_roles": False, "is_active": True},
        empty=(_("没有待授权的账号"), _("系统管理员开设的新账号在此显示。"), ""),
    )


def _accounts_panel(
    key: str, title: str, user: User, conditions: dict[str, bool], *, empty: tuple[str, str, str]
) -> Panel:
    rows = accounts.with_roles(accounts.visible_to(user)).filter(**conditions).order_by("-pk")[:SHOWN]
    cells = []
    for one in rows:
        words, level = condition_of(one)
        cells.append(
            [
                Cell(one.name, link("accounts:account_detail", one.pk), phone="title"),
                Cell(one.username, phone="line"),
                Cell(one.unit.name if one.unit else "", phone="line"),
                Cell(roles_text(one), phone="line"),
                Cell(words, status=level, phone="aside"),
            ]
        )
    return Panel(
        key=key,
        title=title,
        heads=(_("姓名"), _("账号"), _("所属单位"), _("角色"), _("状态")),
        rows=cells,
        url=link("accounts:account_list"),
        empty_title=empty[0],
        empty_text=empty[1],
        empty_url=empty[2],
        empty_action=_("开设账号"),
        icon="users",
    )


def administrators_panel(user: User) -> Panel:
    """Who holds an administrator role in the own scope."""
    rows = accounts.administrators_of(user)
    return Panel(
        key="administrators",
        title=_("现任三员"),
        heads=(_("姓名"), _("角色"), _("管理范围")),
        rows=[
            [
                Cell(one.user.name, link("accounts:account_detail", one.user_id), phone="title"),
                Cell(one.get_role_display(), phone="line"),
                Cell(one.unit.name, phone="line"),
            ]
            for one in rows[:SHOWN]
        ],
        empty_title=_("暂无管理员"),
        icon="shield-check",
    )


def latest_events(user: User) -> Panel:
    """The last records."""
    return Panel(
        key="events",
        title=_("最近的记录"),
        heads=(_("时间"), _("操作人"), _("操作"), _("对象")),
        rows=[
            [
                Cell(one.at, phone="line"),
                Cell(one.actor_name or _("系统"), phone="title"),
                Cell(sentence_of(one.action), phone="line"),
                Cell(one.object_label, phone="line"),
            ]
            for one in trail_of(user)[:SHOWN]
        ],
        url=link("portal:trail"),
        empty_title=_("暂无记录"),
        icon="history",
    )
