from django.urls import path

from bench.bare import views

urlpatterns = [
    path("healthz", views.bare),
    path("one-query/<int:pk>/", views.one_query),
]
