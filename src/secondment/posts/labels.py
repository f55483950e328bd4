"""A demand in the words people use: facts, requirements, tasks and what has happened."""

from collections.abc import Iterable

from django.db.models import Choices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.audit.actions import sentence_of
from secondment.audit.models import AuditEvent
from secondment.common.components import Fact, Status, Step, TimelineEntry, steps_to
from secondment.common.sentences import joined_sentences, listed
from secondment.posts.choices import (
    Ability,
    Hardship,
    LowestEducation,
    LowestTitle,
    PostRank,
    PostState,
    SensitiveWork,
    Specialty,
)
from secondment.posts.columns import months_of
from secondment.posts.models import Post

STATUS: dict[str, Status] = {
    PostState.DRAFT: "idle",
    PostState.SUBMITTED: "info",
    PostState.RETURNED: "warn",
    PostState.APPROVED: "good",
    PostState.WITHDRAWN: "idle",
}


def label_of(choices: type[Choices], code: object) -> str:
    """The label of a code in the reader's language; the code itself when the list does not have it."""
    return str(dict(choices.choices).get(code, code)) if code not in (None, "") else ""


def labels_of(choices: type[Choices], codes: Iterable[str]) -> str:
    """Labels of several codes, joined."""
    return listed(label_of(choices, code) for code in codes)


def term_text(post: Post) -> str:
    """“2027-03-01 至 2029-02-28（24 个月）”."""
    months = months_of(post)
    if months is None:
        return _("%(starts)s 至 %(last)s") % {"starts": post.starts_on, "last": post.last_day}
    term = ngettext("%(n)d个月", "%(n)d个月", months) % {"n": months}
    return _("%(starts)s 至 %(last)s（%(term)s）") % {
        "starts": post.starts_on,
        "last": post.last_day,
        "term": term,
    }


def post_facts(post: Post) -> list[Fact]:
    """What the post is."""
    return [
        Fact(_("接收单位"), str(post.host_unit)),
        Fact(_("岗位编号"), post.code),
        Fact(_("挂任职务"), post.title),
        Fact(_("职务层次"), label_of(PostRank, post.rank)),
        Fact(_("挂职方向"), post.get_direction_display()),
        Fact(_("人数"), post.headcount),
        Fact(_("挂职期"), term_text(post), is_wide=True),
        Fact(_("工作地点"), post.region.full_name if post.region else "", is_wide=True),
        Fact(_("岗位职责"), post.duties, is_wide=True),
    ]


def condition_facts(post: Post) -> list[Fact]:
    """Conditions offered and whom to ask."""
    return [
        Fact(_("艰苦程度"), label_of(Hardship, post.hardship)),
        Fact(_("食宿交通"), post.lodging),
        Fact(_("联系领导"), post.contact_leader),
        Fact(_("带教导师"), post.mentor),
        Fact(_("联系人"), " ".join(filter(None, [post.contact_name, post.contact_phone]))),
    ]


def requirement_lines(post: Post) -> list[str]:
    """What is asked of a candidate, one sentence each, strictest first."""
    lines = [
        (_("须为中共正式党员"), post.requires_party_member),
        (_("学历：%s及以上") % label_of(LowestEducation, post.education_code), post.education_code),
        (_("职称：%s及以上") % label_of(LowestTitle, post.title_level), post.title_level),
        (_("专业方向：%s") % labels_of(Specialty, post.specialties), post.specialties),
        (_("年龄不超过%d周岁") % (post.oldest_age or 0), post.oldest_age),
        (_("基层工作经历不少于%d年") % post.grassroots_years, post.grassroots_years),
        (_("工作经历：%s") % post.experience, post.experience),
        (_("需要的能力：%s") % labels_of(Ability, post.abilities), post.abilities),
    ]
    return [text for text, is_required in lines if is_required]


def recusal_lines(post: Post) -> list[tuple[str, str]]:
    """(what is to be watched, the rule behind it)."""
    lines: list[tuple[str, str, object]] = [
        (
            _("正职，按%s核查地域回避") % post.get_organ_kind_display(),
            _("公务员法第七十五条"),
            post.is_principal,
        ),
        (
            _("涉及%s工作，核查亲属回避") % labels_of(SensitiveWork, post.sensitive_work),
            _("公务员法第七十四条"),
            post.sensitive_work,
        ),
        (
            _("主管%s行业，核查亲属经商办企业") % labels_of(Specialty, post.industries),
            _("公务员法第七十四条"),
            post.industries,
        ),
        (
            _("上挂岗位，列入批次时须有批准的选派计划文号"),
            _("2024年中央一号文件；整治形式主义为基层减负若干规定"),
            post.direction == "up",
        ),
    ]
    return [(text, basis) for text, basis, applies in lines if applies]


def post_steps(post: Post) -> list[Step]:
    """Draft, handed in, approved."""
    order = [PostState.DRAFT, PostState.SUBMITTED, PostState.APPROVED]
    at = 0 if post.state == PostState.RETURNED else order.index(PostState(post.state))
    labels = [_("填报"), _("组织部门审核"), _("审核通过")]
    return steps_to(len(order) if post.state == PostState.APPROVED else at, labels)


def timeline_of(events: Iterable[AuditEvent]) -> list[TimelineEntry]:
    """The trail of a demand as sentences."""
    return [
        TimelineEntry(
            when=event.at,
            title=sentence_of(event.action),
            by=event.actor_name,
            text=_event_text(event),
        )
        for event in events
    ]


def _event_text(event: AuditEvent) -> str:
    details = event.details
    if opinion := details.get("opinion"):
        return str(opinion)
    parts = []
    if changed := details.get("changed"):
        parts.append(_("修改内容：%s") % listed(_field_label(name) for name in changed))
    if source := details.get("source"):
        parts.append(_("来源：%s") % source)
    return joined_sentences(parts)


def _field_label(name: str) -> str:
    if name == "tasks":
        return _("重点任务")
    field = Post._meta.get_field(name.removesuffix("_id"))  # noqa: SLF001 -- Django's documented name
    return str(getattr(field, "verbose_name", name))
