"""Who opens the pages of this room at all."""

from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.common.errors import require
from secondment.posts.queries import READING


def require_reader(user: User) -> None:
    """Refuse accounts that read no demands in any unit."""
    require(has_role(user, *READING))
