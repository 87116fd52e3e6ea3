"""How forms look: a renderer and a few widgets. What a form means is for the room that owns it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

_CLASSES = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.Select, "form-select"),
    (forms.MultiWidget, "form-control"),
    (forms.Textarea, "form-control form-words"),
    (forms.widgets.Input, "form-control"),
)


PLEASE = _("Please fill this in.")
RULE = forms.Field.default_error_messages["required"]


class DescribedField(BoundField):
    """Gives each control the class of its kind, so that no form has to know about classes.

    Words are typed in the direction of their script, whatever that of the page is.

    An empty field is met with a request, not with a rule, unless its form has a sentence of its own for it.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.error_messages.get("required") is RULE:
            field.error_messages["required"] = PLEASE

        if isinstance(field.widget, forms.NumberInput):
            _as_text(field)

    @property
    def data(self) -> Any:
        """What was sent, with a decimal comma as a point: 3,5 is three and a half."""
        sent = super().data
        is_number = isinstance(self.field, forms.IntegerField)  # as every field of numbers is
        if is_number and isinstance(sent, str) and sent.count(",") == 1 and "." not in sent:
            return sent.replace(",", ".")
        return sent

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        wanted = next((name for base, name in _CLASSES if isinstance(widget, base)), "")
        if isinstance(widget, forms.Textarea) or getattr(widget, "input_type", "") in ("text", "search"):
            attrs.setdefault("dir", "auto")
        names = [wanted, widget.attrs.get("class", ""), "is-invalid" if self.errors and wanted else ""]
        if joined := " ".join(name for name in names if name):
            attrs["class"] = joined
        return attrs

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_control(self) -> str:
        """Where the error summary leads: the control itself, or the first of its choices."""
        return self.id_for_label or (f"{self.auto_id}_0" if self.use_fieldset else self.auto_id)


def _as_text(field: forms.Field) -> None:
    """A box for numbers that keeps every sign: browsers drop the comma of 3,5 from theirs and send 35."""
    widget = field.widget
    widget.input_type = "text"
    whole = isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField)
    widget.attrs = {name: value for name, value in widget.attrs.items() if name not in ("min", "max", "step")}
    widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")


class Renderer(TemplatesSetting):
    """settings.FORM_RENDERER: label, help, error and control in one order everywhere."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"
    bound_field_class = DescribedField


class DateInput(forms.DateInput):
    """The phone's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """Date and time in one control; the field reads it in the current time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class ChoiceCards(forms.RadioSelect):
    """Radio buttons with a sentence each: `ChoiceCards(sentences={"mine": _("Only I read it.")})`."""

    template_name = "ui/widgets/choice_cards.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, sentences: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(attrs)
        self.sentences = dict(sentences or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "help": self.sentences.get(str(value), "")}


class ChoiceRow(forms.RadioSelect):
    """Two to four short answers side by side, such as done, partly, not yet."""

    template_name = "ui/widgets/choice_row.html"


class RatingInput(forms.RadioSelect):
    """A row of numbers, 0 to 10 unless said otherwise, with words at both ends.

    Use it on an IntegerField: `IntegerField(min_value=0, max_value=10, widget=RatingInput(low=…, high=…))`.
    """

    template_name = "ui/widgets/rating.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        low: str = "",
        high: str = "",
        lowest: int = 0,
        highest: int = 10,
    ) -> None:
        numbers = [(str(number), str(number)) for number in range(lowest, highest + 1)]
        super().__init__(attrs, choices=numbers)
        self.low, self.high = low, high

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(low=self.low, high=self.high)
        return context
