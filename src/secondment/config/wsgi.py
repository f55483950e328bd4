"""The web application object that granian serves."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

from secondment.config.instance import answering

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
application = answering(get_wsgi_application())

# The identity of the database must be known before the first page; one that cannot be reached now is checked later.
with suppress(DatabaseError):
    connection.ensure_connection()
connection.close()
