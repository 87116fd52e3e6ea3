from django.urls import path

from . import (
    consent_views,
    draft_views,
    factor_reset_views,
    organisation_views,
    public_views,
    signing_out_views,
    views,
)

app_name = "people"

urlpatterns = [
    path("drafts/key/", draft_views.key, name="draft_key"),
    path("kept-forms/", draft_views.kept_forms, name="kept_forms"),
    path("profile/", views.profile, name="profile"),
    path("profile/contact/", organisation_views.contact, name="contact"),
    path("profile/consents/", consent_views.consents_of, name="consents"),
    path("profile/consents/<slug:purpose>/agree/", consent_views.give, name="give_consent"),
    path("profile/consents/<slug:purpose>/withdraw/", consent_views.withdraw, name="withdraw_consent"),
    path("organisation/", organisation_views.organisation, name="organisation"),
    path("organisation/look/", organisation_views.look, name="look"),
    path("organisation/texts/", organisation_views.texts, name="texts"),
    path("about/contact/", public_views.contact, name="about_contact"),
    path("about/privacy/", public_views.privacy, name="about_privacy"),
    path("about/accessibility/", public_views.accessibility, name="about_accessibility"),
    path("about/imprint/", public_views.imprint, name="about_imprint"),
    path("about/<uuid:organisation_id>/contact/", public_views.contact, name="about_contact"),
    path("about/<uuid:organisation_id>/privacy/", public_views.privacy, name="about_privacy"),
    path(
        "about/<uuid:organisation_id>/accessibility/", public_views.accessibility, name="about_accessibility"
    ),
    path("about/<uuid:organisation_id>/imprint/", public_views.imprint, name="about_imprint"),
    path("about/<uuid:organisation_id>/logo/", public_views.logo, name="logo"),
    path("about/colour/<slug:colour>.css", public_views.colour, name="colour"),
    path("profile/organisation/", views.choose_organisation, name="choose"),
    path("profile/signed-in/", signing_out_views.signed_in, name="signed_in"),
    path(
        "profile/signed-in/<uuid:login_session_id>/end/", signing_out_views.end_one, name="end_login_session"
    ),
    path("profile/signed-in/end-all/", signing_out_views.end_all, name="end_login_sessions"),
    path("people/<uuid:person_id>/second-factor/", factor_reset_views.ask, name="ask_factor_reset"),
    path("people/second-factor/<uuid:reset_id>/", factor_reset_views.decide, name="decide_factor_reset"),
    path("people/<uuid:person_id>/sign-out/", signing_out_views.sign_out, name="sign_out"),
    path("people/", views.people, name="people"),
    path("people/add/", views.add_person, name="add"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("people/<uuid:person_id>/roles/", views.change_roles, name="roles"),
    path("people/<uuid:person_id>/address/", views.correct_address, name="address"),
    path("people/<uuid:person_id>/close/", views.close_account, name="close"),
    path("people/<uuid:person_id>/reopen/", views.reopen_account, name="reopen"),
    path("people/<uuid:person_id>/invite/", views.invite_again, name="invite"),
]
