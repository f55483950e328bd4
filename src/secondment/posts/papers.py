"""The demand form (F1) on paper, where an office has it stamped."""

from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.documents.papers import PaperKind, add_kind
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from secondment.posts.queries import visible_to
from secondment.units.official_names import place_and_title


def _key(post: Post) -> int | None:
    return None if post.state == PostState.DRAFT else post.pk


DEMAND = add_kind(
    PaperKind(
        code="F1",
        title=_("岗位需求表"),
        visible_to=visible_to,
        office_of=attrgetter("host_unit"),
        roles=frozenset({Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT}),
        subject_of=lambda post: place_and_title(post.host_unit, post.title),
        page_of=lambda _user, post: reverse("posts:post_detail", args=[post.pk]),
        key_of=_key,
    )
)
