from django.urls import path

from editorial import views

urlpatterns = [path("preview/<str:token>/", views.preview, name="preview")]
