"""The fields that each group of the policy covers: closed lists, so that a new field is read by its house alone.

A concept, then a line for each group: the fields that it may read or, for the groups of `WRITING`, may change. After an
array of objects stand the members that are shown of each, in brackets; `+public` stands for all that the group `public`
of the same concept lists. `house` lists what no group covers: a field that stands nowhere fails
`tests/rights/test_new_fields.py`, which says where to list it. Concepts that only their house reads have no entry.
Source: `domain.md` §2, `model.md` §1 and §3.
"""

import re
from collections.abc import Iterator

HOUSE = "house"
WRITING = frozenset({"opinion", "report", "contact"})
"""Groups that narrow a right to change."""

FIELDS = """
action
  public: title description kind status status_remark progress health priority department is_synergy planned_start
    planned_start_precision planned_start_text planned_end planned_end_precision planned_end_text actual_start
    actual_end is_on_roadmap places keywords parent_id workspace_id organisation_id is_archived origin_workspace_id
    origin_action_id domain_ids sdgs target_group_ids synergy_organisation_ids is_late warnings is_counterpart
  partner: title description kind status status_remark progress health health_reason department is_synergy
    planned_start planned_start_precision planned_start_text planned_end planned_end_precision planned_end_text
    actual_start actual_end is_on_roadmap places keywords parent_id workspace_id organisation_id status_reason
    planned_end_reason postponements is_archived origin_workspace_id origin_action_id domain_ids sdgs
    target_group_ids synergy_organisation_ids is_late is_counterpart
  council: +partner priority full_time_equivalents responsibilities(kind office_id unit_id person_id) finding_ids
    warnings
  noted: +council audience estimate estimate_low estimate_high
  house: internal_note
  opinion: priority status_remark
  report: progress status_remark
planAction
  titles: label own_code plan_id action_id period_item_id
  public: +titles delivery phase progress_weight workspace_id is_withdrawn right_ids
  council: +public
placement
  public: objective_id weight is_main state workspace_id plan_id action_id position share_numerator
    share_denominator
  council: +public
  partner: +public
partnership
  public: role state workspace_id action_id organisation_id
  council: +public agreement_id contributions(year amount full_time_equivalents in_kind)
  partner: +council may_report_progress note
budgetLine
  council: fiscal_year source service nature category funding_scheme planned committed spent comment workspace_id
    action_id objective_id plan_id declared_plan_ids
externalReference
  partner: system reference workspace_id action_id organisation_id
indicator
  public: title description kind nature quantity unit is_cumulative direction baseline baseline_on expected_on
    frequency source workspace_id action_id objective_id position targets(due_by value remark) is_gathering
  council: +public
  partner: +public
  house: contributes_to_ids
measurement
  partner: measured_on period_starts_on value numerator denominator milestone_state comment state workspace_id
    indicator_id action_id objective_id state_reason organisation_id author_role
  house: author_person_id warnings
followUp
  public: text progress audience noted_on status health workspace_id action_id organisation_id
  council: +public health_reason author_role
  partner: +council
  house: author_person_id
actionLink
  public: workspace_id action_id linked_action_id kind
  partner: +public
  council: +public note
decision
  public: organ decided_on title reference link audience workspace_id organisation_id action_id objective_id
  partner: +public
  council: +public note
attachment
  public: title description dated_on link file_name audience workspace_id action_id objective_id plan_id file_id
    media_type size_bytes sha256
  council: +public
  partner: +public
plan
  titles: title starts_on ends_on workspace_id plan_type_id organisation_id is_archived levels(level label meaning
    is_numbered restarts prefix) strands(id label meaning)
  public: +titles description reference numbering report_interval_months counted_statuses progress_weighting term_id
    period_id is_closed origin_workspace_id origin_plan_id owners committee(organisation_id role) warnings
    without_period_from
  council: +public
  house: continues_id
objective
  titles: title parent_id level strand_id status own_code workspace_id plan_id position
  public: +titles description finding priority due_by covers_plan_id period_item_id is_resting domain_ids sdgs
    finding_ids dpc_item_ids warnings deadline is_deadline_derived
  council: +public responsibilities(kind office_id unit_id person_id)
planVersion
  public: label note workspace_id plan_id number journal_position sha256 frozen_at is_before_council is_published
    is_shown_to_council is_shown_to_public state
  council: +public
act
  public: kind organ decided_on reference document_link note workspace_id version_id organisation_id is_in_effect
  council: +public
finding
  public: text description theme source found_on audience workspace_id organisation_id is_archived
    heard_organisation_ids right_ids is_answered
  council: +public
planFinding
  public: remark workspace_id plan_id finding_id position
  council: +public
agreement
  council: title reference state starts_on ends_on notice_months alert_on is_tacitly_renewed decided_on
    decision_organ decision_reference decision_link workspace_id organisation_id is_archived party_ids amounts(year
    amount in_kind) documents(label link) renewal_alert_on
  party: +council
  house: remark warnings
beneficiaryCount
  public: year counted number note workspace_id action_id
  council: +public
  partner: +public
dpc
  public: title adopted_on published_on decision_reference link note workspace_id organisation_id term_id
  council: +public
dpcItem
  declared: text parent_id is_section own_code is_dropped workspace_id dpc_id position
  house: is_covered
groupMember
  open: is_lead starts_on ends_on decided_on reference group_id organisation_id ended_at group_name
    organisation_name is_ended
groupAction
  member: title status planned_start planned_start_precision planned_end planned_end_precision actual_start
    actual_end audience workspace_id codes(plan_id plan_title own_code period_item_id) group_name is_taken_up
organisation
  open: name kind enterprise_number email website valid_from valid_to successor_id steward_workspace_id territory
  contact: email website
workspace
  open: name slug kind nis reminder_hour closed_at organisations
  council: +open
  partner: +open
partner
  partner: label contact_name contact_email note workspace_id organisation_id is_archived name
  contact: contact_name contact_email
commune
  open: nis labels province arrondissement is_german_speaking valid_from valid_to successor_nis label
term
  open: code labels starts_on ends_on is_pilot label
sdg
  open: number labels label
programmingPeriod
  open: plan_type_code code labels starts_on ends_on is_diagnostic_required local_share_percent code_pattern
    is_confirmed note requirements(rule least is_required note) revenue_kinds(code label source funding_scheme
    counts_as) accounting_functions(organisation_kind code label revenue_code) label warnings
    end_certainty end_source
periodItem
  open: kind code labels rank is_confirmed period_id parent_id label
periodItemMapping
  open: from_item_id to_item_id weight note
periodAmendment
  open: ends_on certainty source period_id former_ends_on former_certainty former_source period_version is_undone
rightIndex
  open: nis right_id edition value source
planType
  council: reference_code acronym name funder_level legal_base duration_years reporting_duty workspace_id
    is_archived
domain
  council: reference_code name strand is_disabled workspace_id
account
  colleague: email display_name language is_disabled
  operator: +colleague global_role
organisationMember
  own: organisation_id account_id is_administrator ended_at accepted_at email account_name is_ended
  operator: +own
client
  own: owner_kind name role owner_workspace_id owner_organisation_id organisation_id is_administrator
    administers_all_houses scopes
    secret_hint previous_secret_until jwks disabled_at last_used_on unit_ids is_disabled
  operator: +own
"""

_WORD = re.compile(r"\+?\w+(?:\([^)]*\))?")


def _lines() -> Iterator[tuple[str, str, str]]:
    """(concept, group, words) of each line of the text; lines indented further go on with the one before."""
    concept = ""
    for line in re.sub(r"\n {4,}", " ", FIELDS.strip()).splitlines():
        if not line.startswith(" "):
            concept = line
            continue
        group, _, words = line.strip().partition(": ")
        yield concept, group, words


def _parse_fields() -> dict[tuple[str, str], frozenset[str]]:
    """The fields by group and concept; a member of an array is `array.member`."""
    out: dict[tuple[str, str], frozenset[str]] = {}
    for concept, group, words in _lines():
        names: set[str] = set()
        for word in _WORD.findall(words):
            if word.startswith("+"):
                names |= out[word[1:], concept]
                continue
            array, _, members = word.rstrip(")").partition("(")
            names |= {array, *(f"{array}.{member}" for member in members.split())}
        out[group, concept] = frozenset(names)
    return out


COVERED = _parse_fields()
"""By group and concept: the fields that the group covers."""
