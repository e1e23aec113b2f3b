"""The check number of an upload, reckoned while it comes in; nothing of the upload is kept."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest


class HashedUpload(UploadedFile[bytes]):
    """A file that was sent and not kept: its name, its size in bytes and its SHA-256 in hex.

    ``is_too_large``: it went on after ``most``; what came then was not looked at and the hash is blank.
    """

    def __init__(self, name: str, size: int, sha256: str, *, is_too_large: bool) -> None:
        super().__init__(file=None, name=name, size=size)
        self.sha256, self.is_too_large = sha256, is_too_large


class HashingHandler(FileUploadHandler):
    """Hashes each file of a request and keeps none, neither in memory nor on the disk.

    Put it in ``request.upload_handlers`` before anything looks at ``request.POST``; the view is then exempt from the
    check of the form token, and calls a view within that does check it.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.digest, self.is_too_large = hashlib.sha256(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.is_too_large = self.is_too_large or start + len(raw_data) > self.most
        if not self.is_too_large:
            self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> HashedUpload:
        found = "" if self.is_too_large else self.digest.hexdigest()
        return HashedUpload(self.file_name or "", file_size, found, is_too_large=self.is_too_large)
