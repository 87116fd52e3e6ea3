from django.urls import path

from .views import emails

app_name = "environment_emails"

urlpatterns = [
    path("time/emails/", emails.emails, name="emails"),
    path("time/emails/calendar/", emails.make_feed, name="make_feed"),
    path("time/emails/calendar/off/", emails.revoke_feed, name="revoke_feed"),
    path("calendar/<str:token>/meetings.ics", emails.feed, name="feed"),
    path("emails/<str:token>/", emails.meeting_email, name="meeting_email"),
    path("emails/<str:token>/stop/", emails.stop, name="stop"),
]
