"""The doors of the first meeting, under /journeys/<journey_id>/first-meeting/."""

from django.urls import path

from .views import agreement, goals, ordering, papers, preparation, room, target

app_name = "first_meeting"
_VERSION = "agreement/<int:version_number>/"

urlpatterns = [
    path("", room.room, name="room"),
    path("before/", room.before, name="before"),
    path("words/<str:box>/", room.save_words, name="words"),
    path("held/", room.note_first_held, name="held"),
    path("preparation/", preparation.preparation, name="preparation"),
    path("preparation/send/", preparation.send_preparation, name="send_preparation"),
    path("picture/", preparation.picture, name="picture"),
    path("picture/take/", preparation.take_picture, name="take_picture"),
    path("picture/go-on-without/", preparation.go_on_without_picture, name="go_on_without_picture"),
    path("goals/", goals.goals, name="goals"),
    path("goals/order/", ordering.order, name="order"),
    path("needs/<uuid:need_id>/move/", ordering.move_need, name="move_need"),
    path("targets/<uuid:target_id>/move/", ordering.move_target, name="move_target"),
    path("steps/<uuid:step_id>/move/", ordering.move_step, name="move_step"),
    path("goals/suggestion/", goals.take_suggestion, name="take_suggestion"),
    path("needs/", preparation.add_need, name="add_need"),
    path("needs/<uuid:need_id>/agree/", goals.agree_need, name="agree_need"),
    path("needs/<uuid:need_id>/change/", goals.change_need, name="change_need"),
    path("needs/<uuid:need_id>/target/", target.add_target, name="add_target"),
    path("targets/<uuid:target_id>/", target.target, name="target"),
    path("targets/<uuid:target_id>/agree/", target.agree_target, name="agree_target"),
    path("targets/<uuid:target_id>/change/", target.change_target, name="change_target"),
    path("targets/<uuid:target_id>/reword/", target.reword_target, name="reword_target"),
    path("targets/<uuid:target_id>/agree-wording/", target.agree_wording, name="agree_wording"),
    path("steps/", goals.add_step, name="add_step"),
    path("steps/<uuid:step_id>/change/", goals.change_step, name="change_step"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("agreement/begin/", agreement.begin_agreement, name="begin_agreement"),
    path(_VERSION, agreement.agreement_version, name="agreement_version"),
    path(_VERSION + "paper/", papers.paper, name="paper"),
    path(_VERSION + "compare/", papers.compare, name="compare"),
    path(_VERSION + "frame/", agreement.set_frame, name="set_frame"),
    path(_VERSION + "words/<str:box>/", agreement.write_section, name="write_section"),
    path(_VERSION + "texts/", agreement.use_texts, name="use_texts"),
    path(_VERSION + "texts/<str:box>/", agreement.use_text, name="use_text"),
    path(_VERSION + "propose/", agreement.propose, name="propose"),
    path(_VERSION + "accept/", agreement.accept, name="accept"),
    path(_VERSION + "accept-in-the-room/", agreement.accept_in_the_room, name="accept_in_the_room"),
    path(_VERSION + "reopen/", agreement.reopen, name="reopen"),
    path(_VERSION + "drop/", agreement.drop_draft, name="drop_draft"),
]
