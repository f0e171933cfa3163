from django.urls import path

from evidence import views

urlpatterns = [
    path("sources/", views.source_list, name="source_list"),
    path("sources/<slug:key>/", views.source, name="source"),
]
