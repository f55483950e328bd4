"""The home page: every signed-in account has one."""

from tests.authorisation.matrix import EVERYONE, Row

ROWS = {"portal:home": Row(EVERYONE)}
