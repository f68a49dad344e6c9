"""What the web server imports: config.wsgi's application behind the front that takes bodies."""

from config.wsgi import application as wsgi

from config.front.application import Front  # noqa: I001 - config.wsgi makes the environment ready, so it comes first
from config.front.senders import may_send

application = Front(wsgi, may_send)
