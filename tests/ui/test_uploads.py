"""Files are stopped while they arrive, at the limit of their door: nothing beyond it lies anywhere."""

import inspect
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory
from django.urls import resolve, reverse

from alongside.rooms.environment.busy import fetching
from tests.addresses import addresses

BOUNDARY = "edge"


class Stream:
    """A body that is made while it is read, so that only what is taken up counts; and how much of it was read."""

    def __init__(self, size: int) -> None:
        part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="name"\r\n\r\nWork\r\n--{BOUNDARY}\r\n'
        part += 'Content-Disposition: form-data; name="file"; filename="a.ics"\r\nContent-Type: text/calendar\r\n\r\n'
        after = f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="address"\r\n\r\nhttps://x\r\n--{BOUNDARY}--\r\n'
        self.parts = [part.encode(), size, after.encode()]
        self.length = len(part) + size + len(after)
        self.read_so_far = 0

    def read(self, size: int) -> bytes:
        while self.parts:
            part = self.parts[0]
            if isinstance(part, int):
                took = b"x" * min(size, part)
                self.parts[0] = part - len(took)
                if not self.parts[0]:
                    self.parts.pop(0)
            else:
                took, self.parts[0] = part[:size], part[size:]
                if not self.parts[0]:
                    self.parts.pop(0)
            if took:
                self.read_so_far += len(took)
                return took
        return b""


def arrives(size: int, address: str = "environment_time:add_calendar"):
    """A form with a file of that size at a door: its fields, its files, and how much of it was read and stored."""
    stored = []
    write = TemporaryFileUploadHandler.receive_data_chunk

    def noting(handler, chunk, start):
        stored.append(len(chunk))
        return write(handler, chunk, start)

    request = RequestFactory().post(reverse(address))
    request.resolver_match = resolve(reverse(address))
    stream = Stream(size)
    request.META["CONTENT_LENGTH"] = str(stream.length)
    request.META["CONTENT_TYPE"] = f"multipart/form-data; boundary={BOUNDARY}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", noting)
        fields, files = MultiPartParser(request.META, stream, request.upload_handlers).parse()
    for _field, given in files.lists():
        for file in given:
            file.close()
    return fields, files, stream.read_so_far, sum(stored)


def test_a_file_within_the_limit_arrives_whole():
    fields, files, _read, _stored = arrives(5_000_000)
    assert files["file"].size == 5_000_000
    assert (fields["name"], fields["address"]) == ("Work", "https://x")


def test_a_file_beyond_it_is_stopped_and_what_was_typed_stays(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    tracemalloc.start()
    fields, files, _read, stored = arrives(fetching.BIGGEST * 2)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (fields["name"], fields["address"]) == ("Work", "https://x")
    assert files["file"].limit == fetching.BIGGEST and not files["file"].size
    assert stored <= fetching.BIGGEST and not list(tmp_path.iterdir())
    assert most < 5_000_000, "nothing is gathered in memory"


def test_one_that_goes_on_and_on_is_cut():
    fields, files, read, stored = arrives(fetching.BIGGEST * 50)
    assert fields["name"] == "Work" and "file" not in files
    assert stored <= fetching.BIGGEST and read < fetching.BIGGEST * 5


def test_a_door_that_takes_no_file_keeps_none():
    _fields, files, _read, stored = arrives(10_000_000, "people:profile")
    assert stored == 0 and "file" not in files


@pytest.mark.django_db
def test_an_instrument_that_is_too_large_is_said_at_its_field(cast):
    file = SimpleUploadedFile("phq.json", b"{" + b" " * 500_000 + b"}", "application/json")
    answer = cast.client(cast.administrator).post(
        reverse("service_measures:add"), {"upload": file, "rule": "sum(items)", "source": "A paper of 2019"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "larger than 390 kB" in page and "A paper of 2019" in page


@pytest.mark.django_db
def test_a_file_whose_name_ends_otherwise_is_not_taken(cast):
    for name, status in (("phq.exe", 422), ("PHQ.JSON.txt", 422)):
        file = SimpleUploadedFile(name, b"{}", "application/json")
        answer = cast.client(cast.administrator).post(
            reverse("service_measures:add"), {"upload": file, "source": "A paper of 2019"}
        )
        page = answer.content.decode()
        assert answer.status_code == status and "does not end in .json" in page and "A paper of 2019" in page
        assert 'accept=".json"' in page


def test_only_doors_that_take_files_let_any_in():
    sources = {
        address.name: inspect.getsource(inspect.getmodule(inspect.unwrap(address.view)))
        for address in addresses()
    }
    for address in addresses():
        if address.door and address.door.biggest_file:
            assert address.door.limit == "uploads" and "request.FILES" in sources[address.name]
        elif address.door:
            assert address.door.limit != "uploads"
