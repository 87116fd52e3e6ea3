from django.urls import path

from .views import (
    addresses,
    begin,
    covering,
    history,
    invitation,
    journey,
    people,
    search,
    standing_out,
    today,
)

app_name = "overview"

urlpatterns = [
    path("", today.today, name="today"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("invitation/<str:token>/again/", invitation.invitation_again, name="invitation_again"),
    path("journeys/", today.journeys, name="journeys"),
    path("search/", search.search, name="search"),
    path("organisation/kinds/", begin.kinds, name="kinds"),
    path("journeys/begin/", begin.begin, name="begin"),
    path("journeys/<uuid:journey_id>/", journey.journey, name="journey"),
    path("journeys/<uuid:journey_id>/timeline/", journey.timeline, name="timeline"),
    path("journeys/<uuid:journey_id>/invite/", begin.invite, name="invite"),
    path("journeys/<uuid:journey_id>/people/", people.people, name="people"),
    path("journeys/<uuid:journey_id>/people/name/", people.name_somebody, name="name"),
    path("journeys/<uuid:journey_id>/people/let-go/", people.let_go, name="let_go"),
    path("journeys/<uuid:journey_id>/history/<uuid:words_id>/", history.history, name="history"),
    path("journeys/<uuid:journey_id>/history/<uuid:words_id>/<int:number>/", history.version, name="version"),
    path("journeys/<uuid:journey_id>/opened/", journey.opened, name="opened"),
    path("journeys/<uuid:journey_id>/away/", covering.away, name="away"),
    path("journeys/<uuid:journey_id>/away/name/", covering.name_who_covers, name="name_cover"),
    path("journeys/<uuid:journey_id>/away/<uuid:cover_id>/end/", covering.end, name="end_cover"),
    path("journeys/<uuid:journey_id>/address/", addresses.address, name="address"),
    path("address-changes/<uuid:change_id>/", addresses.address_change, name="address_change"),
    path("address-changes/<uuid:change_id>/confirm/", addresses.confirm_address, name="confirm_address"),
    path("address-changes/<uuid:change_id>/decline/", addresses.decline_address, name="decline_address"),
    path("address-changes/<uuid:change_id>/withdraw/", addresses.withdraw_address, name="withdraw_address"),
    path("address-changes/<uuid:change_id>/keep/", addresses.keep_address, name="keep_address"),
    path("my-address/<str:token>/", addresses.object_to_address, name="object_to_address"),
    path("people/standing-out/", standing_out.standing_out, name="standing_out"),
    path("people/<uuid:person_id>/away/", covering.in_an_emergency, name="emergency_cover"),
    path("journeys/<uuid:journey_id>/steps/tick/", journey.tick, name="tick"),
    path("journeys/<uuid:journey_id>/steps/<uuid:step_id>/", journey.step, name="step"),
]
