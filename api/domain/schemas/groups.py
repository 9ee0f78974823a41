"""Words about groups: their members, the actions they offer, and the counterparts that members make of them."""

from uuid import UUID

from sqlalchemy import Text
from sqlmodel import Field

from api.domain.enumerations.common import Audience, DatePrecision
from api.domain.rules.action_statuses import ActionStatus
from api.domain.schemas.base import Code, Day, Flag, InputModel, Label, LongText, Title


class GroupMemberFields(InputModel):
    """A body that carries plans together with others in a group, by an act of its own."""

    is_lead: Flag = Field(default=False, description="The one that leads the group.")
    starts_on: Day | None = None
    ends_on: Day | None = Field(default=None, description="Today or earlier ends the membership at once.")
    decided_on: Day | None = Field(default=None, description="The day of its own act.")
    reference: Label | None = Field(default=None, description="The reference of its own act.")


class GroupMemberCreate(GroupMemberFields):
    group_id: UUID = Field(description="The workspace of the group.")
    organisation_id: UUID


class GroupActionFields(InputModel):
    """What the members of a group read of one of its actions: title, status, dates, codes, audience, nothing else."""

    title: Title
    status: ActionStatus = Field(sa_type=Text)
    planned_start: Day | None = None
    planned_start_precision: DatePrecision | None = Field(default=None, sa_type=Text)
    planned_end: Day | None = None
    planned_end_precision: DatePrecision | None = Field(default=None, sa_type=Text)
    actual_start: Day | None = None
    actual_end: Day | None = None
    audience: Audience = Field(
        default=Audience.PARTNERS, sa_type=Text, description="How far it reaches; a counterpart never reaches farther."
    )


class GroupActionCode(InputModel):
    """A plan of the group that claims the action, and its codes there."""

    plan_id: UUID
    plan_title: Title
    own_code: Code | None = None
    period_item_id: UUID | None = None


class CounterpartFields(InputModel):
    """An action of a group taken up in the plans of a member: an action of its own that follows the group's."""

    note: LongText | None = Field(default=None, description="What this is to the member itself.")


class CounterpartCreate(CounterpartFields):
    """Names an action that a group offers, and where it is to stand."""

    origin_action_id: UUID = Field(description="The action of the group, as `groupActions` lists it.")
    organisation_id: UUID = Field(description="The house that answers for the counterpart.")
    plan_id: UUID | None = Field(default=None, description="The plan that takes it up, a PST as a rule.")
    objective_id: UUID | None = Field(default=None, description="Where it stands in that plan; none is the root.")
    own_code: Code | None = Field(default=None, description="The code that this plan gives it.")


class UptakeFields(InputModel):
    """The fact that a member took up an action of the group. Nothing else of the member is told."""

    taken_up_on: Day
