"""What the web server imports: config.wsgi's application behind the front that takes bodies."""

from config.wsgi import application as wsgi

# isort: split
# config.wsgi makes the environment and Django ready, without which the front's models cannot be imported.
from config.front.application import Front
from config.front.senders import may_send

application = Front(wsgi, may_send)
