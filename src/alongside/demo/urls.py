from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("", views.choose_persona, name="personas"),
    path("personas.json", views.list_personas, name="personas_json"),
    path("sign-in", views.sign_in, name="sign_in"),
    path("mail/", views.read_mail, name="mail"),
    path("mail/<slug:name>/", views.read_mail, name="letter"),
]
