from django.urls import path

from .views import letters

app_name = "environment_letters"

urlpatterns = [
    path("time/letters/", letters.letters, name="letters"),
    path("time/letters/calendar/", letters.make_feed, name="make_feed"),
    path("time/letters/calendar/off/", letters.revoke_feed, name="revoke_feed"),
    path("calendar/<str:token>/meetings.ics", letters.feed, name="feed"),
    path("letters/<str:token>/", letters.letter, name="letter"),
    path("letters/<str:token>/stop/", letters.stop, name="stop"),
]
