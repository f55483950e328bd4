"""Form F1 as a Word file: of one demand, or of those chosen in the list."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.posts.models import Post
from secondment.posts.queries import visible_to
from secondment.posts.sheets import DEMAND_FORM, demand_sheet
from secondment.posts.views.flow import chosen
from secondment.units.official_names import place_and_title


def demand_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form of one demand."""
    return _sent(request, [get_object_or_404(visible_to(request.user), pk=pk)])


@require_POST
def demand_forms(request: SignedInRequest) -> HttpResponse:
    """The forms of the chosen demands, each on a page of its own."""
    return _sent(request, list(chosen(request).prefetch_related("tasks")))


def _sent(request: SignedInRequest, posts: Sequence[Post]) -> HttpResponse:
    on = timezone.localdate()
    for post in posts:
        record_export("post.print_form", post, **acting(request))
    what, n = place_and_title(posts[0].host_unit, posts[0].title), len(posts)
    what = what if n == 1 else f"{what}等{n}个岗位"
    content = DEMAND_FORM.fill(*(demand_sheet(post, on=on) for post in posts))
    return download(content, f"岗位需求表（{what}）.docx")
