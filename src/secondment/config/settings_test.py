"""Settings of the suite: a separate data directory, quick password hashing, jobs run in the caller."""

import os
import tempfile
from pathlib import Path

from secondment.config.keys import Keys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more of them wait for one another: five times the work
folder = os.environ.setdefault("SECONDMENT_DATA_DIR", tempfile.mkdtemp(prefix="secondment-test-"))
Keys.fresh().keep(Path(folder) / "keys.json")  # the processes of the suite have separate databases

from secondment.config.settings import *  # noqa: E402, F403 -- the suite changes a few settings only

tempfile.tempdir = None  # the suite's own files do not concern the product

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
