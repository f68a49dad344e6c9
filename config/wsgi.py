"""What a WSGI server imports."""

from config.start import prepare, set_up

prepare()
set_up()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the settings are read only after the environment is ready

application = get_wsgi_application()
