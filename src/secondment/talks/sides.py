"""Roles and sides."""

from secondment.talks.choices import ROLE_OF

SIDE_OF = {str(role): side for side, role in ROLE_OF.items()}
"""Role → the side of a placement that it acts for."""
