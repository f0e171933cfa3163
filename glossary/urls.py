from django.urls import path

from glossary import views

urlpatterns = [
    path("glossary/", views.term_list, name="term_list"),
    path("glossary/<slug:slug>/", views.term, name="term"),
]
