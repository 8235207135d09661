"""LibreOffice itself, without a window."""

import subprocess
from pathlib import Path


def converted(content: bytes, source: str, target: str, folder: Path) -> bytes:
    """Open a file and save it in another format; a missing LibreOffice fails the test.

    Args:
        content: the file.
        source, target: endings without the dot.
        folder: for the file, the result and LibreOffice's own profile.
    """
    opened, saved = folder / "in" / f"file.{source}", folder / "out"
    opened.parent.mkdir(exist_ok=True)
    opened.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(saved), str(opened)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own file
    return (saved / f"file.{target}").read_bytes()
