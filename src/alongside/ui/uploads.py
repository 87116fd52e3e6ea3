"""Files are stopped while they arrive: a door says how large one may be, and nothing beyond that is kept anywhere.

What was typed beside the file stays: the form comes back with it, and says what was wrong with the file.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.utils.translation import gettext as _

MORE = 4
"""So many times the limit is listened to, for the rest of a form to arrive; then the connection is cut."""


class StoppedFile(UploadedFile):
    """A file of which nothing was kept, because it is larger than its door allows."""

    def __init__(self, name: str, field: str, limit: int) -> None:
        super().__init__(file=BytesIO(), name=name, size=0)
        self.field_name, self.limit = field, limit


class LimitedUpload(FileUploadHandler):
    """First of the handlers: passes on what arrives up to the limit of the door, of all files of a form together."""

    def handle_raw_input(self, *_parts: Any, **_more: Any) -> None:
        match = getattr(self.request, "resolver_match", None)
        self.limit = getattr(getattr(match and match.func, "door", None), "biggest_file", 0)
        self.came, self.is_over = 0, False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.is_over = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.came += len(raw_data)
        if self.came <= self.limit:
            return raw_data
        self.is_over = True
        if self.came > MORE * max(self.limit, self.chunk_size):
            raise StopUpload(connection_reset=True)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self.is_over:
            return None
        # Handlers after this one are never told that the file is complete: what they wrote would lie open until
        # the request is collected.
        for handler in self.request.upload_handlers if self.request else ():
            if handler is not self:
                handler.upload_interrupted()
        return StoppedFile(self.file_name or "", self.field_name or "", self.limit)


class UploadField(forms.FileField):
    """A file from somebody's machine; one that was stopped, or whose name ends otherwise, is said at the field."""

    def __init__(self, *args: Any, endings: tuple[str, ...], **kwargs: Any) -> None:
        """`endings` of the name that are taken, such as ".ics": what a browser offers to choose from, too."""
        self.endings = endings
        super().__init__(*args, **kwargs)
        self.widget.attrs["accept"] = ",".join(endings)

    def to_python(self, data: Any) -> Any:
        if isinstance(data, StoppedFile):
            raise forms.ValidationError(_too_large(data.limit))
        if data and not data.name.lower().endswith(self.endings):
            said = {"endings": _(" or ").join(self.endings)}
            raise forms.ValidationError(
                _("The name of this file does not end in %(endings)s. Please choose another file.") % said
            )
        return super().to_python(data)


def _too_large(limit: int) -> str:
    if limit >= 1024 * 1024:
        said = _("%(count)s MB") % {"count": limit // (1024 * 1024)}
    else:
        said = _("%(count)s kB") % {"count": limit // 1024}
    return _("This file is larger than %(size)s, so it was not taken. Please choose a smaller one.") % {
        "size": said
    }
