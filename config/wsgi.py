"""HTTP for production: granian's WSGI workers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from kernel import clock  # noqa: E402 - Django is ready now
from mobility.services import warm_up  # noqa: E402

warm_up(at=clock.now())
