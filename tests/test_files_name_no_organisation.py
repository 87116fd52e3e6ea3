"""A file's name and a calendar are read by others than who took them along: neither says which organisation it is from."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from alongside.people.models import Organisation
from alongside.people.public_actions import change_look
from alongside.ui.logos import checked_logo
from tests.addresses import addresses
from tests.furnish import furnish_journey
from tests.promises.test_no_one_reads_what_is_not_theirs import part_of

SERVICE, TELEPHONE = "Larkfieldservice", "01632 960 777"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20"/></svg>'
PAPERS = {"first_meeting:paper", "keepsake:pdf", "keepsake:small_pdf", "reading:paper", "reading:story_paper"}


@pytest.mark.django_db
def test_no_file_is_called_after_the_organisation_and_every_paper_says_whose_it_is(cast):
    Organisation.objects.filter(id=cast.organisation.id).update(name=SERVICE, telephone=TELEPHONE)
    change_look(colour="#a2532e", logo=checked_logo(LOGO), by=cast.administrator)
    journey = furnish_journey(cast, "treatment")
    files, papers = set(), set()

    for who in (cast.guide, cast.participant, cast.administrator):
        client = cast.client(who)
        client.raise_request_exception = False
        for address in addresses():
            path = reverse(address.name, kwargs={part: part_of(journey, part) for part in address.parts})
            answer = client.get(path)
            if "logout" in address.name or answer.status_code != 200:
                continue
            named, sort = answer.get("Content-Disposition", ""), answer.get("Content-Type", "")
            assert SERVICE not in named, address.name
            if "filename" in named:
                files.add(address.name)
            if sort.startswith("text/calendar"):
                assert SERVICE.encode() not in answer.content, address.name
            if sort == "application/pdf":
                papers.add(address.name)
                said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
                assert SERVICE in said and TELEPHONE in said, address.name

    assert papers <= files and papers == PAPERS
