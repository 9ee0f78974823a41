"""Agreements (conventions), which partnerships name."""

from uuid import UUID

from api.domain.resources.base import (
    OWN,
    READS,
    ChildList,
    Derived,
    Filter,
    Guard,
    OwnerKind,
    Ref,
    Resource,
    SharedOnce,
    warnings,
)
from api.domain.resources.version_content import VersionPart
from api.domain.schemas import agreements as words
from api.domain.schemas.base import Day
from api.domain.tables import agreements as tables

_TODAY = "(now() at time zone 'Europe/Brussels')::date"
ALERT_ON = "coalesce({t}.alert_on, ({t}.ends_on - make_interval(months => {t}.notice_months))::date)"
_USED_BY = "exists (select from partnership x where x.workspace_id = {t}.workspace_id and x.agreement_id = {t}.id and "
_CLAIMED = (
    "exists (select from partnership x join plan_action c on c.workspace_id = x.workspace_id"
    " and c.action_id = x.action_id and not c.is_withdrawn join plan p on p.workspace_id = c.workspace_id"
    " and p.id = c.plan_id {join} where x.workspace_id = {{t}}.workspace_id and x.agreement_id = {{t}}.id"
    " and {condition}{sees})"
)
AFTER_PERIOD = _CLAIMED.format(
    join="join programming_period r on r.id = p.period_id",
    condition="r.ends_on < {t}.ends_on",
    sees=" and {sees:partnership:x}",
)
"""Whether the agreement goes on after the period of a plan whose actions it serves has ended."""

WARNINGS = warnings(
    {
        "partyMissing": "not exists (select from agreement_party x where x.workspace_id = {t}.workspace_id"
        " and x.agreement_id = {t}.id)",
        "decisionMissing": "{t}.state = 'signed' and {t}.decided_on is null",
        "renewalDue": f"{{t}}.state = 'signed' and {ALERT_ON} <= {_TODAY} and {{t}}.ends_on >= {_TODAY}",
        "ended": f"{{t}}.state = 'signed' and not {{t}}.is_tacitly_renewed and {{t}}.ends_on < {_TODAY}",
        "afterPeriod": AFTER_PERIOD,
    }
)

AGREEMENT = Resource(
    name="agreement",
    plural="agreements",
    table_model=tables.Agreement,
    fields=words.AgreementFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.AgreementCreate,
    parts={
        "party_ids": ChildList(
            tables.AgreementParty, "agreement_id", ("organisation_id",), UUID, "organisation", asks=READS),
        "amounts": ChildList(
            tables.AgreementYear, "agreement_id", ("year", "amount", "in_kind"), words.AgreementAmount, order="year"
        ),
        "documents": ChildList(
            tables.AgreementLink, "agreement_id", ("label", "link"), words.AgreementDocument, order="rank"
        ),
    },
    refs={"organisation_id": Ref("organisation", one="organisation", asks=OWN)},
    derived={"renewal_alert_on": Derived(ALERT_ON, Day | None), "warnings": WARNINGS},
    filters={
        "party_id": Filter(
            "exists (select from agreement_party x where x.workspace_id = {t}.workspace_id"
            " and x.agreement_id = {t}.id and x.organisation_id = any({v}))", "uuid[]", UUID,
            shown="exists (select from jsonb_array_elements_text({t}.image->'party_ids') y where y::uuid = any({v}))",
            field="party_ids"),
        "action_id": Filter(
            _USED_BY + "x.action_id = any({v}))", "uuid[]", UUID, field="remark", target="action"),
        "plan_id": Filter(
            _CLAIMED.format(join="", condition="p.id = any({v})", sees=""), "uuid[]", UUID, field="remark"),
    },
    search=("title", "reference"),
    sorts=("title", "starts_on", "ends_on", "created_at"),
    default_sort=("ends_on", "title"),
    archives=True,
    guards={"delete": (Guard("notDraft", "{t}.state = 'draft'"),)},
    shared_once=SharedOnce("state", "<> 'draft'"),
    in_versions=VersionPart(
        "t.state in ('signed', 'ended', 'terminated') and t.id in (select x.agreement_id from partnership x"
        " where x.workspace_id = t.workspace_id and x.state <> 'planned'"
        " and x.action_id in (select action_id from stands))"
    ),
    of_organisation=(
        "({t}.state <> 'draft' and exists (select from agreement_party y where y.organisation_id = {organisation}"
        " and y.workspace_id = {t}.workspace_id and y.agreement_id = {t}.id))"
    ),
)  # fmt: skip

RESOURCES = (AGREEMENT,)
