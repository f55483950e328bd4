"""Pages that are asked for are compressed; answers to forms and files are not."""

import gzip
import io

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from secondment.common.middleware import CompressionMiddleware

LONG = "<p>" + "挂职" * 500


def answer(
    method: str = "get", content_type: str = "text/html; charset=utf-8", text: str = LONG
) -> HttpResponse:
    request = getattr(RequestFactory(), method)("/", headers={"accept-encoding": "gzip"})
    return CompressionMiddleware(lambda _request: HttpResponse(text, content_type=content_type))(request)


def test_page_is_compressed() -> None:
    response = answer()
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.GzipFile(fileobj=io.BytesIO(response.content)).read().decode() == LONG


def test_length_of_the_same_page_differs() -> None:
    assert len({len(answer().content) for _one in range(40)}) > 1


@pytest.mark.parametrize(
    "changed", [{"method": "post"}, {"content_type": "application/json"}, {"text": "<p>挂职"}]
)
def test_answers_to_forms_files_and_short_pages_are_left_as_they_are(changed: dict[str, str]) -> None:
    assert "Content-Encoding" not in answer(**changed).headers
