"""Demands: entered by host unit and organisation department, read by leaders, unseen by everyone else."""

from secondment.accounts.choices import Role
from secondment.documents.services import store_file
from secondment.posts.choices import PostState
from secondment.posts.models import Post
from secondment.units.models import Region
from tests.authorisation.matrix import Row
from tests.makers import AT, make_post, make_user

ENTER = frozenset({Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT})
READ = ENTER | {Role.LEADER}
DECIDE = frozenset({Role.ORGANISATION_DEPARTMENT})


def pk(side):
    return {"pk": side.post.pk}


def in_state(state):
    def kwargs(side):
        Post.objects.filter(pk=side.post.pk).update(state=state)
        return pk(side)

    return kwargs


def loose(state=PostState.DRAFT):
    """A post of the side that no campaign offers."""

    def kwargs(side):
        post = make_post(side.host_unit, state=state, duties="职责", contact_name="甲", contact_phone="1")
        defaults = {"name": "北京市", "level": "province", "full_name": "北京市"}
        post.region, _ = Region.objects.get_or_create(code="11", defaults=defaults)
        post.save()
        post.tasks.create(position=1, name="任务", measure="指标", target=1, measure_unit="个")
        return {"pk": post.pk}

    return kwargs


def selected(side):
    return {"selected": str(loose(PostState.SUBMITTED)(side)["pk"])}


def selected_draft(side):
    return {"selected": str(loose()(side)["pk"])}


def somebodys_file(side):
    stored = store_file("a.csv", b"a", content_type="text/csv", by=make_user(), at=AT)
    return {"file": stored.pk}


ROWS = {
    "posts:post_list": Row(READ),
    "posts:post_detail": Row(READ, pk),
    "posts:demand_form": Row(READ, pk),
    "posts:demand_forms": Row(READ, method="post", data=selected),
    "posts:post_create": Row(ENTER),
    "posts:task_row": Row(ENTER),
    "posts:post_edit": Row(ENTER, in_state(PostState.DRAFT)),
    "posts:post_copy": Row(ENTER, pk, "post"),
    "posts:post_submit": Row(ENTER, loose(), "post"),
    "posts:post_approve": Row(DECIDE, in_state(PostState.SUBMITTED), "post"),
    "posts:post_return": Row(
        DECIDE, in_state(PostState.SUBMITTED), "post", data=lambda side: {"opinion": "请补充"}
    ),
    "posts:post_withdraw": Row(ENTER, loose(), "post"),
    "posts:posts_submit": Row(ENTER, method="post", data=selected_draft),
    "posts:posts_approve": Row(DECIDE, method="post", data=selected),
    "posts:post_template": Row(ENTER),
    "posts:post_export": Row(READ),
    "posts:post_import": Row(ENTER),
    "posts:post_import_review": Row(frozenset(), somebodys_file),
    "posts:post_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "posts:village_list": Row(ENTER, pk),
    "posts:village_create": Row(ENTER, pk, "post"),
}
