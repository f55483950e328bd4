"""The web application object that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from secondment.config.instance import answering

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondment.config.settings")
application = answering(get_wsgi_application())
