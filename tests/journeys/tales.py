"""What two people say to each other in a journey of each kind: the words of the story, none of its actions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Aim:
    difference: str
    why: str


@dataclass(frozen=True)
class Tale:
    kind: str
    name: str
    template: str
    guide: str
    participant: str
    email: str
    begin: str
    book: str
    close: str
    meeting: str
    place: str
    # the first meeting
    answers: tuple[str, str]
    offer: str
    need: str
    need_now: str
    levels_aim: Aim
    levels: tuple[str, str, str, str, str]
    rated_aim: Aim
    step: str
    guides_step: str
    # the second
    matters: str
    helped: str
    guide_notes: str
    participant_notes: str
    private: str
    issue: str
    next_step: str
    summary: str
    # the ending
    need_then: str
    benefit: str
    seen: str
    support: str
    key_point: str
    when: str
    then: str
    participant_must: bool = True


SUPERVISION = Tale(
    kind="supervision",
    name="Supervision",
    template="Student placement",
    guide="Miriam Okafor",
    participant="Tom Aldous",
    email="tom.aldous@example.org",
    begin="Begin supervision",
    book="Book a session",
    close="Close the session",
    meeting="Session",
    place="Seminar room",
    answers=(
        "I freeze when I have to explain my reasoning.",
        "I would like to examine a shoulder on my own.",
    ),
    offer="I can watch, and say afterwards what I saw.",
    need="Say what I think in front of others",
    need_now="I go quiet and hope that nobody asks.",
    levels_aim=Aim("I present a patient at the team meeting", "So that they can rely on me."),
    levels=("I say nothing", "I answer when asked", "I present one patient", "I present two", "I lead it"),
    rated_aim=Aim("I trust my own examination", "I always ask somebody to check."),
    step="Write down my reasoning for one patient",
    guides_step="Send Tom the shoulder chart",
    matters="The team meeting went badly and I want to talk about it.",
    helped="Writing it down the evening before",
    guide_notes="He knew more than he said.",
    participant_notes="I had it written down and still lost the thread.",
    private="Ask him next time what he fears.",
    issue="I cannot find time to read before the clinic",
    next_step="Present Mrs L. on Thursday",
    summary="I know it on paper. Now I say it aloud.",
    need_then="I speak up, and it is mostly right.",
    benefit="I no longer wait to be asked.",
    seen="Somebody who thinks aloud, and lets others follow.",
    support="Anna, the other student",
    key_point="Nobody expects me to know it all.",
    when="I notice that I go quiet",
    then="say one thing I have seen",
)

MENTORING = Tale(
    kind="mentoring",
    name="Mentoring",
    template="Career",
    guide="Helen Brandt",
    participant="Priya Nair",
    email="priya.nair@example.org",
    begin="Begin mentoring",
    book="Book a meeting",
    close="Close the meeting",
    meeting="Meeting",
    place="The café by the park",
    answers=("I have been doing the same work for six years.", "I would like to lead a small team."),
    offer="I have led three teams, one of them badly.",
    need="Find out if leading is for me",
    need_now="I think of it every day and do nothing.",
    levels_aim=Aim("I lead one project with two others", "To see what it is like."),
    levels=("I do not ask", "I ask my manager", "I lead a project", "I lead two", "I lead the team"),
    rated_aim=Aim("I say no without explaining for ten minutes", "My days are full of other people's work."),
    step="Ask my manager for ten minutes",
    guides_step="Introduce Priya to Jo",
    matters="My manager said yes and now I am afraid.",
    helped="I wrote the question on a card",
    guide_notes="She asked for less than she wanted.",
    participant_notes="He said yes before I had finished.",
    private="Remember my own first team here.",
    issue="My colleague wanted the same project",
    next_step="Have coffee with my colleague",
    summary="It is mine now. I tell her myself.",
    need_then="It is for me, on most days.",
    benefit="I have stopped asking for permission to ask.",
    seen="She leads already. She has begun to notice.",
    support="The women's network on Tuesdays",
    key_point="Asking costs ten minutes.",
    when="I think of something every day for a week",
    then="ask one person about it",
)

TREATMENT = Tale(
    kind="treatment",
    name="Treatment",
    template="Low back pain (physiotherapy)",
    guide="Daniel Reyes",
    participant="Margaret Whitlock",
    email="margaret.whitlock@example.org",
    begin="Begin a course of treatment",
    book="Book an appointment",
    close="Close the appointment",
    meeting="Appointment",
    place="Consulting room 2",
    answers=("My back has hurt since I moved house.", "I would like to garden again."),
    offer="Movement, a little every day, and patience.",
    need="Get through the day without lying down",
    need_now="By two o'clock I am on the sofa.",
    levels_aim=Aim("I weed one bed without stopping", "The garden is where I am myself."),
    levels=("I do not go out", "I sit in the garden", "I weed one bed", "I weed two", "I dig"),
    rated_aim=Aim("I trust my back", "I move as if it were glass."),
    step="Walk to the gate and back each morning",
    guides_step="Print the two exercises in large letters",
    matters="It was worse on Sunday, and I was frightened.",
    helped="My neighbour came along",
    guide_notes="Pain after rest, none after walking.",
    participant_notes="It eases once I have walked a little.",
    private="Ask about sleep next time.",
    issue="I am afraid of lifting my grandson",
    next_step="Lift the half-full watering can",
    summary="Hurting is not the same as harming.",
    need_then="I sit down when I want to, not because I must.",
    benefit="I am not afraid of my back any more.",
    seen="She taught her neighbour the exercises.",
    support="The walking group in the park",
    key_point="Rest makes it worse, walking makes it better.",
    when="it hurts on a Sunday",
    then="walk to the gate before I sit down",
    participant_must=False,
)

TALES = {tale.kind: tale for tale in (SUPERVISION, MENTORING, TREATMENT)}
