from django.urls import path

from editorial.feedback import views

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("contact/thanks/", views.thanks, name="contact_thanks"),
    path("contact/helpful/", views.helpful, name="contact_helpful"),
    path("corrections/", views.corrections, name="corrections"),
]
