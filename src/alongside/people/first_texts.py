"""What the pages for everybody say until an organisation says it in words of its own."""

from __future__ import annotations

from django.utils.translation import gettext as _


def privacy(organisation: str) -> str:
    """The privacy notice, for an organisation of this name."""
    said = {"organisation": organisation}
    sections = (
        _(
            "What this notice is about\n\n%(organisation)s uses Alongside so that you and the person who helps you can "
            "plan your meetings and write down what you agree. This notice says what is saved about you, who can "
            "read it, and what you can ask for."
        ),
        _(
            "What is saved\n\nYour name and your email address, and your telephone number if you give it. When and "
            "where you meet. What the two people in a meeting write, the goals they agree, and the answers to "
            "questionnaires. When you sign in, and from which browser."
        ),
        _(
            "What it is used for\n\nIt is used to help you, and to keep your pages safe. Emails tell you about your "
            "meetings. Numbers about many people, without names, show whether the service works well."
        ),
        _(
            "Who can read it\n\nWherever you write, the page says who can read it. People who look after accounts "
            "cannot read what you write. Each time someone opens your words, this is recorded, and you can see it."
        ),
        _(
            "Where it is, and how it is protected\n\n%(organisation)s runs or rents the computer on which it is saved. What "
            "you write is encrypted. Alongside does not pass it on to another company, and there is no advertising."
        ),
        _(
            "How long it is saved\n\n%(organisation)s decides how long records are saved, and must follow the law. "
            "Please ask if you want to know how long this is for you."
        ),
        _(
            "What you can ask for\n\nYou can ask for a copy of what is saved about you. You can ask to have mistakes "
            "corrected, and ask for your data to be deleted. If you are not happy with the answer, you can complain "
            "to the data protection authority. In the UK this is the Information Commissioner’s Office: ico.org.uk."
        ),
        _("Cookies\n\nThere are only the cookies that you need to sign in and to stay signed in safely."),
    )
    return "\n\n".join(section % said for section in sections)


def accessibility(organisation: str) -> str:
    """The accessibility statement, for an organisation of this name."""
    said = {"organisation": organisation}
    sections = (
        _(
            "%(organisation)s wants everyone to be able to use these pages. They are made to meet the Web Content "
            "Accessibility Guidelines (WCAG) 2.2, level AA."
        ),
        _(
            "What you can do\n\nYou can use every page with a keyboard, or with a screen reader. You can make the text "
            "four times as large. The pages work on a phone, in dark mode, in high contrast and on paper."
        ),
        _(
            "What may be difficult\n\nA drawing of your progress is small on a narrow phone. The same numbers stand "
            "beside it as text. Words that other people write are shown as they wrote them."
        ),
        _(
            "If something does not work for you\n\nPlease tell us which page it is and what went wrong. We can also "
            "send you a page in large print, or go through it with you on the telephone."
        ),
    )
    return "\n\n".join(section % said for section in sections)
