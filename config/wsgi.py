"""What a WSGI server imports."""

from config.lifeline import end_with_parent
from config.start import prepare

prepare()
end_with_parent()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the settings are read only after the environment is ready

application = get_wsgi_application()
