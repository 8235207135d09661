"""Where issued bytes lie."""

from django.core.files.storage import FileSystemStorage


class IssuedStorage(FileSystemStorage):
    """A storage that never overwrites."""
