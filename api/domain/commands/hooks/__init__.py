"""What each concept asks of a command beyond rights and constraints."""

from api.domain.commands.hooks import (
    actions,
    agreements,
    attachments,
    counterparts,
    decisions,
    dpc,
    editions,
    findings,
    followups,
    groups,
    identity,
    indicators,
    links,
    measurements,
    objectives,
    organisations,
    periods,
    placements,
    plans,
    tasks,
    versions,
    workspaces,
)
from api.domain.commands.hooks.base import Hooks
from api.domain.resources.base import Resource

_NONE = Hooks()
_RULES: dict[str, Hooks] = {
    "action": actions.ActionRules(),
    "objective": objectives.ObjectiveRules(),
    "placement": placements.PlacementRules(),
    "planAction": placements.PlanActionRules(),
    "plan": plans.PlanRules(),
    "dpcItem": dpc.DpcItemRules(),
    "agreement": agreements.AgreementRules(),
    "partnership": agreements.PartnershipRules(),
    "programmingPeriod": periods.ProgrammingPeriodRules(),
    "rightIndex": periods.RightIndexRules(),
    "periodItem": periods.PeriodItemRules(),
    "periodItemMapping": periods.PeriodItemMappingRules(),
    "actionLink": links.ActionLinkRules(),
    "decision": decisions.DecisionRules(),
    "attachment": attachments.AttachmentRules(),
    "followUp": followups.FollowUpRules(),
    "planFinding": findings.PlanFindingRules(),
    "edition": editions.EditionRules(),
    "task": tasks.TaskRules(),
    "externalReference": tasks.ExternalReferenceRules(),
    "indicator": indicators.IndicatorRules(),
    "measurement": measurements.MeasurementRules(),
    "measurementLock": measurements.MeasurementLockRules(),
    "planVersion": versions.PlanVersionRules(),
    "act": versions.ActRules(),
    "organisation": organisations.OrganisationRules(),
    "person": organisations.PersonRules(),
    "office": organisations.OfficeRules(),
    "officeHolding": organisations.OfficeHoldingRules(),
    "workspace": workspaces.WorkspaceRules(),
    "account": identity.AccountRules(),
    "membership": identity.MembershipRules(),
    "organisationMember": identity.OrganisationMemberRules(),
    "client": identity.ClientRules(),
    "groupMember": groups.GroupMemberRules(),
    "counterpart": counterparts.CounterpartRules(),
}


def hooks_of(resource: Resource) -> Hooks:
    return _RULES.get(resource.name, _NONE)


__all__ = ["Hooks", "hooks_of"]
