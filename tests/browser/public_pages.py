"""Every type of page that readers meet, once: for axe, the pictures and Lighthouse alike."""

from dataclasses import dataclass

# Public addresses that are no page to look at: files for machines, and forms that lead elsewhere.
NO_PAGES = {
    "healthz",
    "readyz",
    "metrics",
    "robots",
    "security_txt",
    "sitemap",
    "sitemap_part",
    "feed",
    "tag_feed",
    "evidence_map_svg",
    "evidence_map_csv",
    "evidence_map_json",
    "suggestions",
    "search_opened",
    "opensearch",
    "contact_helpful",
}


@dataclass(frozen=True)
class PageType:
    """`url` is its name in the URL configuration, empty for what stands outside it.

    An `address` in braces is made while the site is filled: see `demonstration.rare`.
    """

    name: str
    url: str
    address: str
    status: int = 200
    is_signed_in: bool = False
    sheets: int = 3  # at most, on A4


PAGES = (
    PageType("home", "home", "/", sheets=4),
    PageType("disease", "disease", "/diseases/multiple-sclerosis/", sheets=10),
    PageType("therapy", "therapy", "/therapies/autologous-hsct/", sheets=16),
    PageType("article", "article", "/articles/how-to-judge-a-clinics-offer/", sheets=9),
    PageType(
        "article-claims-checked", "article", "/articles/stem-cell-therapy-game-changer/", sheets=11
    ),
    PageType("term", "term", "/glossary/haematopoietic-stem-cell/"),
    PageType("diseases", "disease_list", "/diseases/"),
    PageType("therapies", "therapy_list", "/therapies/"),
    PageType("articles", "article_list", "/articles/"),
    PageType("articles-filtered", "article_list", "/articles/?disease=multiple-sclerosis"),
    PageType("glossary", "term_list", "/glossary/", sheets=19),
    PageType("map", "evidence_map", "/evidence/", sheets=10),
    PageType("cell", "evidence_cell", "/evidence/autologous-hsct/multiple-sclerosis/", sheets=5),
    PageType("sources", "source_list", "/sources/", sheets=8),
    PageType("source", "source", "/sources/burt-2019-mist/"),
    PageType("claims", "claim_list", "/claims/", sheets=8),
    PageType("search", "search", "/search/?q=transplant", sheets=6),
    PageType("search-empty", "search", "/search/"),
    PageType("search-nothing", "search", "/search/?q=qzxv"),
    PageType("tag", "tag", "/tags/multiple-sclerosis/"),
    PageType("about", "about", "/about/"),
    PageType("editorial-policy", "about_editorial_policy", "/about/editorial-policy/", sheets=8),
    PageType("funding", "about_funding", "/about/funding/"),
    PageType("privacy", "about_privacy", "/about/privacy/"),
    PageType("accessibility", "about_accessibility", "/about/accessibility/"),
    PageType("corrections", "corrections", "/about/corrections/"),
    PageType("contact", "contact", "/about/contact/?about=/therapies/autologous-hsct/"),
    PageType("thanks", "contact_thanks", "/about/contact/thanks/?said=no&about=/glossary/"),
    PageType("contributor", "person", "/people/demo-medic/"),
    PageType("appointment", "appointment", "/appointment/?page=/therapies/autologous-hsct/"),
    PageType("preview", "preview", "{preview}", sheets=12),
    PageType("preview-ended", "preview", "/preview/no-such-link/", 404),
    PageType("404", "", "/no-such-page/", 404),
    PageType("410", "article", "{withdrawn}", 410),
    PageType("403", "", "/admin/editorial/contributor/add/", 403, is_signed_in=True),
    PageType("500", "", "/static/standing/500.html"),
    PageType("maintenance", "", "/static/standing/maintenance.html"),
)

# Eight types for Lighthouse: what most people land on, and the heaviest. Results of a search ask
# not to be indexed, which costs them points by design.
WEIGHED = ("home", "disease", "therapy", "article", "term", "map", "claims", "glossary")


def named(name: str) -> PageType:
    return next(page for page in PAGES if page.name == name)
