from django.urls import path
from django.views.generic import TemplateView

from articles.views import appointment, lists, pages, ways_in
from editorial.same_for_everyone import same_for_everyone

ABOUT = ("editorial-policy", "funding", "privacy", "accessibility")


def standing(*, template_name: str):
    return same_for_everyone()(TemplateView.as_view(template_name=template_name))


urlpatterns = [
    path("", ways_in.home, name="home"),
    path("articles/", lists.article_list, name="article_list"),
    path("articles/<slug:slug>/", pages.article, name="article"),
    path("diseases/", lists.disease_list, name="disease_list"),
    path("diseases/<slug:slug>/", pages.disease, name="disease"),
    path("therapies/", lists.therapy_list, name="therapy_list"),
    path("therapies/<slug:slug>/", pages.therapy, name="therapy"),
    path("tags/<slug:slug>/", ways_in.tag, name="tag"),
    path("people/<slug:slug>/", ways_in.person, name="person"),
    path("appointment/", appointment.appointment, name="appointment"),
    path("about/", standing(template_name="about/about.html"), name="about"),
    *(
        path(
            f"about/{name}/",
            standing(template_name=f"about/{name.replace('-', '_')}.html"),
            name=f"about_{name.replace('-', '_')}",
        )
        for name in ABOUT
    ),
]
