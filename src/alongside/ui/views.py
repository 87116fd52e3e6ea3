"""The page of examples: every component with words in it, to look at in light, in dark and on paper."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from alongside.ui.examples import examples_page


@require_GET
def examples(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/examples.html", examples_page())


@require_POST
def echo(request: HttpRequest) -> HttpResponse:
    """Answers as a words box's door does, and keeps nothing."""
    if request.headers.get("Accept") != "application/json":
        return redirect("ui:examples")
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() else 0
    facts = {"text": request.POST.get("text", ""), "version": number + 1}
    return JsonResponse({**facts, "merged": False, "sentence": ""})


examples.public_because = "Shows the components with made-up words; no one's data is on it."  # type: ignore[attr-defined]
echo.public_because = "Gives back what was sent, for the page of examples; keeps nothing."  # type: ignore[attr-defined]
