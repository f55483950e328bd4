"""What every page of an analysis has: the scope asked for, what it is compared with, and the frame around it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest
from secondment.common.errors import require
from secondment.workforce.forms import SaveViewForm
from secondment.workforce.rules import may_analyse
from secondment.workforce.scopes import Scope, read_scope
from secondment.workforce.view_models import Reference

OF_TABLES = frozenset({"rows", "columns", "layers"})


def scope_of(request: SignedInRequest) -> Scope:
    """The scope asked for; 403 for accounts that read no files."""
    require(may_analyse(request.user))
    return read_scope(request, timezone.localdate())


def reference_of(request: SignedInRequest, scope: Scope) -> Reference | None:
    """Another day or unit where one is asked for, else everybody where the scope is less than that."""
    if not scope.is_valid:
        return None
    day, unit = (scope.days.cleaned_data[name] for name in ("against", "against_unit"))
    if unit is not None:
        other = read_scope(request, scope.today, on=day or scope.on, unit=str(unit.pk))
        return Reference(unit.name if day is None else f"{unit.name}（{day.isoformat()}）", other)
    if day is not None:
        return Reference(day.isoformat(), read_scope(request, scope.today, on=day))
    return Reference(_("全部人员"), scope, is_everyone=True) if scope.is_narrowed else None


def framed(request: SignedInRequest, scope: Scope, page: str, **context: Any) -> dict[str, Any]:
    """What the template of a page needs besides its own."""
    unknown, shared = scope.strays if scope.is_valid else ([], [])
    return {
        "scope": scope,
        "unknown_names": unknown,
        "shared_names": shared,
        "save_form": SaveViewForm(initial={"page": page, "query": request.GET.urlencode()}),
        "is_to_come": scope.on > scope.today,
        "is_past": scope.on < scope.today,
        "query": request.GET.urlencode(),
        "scope_fields": _fields(request, lambda name: name not in OF_TABLES),
        "page_fields": _fields(request, lambda name: name in OF_TABLES),
        **context,
    }


def _fields(request: SignedInRequest, is_wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Parameters that a form of the page carries along unseen."""
    return [(name, str(value)) for name, value in request.GET.items() if value and is_wanted(name)]
