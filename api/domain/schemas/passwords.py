"""Words with which people set their own password, and the operator names who administers first."""

from uuid import UUID

from pydantic import Field as PydanticField
from pydantic import SecretStr
from sqlmodel import Field

from api.domain.schemas.base import Answer, InputModel, Label
from api.domain.schemas.identity import Email, Language


class PasswordChange(InputModel):
    """A new password for the account that asks."""

    current_password: SecretStr = Field(min_length=1, max_length=1024)
    new_password: SecretStr = Field(
        min_length=1, max_length=1024, description="12 characters or more, nothing obvious."
    )


class PasswordResetRequest(InputModel):
    """Where a link is to be sent with which a forgotten password is set anew."""

    email: Email = Field(description="The e-mail address of the account, in any case.")


class PasswordResetUse(InputModel):
    """A new password for the account that a link was made for."""

    token: SecretStr = Field(min_length=20, max_length=200, description="What stands after # in the link.")
    new_password: SecretStr = Field(
        min_length=1, max_length=1024, description="12 characters or more, nothing obvious."
    )


class AdministratorNaming(InputModel):
    """Who administers a workspace first."""

    email: Email
    display_name: Label = Field(description="For a new account alone.")
    language: Language = Field(default=Language.FR, description="For a new account alone.")
    organisation_id: UUID | None = Field(
        default=None, description="The house in which the role is held; by default the commune."
    )


class AdministratorNamed(Answer):
    """The membership that was made. It reaches every house of the workspace."""

    membership_id: UUID
    account_id: UUID
    is_invited: bool = PydanticField(
        description="A letter leaves with which a first password is set; false where the account signs in already."
    )
