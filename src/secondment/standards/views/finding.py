"""What a page is about: a standard, a version that the reader sees."""

from django.shortcuts import get_object_or_404

from secondment.accounts.http import SignedInRequest
from secondment.common.errors import require
from secondment.standards.models import StandardVersion
from secondment.standards.queries import versions_visible_to, with_all
from secondment.standards.rules import may_write
from secondment.standards.services.locking import NOT_WRITER


def found(request: SignedInRequest, pk: int) -> StandardVersion:
    """A version that the reader sees."""
    return get_object_or_404(with_all(versions_visible_to(request.user)), pk=pk)


def found_own(request: SignedInRequest, pk: int) -> StandardVersion:
    """A version of a department that the account writes for."""
    version = found(request, pk)
    require(may_write(request.user, version.standard), NOT_WRITER)
    return version
