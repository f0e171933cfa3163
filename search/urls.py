from django.urls import path

from search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggestions, name="suggestions"),
    path("search/clicked/", views.opened, name="search_opened"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
]
