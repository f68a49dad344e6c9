"""The mail server of an installation, as MAIL_URL names it."""

from urllib.parse import unquote, urlsplit

from config.environment import BadEnvironment

SECONDS = 20  # for each answer of the server
OFF: dict[str, object] = {"BACKEND": "annotations.notices.smtp.MailOff"}
SHAPE = "smtp://host:port, smtp+tls://user:password@host:port (STARTTLS) or smtps://user:password@host:port"


def mailer(url: str, sender: str) -> dict[str, object]:
    """One of Django's MAILERS. Without URL and sender no mail is sent."""
    if bool(url) != bool(sender):
        raise BadEnvironment("MAIL_URL and MAIL_FROM belong together: set both, or none.")
    if not url:
        return OFF
    domain = sender.rpartition("@")[2].rstrip(">")
    if not domain or "@" not in sender or not sender.isprintable():
        raise BadEnvironment(f"MAIL_FROM must be an address such as attest@example.org, not {sender!r}.")
    return {"BACKEND": "annotations.notices.smtp.SmtpMailer", "OPTIONS": options(url)}


def options(url: str) -> dict[str, object]:
    """Raises BadEnvironment without repeating the URL, which may hold a password."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname or port == 0 or parts.path.strip("/"):
        raise BadEnvironment(f"MAIL_URL must look like {SHAPE}.")
    if parts.username and parts.scheme == "smtp":
        raise BadEnvironment("MAIL_URL would send a password without encryption: write smtp+tls:// or smtps://.")
    return {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": SECONDS,
    }


def site_url(chosen: str, hosts: list[str], is_https: bool) -> str:
    """The address that links in mails begin with: the chosen one, else that of the first host."""
    url = chosen or f"http{'s' if is_https else ''}://{next(iter(hosts), 'localhost').lstrip('.')}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise BadEnvironment("SITE_URL must be the address of the site, such as https://attest.example.org.")
    return url.rstrip("/")
