"""An upload that never touches the disk: read and thrown away, or kept sealed."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest


class InMemoryHandler(MemoryFileUploadHandler):
    """Keeps each file of a request in memory, and takes none of a request that is larger than ``most`` bytes.

    Put it in ``request.upload_handlers`` before anything looks at ``request.POST``; the view is then exempt from the
    check of the form token, and calls a view within that does check it.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)
        self.activated = content_length <= self.most

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return super().receive_data_chunk(raw_data, start) if self.activated else None
