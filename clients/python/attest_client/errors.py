"""What the API says where it does not do what is asked."""

from typing import Any


class Refused(Exception):
    """An error of the API: `status` of HTTP, `code` for programs, `errors` by field or object."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.code: str = problem.get("code", "")
        self.errors: list[dict[str, Any]] = problem.get("errors", [])
        super().__init__(f"{status} {self.code}: {problem.get('detail') or problem.get('title') or 'no reason given'}")


class CutOff(Exception):
    """An export ended early, or came with other bytes than the server sent."""
