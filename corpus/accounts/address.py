"""The mail address of an account: one recipient, or none."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def is_one_address(address: str) -> bool:
    """Not one with quotation marks either, which may hide a comma: some mail servers see two recipients there."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return '"' not in address
