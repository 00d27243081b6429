"""The list for the mailing house: each code with its address, given once and kept nowhere."""

from collections.abc import Sequence

from surveyapp.press.csv import table
from surveyapp.press.fields import Field, Type
from surveyapp.storage.field.invitations import Invited

FIELDS = (
    Field("code", Type.string, is_text=True),
    Field("address", Type.string),
    Field("stratum", Type.string, is_text=True),
    Field("base_weight", Type.number),
    Field("reference", Type.string, is_text=True),
)


def code_address(public_url: str, code: str) -> str:
    """Return the address that a personal letter or its QR code carries."""
    return f"{public_url}/i/{code}"


def mail_merge(invited: Sequence[Invited], public_url: str) -> bytes:
    """Write the list as CSV, in the order of the sampling frame."""
    return table(
        FIELDS,
        (
            {
                "code": one.code,
                "address": code_address(public_url, one.code),
                "stratum": one.invitee.stratum,
                "base_weight": one.invitee.base_weight,
                "reference": one.invitee.reference,
            }
            for one in invited
        ),
    )
