"""Background work of the portal."""

from secondment.portal.trail.services import check_trail

__all__ = ["check_trail"]
