"""The list of demands: columns, filters and actions on chosen rows."""

from dataclasses import replace

import django_filters
from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.accounts.scopes import under
from secondment.common.keys import number_in
from secondment.common.listing.columns import state_column
from secondment.common.listing.listing import BulkAction, Column, Listing
from secondment.common.sentences import joined_sentences
from secondment.posts.choices import Direction, PostRank, PostState, Specialty
from secondment.posts.labels import STATUS, label_of, labels_of, requirement_lines
from secondment.posts.models import Post
from secondment.posts.rules import may_decide_posts, may_enter_posts
from secondment.units.models import Region, Unit

MOST_MATCHES = 500  # more conditions than databases take in one query


class PostFilterForm(forms.Form):
    """Refuses a unit filter so wide that it would say nothing."""

    def clean_unit(self) -> str:
        """At most `MOST_MATCHES` separate branches of the tree."""
        text: str = self.cleaned_data["unit"]
        if text and len(_outermost_paths(text)) > MOST_MATCHES:
            raise forms.ValidationError(_("符合的单位过多，请输入更完整的名称。"))
        return text


class PostFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Narrows the list; a unit or region includes everything below it."""

    title = django_filters.CharFilter(label=_("职务或编号"), method="by_title")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=PostState.choices, empty_label=_("全部"))
    unit = django_filters.CharFilter(label=_("接收单位（含下级）"), method="by_unit")
    direction = django_filters.ChoiceFilter(
        label=_("挂职方向"), choices=Direction.choices, empty_label=_("全部")
    )
    region = django_filters.CharFilter(label=_("工作地点（含下级）"), method="by_region")
    specialty = django_filters.ChoiceFilter(
        label=_("专业方向"), choices=Specialty.choices, empty_label=_("全部"), method="by_specialty"
    )

    class Meta:
        model = Post
        form = PostFilterForm
        fields: list[str] = []

    def by_title(self, posts: QuerySet[Post], _name: str, value: str) -> QuerySet[Post]:
        """Title contains the text, or the number begins with it."""
        return posts.filter(Q(title__icontains=value) | Q(code__istartswith=value))

    def by_unit(self, posts: QuerySet[Post], _name: str, value: str) -> QuerySet[Post]:
        """Units whose name contains the text, and those below; a number is the key of one unit."""
        return posts.filter(host_unit__in=Unit.objects.filter(under("path", _outermost_paths(value))))

    def by_region(self, posts: QuerySet[Post], _name: str, value: str) -> QuerySet[Post]:
        """A code, or a part of a full name: full names hold the names above, so everything below is found."""
        is_code = value.isascii() and value.isdigit()
        found = Q(code__startswith=value) if is_code else Q(full_name__contains=value)
        return posts.filter(region__in=Region.objects.filter(found))

    def by_specialty(self, posts: QuerySet[Post], _name: str, value: str) -> QuerySet[Post]:
        """Posts that name the specialty; text comparison works alike on every database."""
        words = posts.annotate(specialty_words=Cast("specialties", TextField()))
        return words.filter(specialty_words__contains=f'"{value}"')


def _outermost_paths(text: str) -> list[str]:
    """Paths of the units meant, without those below another one of them."""
    number = number_in(text)
    named = Q(pk=number) if number else Q(name__icontains=text)
    kept: list[str] = []
    for path in sorted(Unit.objects.filter(named).values_list("path", flat=True)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


SUBMIT = BulkAction("submit", _("提交审核"), "posts:posts_submit", icon="send")
APPROVE = BulkAction(
    "approve",
    _("审核通过"),
    "posts:posts_approve",
    icon="check",
    question=_("选中的岗位需求将审核通过，之后可列入挂职批次。"),
)
FORMS = BulkAction("forms", _("岗位需求表"), "posts:demand_forms", icon="file-text")
POSTS = Listing(
    key="posts",
    title=_("岗位需求"),
    columns=(
        Column("title", _("挂任职务"), sort="title", phone="title", is_short=True),
        Column("host_unit.name", _("接收单位"), sort="host_unit__path", phone="line"),
        Column("code", _("编号"), sort="code", is_short=True),
        Column(
            "direction",
            _("方向"),
            sort="direction",
            value=lambda post: post.get_direction_display(),
            is_short=True,
        ),
        Column(
            "rank",
            _("职务层次"),
            sort="rank",
            value=lambda post: label_of(PostRank, post.rank),
            is_short=True,
        ),
        Column("headcount", _("人数"), sort="headcount", align="end"),
        Column("starts_on", _("到岗日期"), sort="starts_on", is_short=True),
        Column("last_day", _("挂职结束"), sort="ends_on", is_short=True, is_hidden_by_default=True),
        Column(
            "region",
            _("工作地点"),
            sort="region__code",
            value=lambda post: post.region and post.region.full_name,
            is_hidden_by_default=True,
        ),
        Column("specialties", _("专业方向"), value=lambda post: labels_of(Specialty, post.specialties)),
        Column(
            "requirements",
            _("要求"),
            value=lambda post: joined_sentences(requirement_lines(post)),
            is_hidden_by_default=True,
        ),
        state_column(STATUS, sort="state", is_short=True),
    ),
    default_sort="host_unit.name",
    row_url=lambda post: reverse("posts:post_detail", args=[post.pk]),
    filters=PostFilter,
    empty_title=_("暂无岗位需求"),
    empty_text=_("接收单位填报需求后在此列出。可以逐个填报，也可以用Excel一次导入。"),
)


def posts_for(user: User) -> Listing:
    """The list with the actions on chosen rows that this account may take; the form is for every reader."""
    offered = ((SUBMIT, may_enter_posts(user)), (APPROVE, may_decide_posts(user)), (FORMS, True))
    return replace(POSTS, bulk_actions=tuple(action for action, is_offered in offered if is_offered))
