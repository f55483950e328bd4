"""Settings of the suite: a data directory of its own, quick password hashing, jobs run in the caller."""

import os
import tempfile

os.environ.setdefault("SECONDMENT_DATA_DIR", tempfile.mkdtemp(prefix="secondment-test-"))

from secondment.config.settings import *  # noqa: F403 -- the suite changes a few settings only

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
