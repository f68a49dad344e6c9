"""Who published a thing: known only where its address is known, or where a person says so."""

from __future__ import annotations

from typing import Any, NamedTuple

from corpus.models import Article, Corpus, Outlet
from corpus.provenance.addresses import Addresses, stated_by
from corpus.provenance.sites import host_of, site_of
from corpus.readers.extracted import Record

BY_ITS_DOMAIN = "by the domain of its address"
NAMED_BY_ITS_SITE = "named by its own site"


class KnownOutlets(NamedTuple):
    """What the corpus has: the outlet of the domain, the one of the name that the thing states, and the domain of that."""

    of_domain: int | None
    of_name: int | None
    its_domain: str | None


def domain_of(url: str) -> str:
    return host_of(url).removeprefix("www.")


def name_outlet(article: Article, record: Record, known: Addresses, outlets: KnownOutlets) -> None:
    """Fill the outlet of a new article, or the name that is only claimed. No site takes the outlet of another by its name."""
    stated = record.outlet[:200]
    if outlets.of_domain:
        article.outlet_id, article.outlet_basis = outlets.of_domain, BY_ITS_DOMAIN
    elif known.url and not known.claimed and record.reader != "typed":
        article.outlet_id, article.outlet_basis = outlet_of_site(article.corpus, stated, known.url, outlets), NAMED_BY_ITS_SITE
    elif stated and not article.outlet_id:
        article.claimed_outlet, article.claimed_by = stated, known.claimed_by


def outlet_of_site(corpus: Corpus, stated: str, url: str, outlets: KnownOutlets) -> int:
    """The outlet that a site calls itself; by its host where it does not, or where another has that name."""
    domain = domain_of(url)
    if outlets.of_name and outlets.its_domain and site_of(outlets.its_domain) == site_of(domain):
        return outlets.of_name
    name = f"{stated} ({domain})" if outlets.of_name else stated or domain
    return int(Outlet.objects.get_or_create(corpus=corpus, name=name[:200], defaults={"domain": domain})[0].pk)


def state_outlet(article: Article, name: str, person: Any) -> None:
    """The outlet is the one that a person names."""
    article.outlet = Outlet.objects.get_or_create(corpus=article.corpus, name=name)[0]
    article.outlet_basis = stated_by(person)
