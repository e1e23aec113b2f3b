from django.db import models


class FileKey(models.Model):
    """The key of one person's file, wrapped by the key ring. Destroyed when the person is erased."""

    file_id = models.UUIDField(primary_key=True)
    ring_key = models.CharField(max_length=20)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"key of file {self.file_id}"
