from django.urls import include, path

from editorial import feeds, views

urlpatterns = [
    path("preview/<str:token>/", views.preview, name="preview"),
    path("about/", include("editorial.feedback.urls")),
    path("feeds/<slug:name>.atom", feeds.feed, name="feed"),
    path("feeds/tags/<slug:slug>.atom", feeds.tag_feed, name="tag_feed"),
]
