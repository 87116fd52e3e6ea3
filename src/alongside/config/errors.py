"""What people see when a page cannot be shown. Templates and words are in `ui/templates/ui/errors/`."""

import sys

from django.http import HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from alongside.config import surroundings
from alongside.people import kept_form_middleware as kept_forms
from alongside.people.doors import wants_json
from alongside.ui.form_owner import owner_of_form


def not_found(request, exception):
    return _page(request, "404", 404)


@requires_csrf_token
def forbidden(request, exception):
    return _page(request, "403", 403)


def too_often(request):
    """What the sign-in library answers with when somebody tries again and again."""
    answer = _page(request, "429", 429)
    answer["Retry-After"] = "60"
    return answer


def broken(request):
    """Without request and context processors: whatever broke may be one of them. A full disk is no fault of a page."""
    if not surroundings.is_full(sys.exc_info()[1]):
        return _page(None, "500", 500)
    sentence = _(
        "This could not be saved: there is no space left where Alongside keeps its data. What was saved before is safe. "
        "Please leave this page open, tell your organisation, and try again later."
    )
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=503)
    return _page(None, "500", 503, {"sentence": sentence})


@requires_csrf_token
def csrf_failed(request, reason=""):
    """A form of an earlier sign-in comes back filled in; where it can't, the page shows what was typed.

    A page that sends by itself renews its token and sends again, as long as the same person is signed in.
    """
    owner = owner_of_form(request) if kept_forms.is_from_here(request) else None
    renews_itself = bool(request.htmx) and kept_forms.is_theirs(request, owner)
    if owner is None or wants_json(request) or renews_itself:
        return _page(request, "csrf", 403)
    kept = kept_forms.keep_for(request, owner, stale=True)
    if kept is not None and request.COOKIES:
        return kept
    # a browser without cookies can't fetch it back: it is shown here
    typed = kept_forms.typed_in(request)
    return _page(request, "csrf", 403, {"typed": typed, "page": kept_forms.page_of(request)})


def _page(request, name, status, facts=None):
    try:
        html: str = loader.render_to_string(f"ui/errors/{name}.html", facts or {}, request)
    except TemplateDoesNotExist:
        html = _("Something is not as it should be. Please go back and try again.")
    return HttpResponse(html, status=status)
