"""Who published a thing: known only where its address is known, or where a person says so."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from corpus.models import Article, Corpus, Outlet
from corpus.provenance.addresses import Addresses, stated_by
from corpus.provenance.sites import UNPLAIN, author_of, host_of, parts_of
from corpus.readers.extracted import Record

BY_ITS_DOMAIN = "by the domain of its address"
NAMED_BY_ITS_SITE = "named by its own site"
LONGEST = 253  # of a domain


class KnownOutlets(NamedTuple):
    """What the corpus has: the outlet of the domain, and the one of the name that the thing states."""

    of_domain: int | None
    of_name: int | None


def domain_of(url: str) -> str:
    """With the part of the path that is its author's, where authors share the host; empty where an address tells no author."""
    host = host_of(url).removeprefix("www.")
    parts = parts_of(host)
    if parts == 0 or UNPLAIN.search(urlsplit(url).path if host else ""):
        return host if parts is None else ""
    return author_of(url)[:LONGEST]


def name_outlet(article: Article, record: Record, known: Addresses, outlets: KnownOutlets) -> None:
    """Fill the outlet of a new article, or the name that is only claimed. No site takes the outlet of another by its name."""
    stated = record.outlet[:200]
    if outlets.of_domain:
        article.outlet_id, article.outlet_basis = outlets.of_domain, BY_ITS_DOMAIN
    elif domain_of(known.url) and not known.claimed and record.reader != "typed":
        article.outlet_id, article.outlet_basis = outlet_of_site(article.corpus, stated, known.url, outlets), NAMED_BY_ITS_SITE
    elif stated and not article.outlet_id:
        article.claimed_outlet, article.claimed_by = stated, known.claimed_by


def outlet_of_site(corpus: Corpus, stated: str, url: str, outlets: KnownOutlets) -> int:
    """The outlet that a site calls itself; by its host where it does not; with its host where another has that name."""
    domain = domain_of(url)
    name = f"{stated} ({domain})" if outlets.of_name else stated or domain
    return int(Outlet.objects.get_or_create(corpus=corpus, name=name[:200], defaults={"domain": domain})[0].pk)


def state_outlet(article: Article, name: str, person: Any) -> None:
    """The outlet is the one that a person names."""
    article.outlet = Outlet.objects.get_or_create(corpus=article.corpus, name=name)[0]
    article.outlet_basis = stated_by(person)
