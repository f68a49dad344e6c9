"""A client of the API of Attest: articles, marks, questions and exports as iterators, and writes that can be sent again."""

from attest_client.client import Attest
from attest_client.errors import CutOff, Refused

__all__ = ["Attest", "CutOff", "Refused"]
