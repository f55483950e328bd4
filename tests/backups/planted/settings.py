"""The settings of a version that brings the planted migration."""

from secondment.config.settings import *  # noqa: F403
from secondment.config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "tests.backups.planted"]
