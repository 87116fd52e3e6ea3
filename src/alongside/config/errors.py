"""What people see when a page cannot be shown. Templates and words are in `ui/templates/ui/errors/`."""

from django.http import HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token


def not_found(request, exception):
    return _page(request, "404", 404)


@requires_csrf_token
def forbidden(request, exception):
    return _page(request, "403", 403)


def broken(request):
    """Without request and context processors: whatever broke may be one of them."""
    return _page(None, "500", 500)


@requires_csrf_token
def csrf_failed(request, reason=""):
    return _page(request, "csrf", 403)


def _page(request, name, status):
    try:
        html: str = loader.render_to_string(f"ui/errors/{name}.html", {}, request)
    except TemplateDoesNotExist:
        html = _("Something is not as it should be. Please go back and try again.")
    return HttpResponse(html, status=status)
