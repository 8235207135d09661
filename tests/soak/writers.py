"""People who send forms without pause, and note what was acknowledged."""

import http.client
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from revisions.sent_once import new_token
from tests.resolutions.factory import PDF

CSRF = secrets.token_hex(16)  # what the cookie says, the form says too
AGAIN_AFTER = 0.2  # seconds after an answer 503, or none
ACKNOWLEDGED, LATER = 302, 503


@dataclass
class Writer:
    """Sends one form after the other, each until it is acknowledged.

    Attributes:
        address: of the form.
        session: the cookie of who is logged in.
        name: what its texts begin with; each text is like no other.
        version: of the record that it writes to; nobody else does.
        with_file: whether each form carries a file, or is a statement of participation.
        acknowledged: texts of which the portal said that they are kept.
        attempted: all texts that were sent.
        answers: how often which status came; 0 is none.
        wrong: answers that nobody should get.
    """

    address: str
    session: str
    name: str
    version: int
    with_file: bool
    acknowledged: list[str] = field(default_factory=list)
    attempted: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def write(self, port: int, stopping: threading.Event, pause: float = 0.02) -> None:
        """Write until told to stop; what was begun is tried for another half minute."""
        while not stopping.wait(pause) and not self.wrong:
            text = f"{self.name}-{len(self.attempted)}."
            self.attempted.append(text)
            body, kind = self._form(text)
            for _ in self._tries(stopping):
                status = self._send(port, body, kind)
                self.answers[status] += 1
                if status == ACKNOWLEDGED:
                    self.acknowledged.append(text)
                    self.version += 1
                    break
                if self.wrong:
                    break
                time.sleep(AGAIN_AFTER)

    def _tries(self, stopping: threading.Event) -> Iterator[None]:
        since: float | None = None
        while since is None or time.monotonic() - since < 30:
            if stopping.is_set():
                since = since or time.monotonic()
            yield

    def _send(self, port: int, body: bytes, kind: str) -> int:
        cookies = f"sessionid={self.session}; csrftoken={CSRF}"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("POST", self.address, body, {"Content-Type": kind, "Cookie": cookies})
            answer = connection.getresponse()
            page = answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()
        to_login = "/login/" in (answer.headers["Location"] or "")
        told = answer.status != LATER or "Retry-After" in answer.headers
        if answer.status not in (ACKNOWLEDGED, LATER) or to_login or not told:
            self.wrong.append(f"{self.name}: {answer.status} {answer.headers['Location']} {page.decode()[-1500:]}")
        return answer.status

    def _form(self, text: str) -> tuple[bytes, str]:
        said = {"csrfmiddlewaretoken": CSRF, "form_token": new_token(), "version": str(self.version)}
        if not self.with_file:
            status = ("pilot", "active")[len(self.attempted) % 2]
            said |= {"status": status, "effective_on": "2024-06-27", "basis": text, "comment": ""}
            return urlencode(said).encode(), "application/x-www-form-urlencoded"
        said |= {"text": text, "happened_on": "2024-07-01"}
        edge = secrets.token_hex(16)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in said.items()
        ]
        parts.append(
            f'--{edge}\r\nContent-Disposition: form-data; name="attachments"; filename="f.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        return "".join(parts).encode() + content(
            text
        ) + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def content(text: str) -> bytes:
    """The file that goes with a text."""
    return PDF + text.encode() * 100


class Crowd:
    """Writers at work."""

    def __init__(self, writers: list[Writer], port: int) -> None:
        self.writers = writers
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=one.write, args=(port, self.stopping)) for one in writers]

    def __enter__(self) -> "Crowd":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *ending: object) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    @property
    def acknowledged(self) -> int:
        """How much was acknowledged so far."""
        return sum(len(one.acknowledged) for one in self.writers)

    def wait_for(self, more: int, seconds: float = 90) -> None:
        """Wait until so much more is acknowledged.

        Raises:
            AssertionError: it is not, or somebody got an answer that nobody should get.
        """
        wanted, end = self.acknowledged + more, time.monotonic() + seconds
        while self.acknowledged < wanted:
            assert not self.wrong, self.wrong[0]
            assert time.monotonic() < end, f"{self.acknowledged} of {wanted}: {[one.answers for one in self.writers]}"
            time.sleep(0.05)

    def wait_for_answers(self, status: int, times: int, seconds: float = 90) -> None:
        """Wait until a status came so often.

        Raises:
            AssertionError: it did not.
        """
        end = time.monotonic() + seconds
        while sum(one.answers[status] for one in self.writers) < times:
            assert not self.wrong, self.wrong[0]
            assert time.monotonic() < end, f"{[one.answers for one in self.writers]}"
            time.sleep(0.05)

    @property
    def wrong(self) -> list[str]:
        """Answers that nobody should get."""
        return [said for one in self.writers for said in one.wrong]
