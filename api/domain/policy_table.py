"""The policy as data: who holds which permission, in which scope, for which fields.

A cell says the *scope* in which a role holds a permission, and after a slash the *group* of fields it is narrowed to.
Scopes are explained in `policy.py`. Source: `domain.md` §2, `model.md` §1 and §3.
"""

TABLE = """
permission                college         council    administration  agent      partner              region          integrator      public     operator
commune:read              all             all        all             all        all                  all             all             all        all
term:read                 all             all        all             all        all                  all             all             all        all
term:create               -               -          -               -          -                    -               -               -          all
term:update               -               -          -               -          -                    -               -               -          all
term:delete               -               -          -               -          -                    -               -               -          all
sdg:read                  all             all        all             all        all                  all             all             all        all
programmingPeriod:read    all             all        all             all        all                  all             all             all        all
programmingPeriod:create  -               -          -               -          -                    all             -               -          all
programmingPeriod:update  -               -          -               -          -                    all             -               -          all
programmingPeriod:delete  -               -          -               -          -                    all             -               -          all
periodItem:read           all             all        all             all        all                  all             all             all        all
periodItem:create         -               -          -               -          -                    all             -               -          all
periodItem:update         -               -          -               -          -                    all             -               -          all
periodItem:delete         -               -          -               -          -                    all             -               -          all
rightIndex:read           all             all        all             all        all                  all             all             all        all
rightIndex:create         -               -          -               -          -                    all             -               -          all
rightIndex:update         -               -          -               -          -                    all             -               -          all
rightIndex:delete         -               -          -               -          -                    all             -               -          all
organisation:read         all             all        all             all        all                  all             all             all        all
organisation:create       -               -          all             -          -                    -               -               -          all
organisation:update       -               -          steward         -          own/contact          -               -               -          all
workspace:read            workspace       workspace  workspace       workspace  partnership          all             all             all        all
workspace:create          -               -          -               -          -                    -               -               -          all
workspace:update          -               -          administrator   -          -                    -               -               -          all
groupMember:read          all             all        all             all        all                  all             all             all        all
groupMember:create        -               -          -               -          -                    -               -               -          all
groupMember:update        -               -          administrator   -          -                    -               -               -          all
unit:read                 workspace       -          workspace       workspace  -                    -               -               -          -
unit:create               -               -          administered    -          -                    -               -               -          -
unit:update               -               -          administered    -          -                    -               -               -          -
unit:delete               -               -          administered    -          -                    -               -               -          -
person:read               workspace       -          workspace       workspace  -                    -               -               -          -
person:create             -               -          administered    -          -                    -               -               -          -
person:update             -               -          administered    -          -                    -               -               -          -
person:delete             -               -          administered    -          -                    -               -               -          -
person:handOver           -               -          administrator   -          -                    -               -               -          -
office:read               workspace       -          workspace       workspace  -                    -               -               -          -
office:create             -               -          administered    -          -                    -               -               -          -
office:update             -               -          administered    -          -                    -               -               -          -
office:delete             -               -          administered    -          -                    -               -               -          -
officeHolding:read        workspace       -          workspace       workspace  -                    -               -               -          -
officeHolding:create      -               -          administered    -          -                    -               -               -          -
officeHolding:update      -               -          administered    -          -                    -               -               -          -
officeHolding:delete      -               -          administered    -          -                    -               -               -          -
partner:read              workspace       -          workspace       workspace  own                  -               -               -          -
partner:create            -               -          administrator   -          -                    -               -               -          -
partner:update            -               -          administrator   -          own/contact          -               -               -          -
partner:delete            -               -          administrator   -          -                    -               -               -          -
planType:read             workspace       workspace  workspace       workspace  -                    -               -               -          -
planType:create           -               -          administrator   -          -                    -               -               -          -
planType:update           -               -          administrator   -          -                    -               -               -          -
planType:delete           -               -          administrator   -          -                    -               -               -          -
domain:read               workspace       workspace  workspace       workspace  -                    -               -               -          -
domain:create             -               -          administrator   -          -                    -               -               -          -
domain:update             -               -          administrator   -          -                    -               -               -          -
domain:delete             -               -          administrator   -          -                    -               -               -          -
targetGroup:read          workspace       -          workspace       workspace  -                    -               -               -          -
targetGroup:create        -               -          administrator   -          -                    -               -               -          -
targetGroup:update        -               -          administrator   -          -                    -               -               -          -
targetGroup:delete        -               -          administrator   -          -                    -               -               -          -
account:read              -               -          administrator/colleague -  -                    -               -               -          all
account:create            -               -          administrator   -          -                    -               -               -          all
account:update            -               -          -               -          -                    -               -               -          all
membership:read           -               -          administrator   -          -                    -               -               -          -
membership:create         -               -          administered    -          -                    -               -               -          -
membership:update         -               -          administered    -          -                    -               -               -          -
organisationMember:read   -               -          -               -          administrator        -               -               -          all
organisationMember:create -               -          -               -          administrator        -               -               -          all
organisationMember:update -               -          -               -          administrator        -               -               -          all
client:read               -               -          administrator   -          administrator        own             -               -          all
client:create             -               -          administered    -          administrator        own             -               -          own
client:update             -               -          administered    -          administrator        own             -               -          own
client:disable            -               -          administered    -          administrator        own             -               -          all
plan:read                 workspace       versions   workspace       workspace  partnership/titles   published       published       published  -
plan:create               -               -          house           -          -                    -               -               -          -
plan:update               -               -          house           -          -                    -               -               -          -
plan:delete               -               -          house           -          -                    -               -               -          -
objective:read            workspace       versions   workspace       workspace  partnership/titles   published       published       published  -
objective:create          -               -          house           -          -                    -               -               -          -
objective:update          -               -          house           -          -                    -               -               -          -
objective:delete          -               -          house           -          -                    -               -               -          -
action:read               workspace/noted versions/council workspace workspace  partnership/partner  published/public published/public published/public -
action:create             -               -          house           unit       -                    -               -               -          -
action:update             house/opinion   -          house           unit       granted/report       -               -               -          -
action:delete             -               -          house           unit       -                    -               -               -          -
action:publish            -               -          house           -          -                    -               -               -          -
action:start              -               -          house           unit       -                    -               -               -          -
action:complete           -               -          house           unit       -                    -               -               -          -
action:suspend            -               -          house           unit       -                    -               -               -          -
action:cancel             -               -          house           -          -                    -               -               -          -
action:reopen             -               -          house           -          -                    -               -               -          -
planAction:read           workspace       versions   workspace       workspace  partnership/titles   published       published       published  -
planAction:create         -               -          house           -          -                    -               -               -          -
planAction:update         -               -          house           -          -                    -               -               -          -
planAction:delete         -               -          house           -          -                    -               -               -          -
placement:read            workspace       versions   workspace       workspace  partnership          published       published       published  -
placement:create          -               -          house           unit       -                    -               -               -          -
placement:update          -               -          house           -          -                    -               -               -          -
placement:delete          -               -          house           -          -                    -               -               -          -
partnership:read          workspace       versions/council workspace  workspace  own                  published/public published/public published/public -
partnership:create        -               -          house           -          -                    -               -               -          -
partnership:update        -               -          house           -          -                    -               -               -          -
partnership:delete        -               -          house           -          -                    -               -               -          -
task:read                 workspace       -          workspace       workspace  -                    -               -               -          -
task:create               -               -          house           unit       -                    -               -               -          -
task:update               -               -          house           unit       -                    -               -               -          -
task:delete               -               -          house           unit       -                    -               -               -          -
edition:read              workspace       -          workspace       workspace  -                    -               -               -          -
edition:create            -               -          house           unit       -                    -               -               -          -
edition:update            -               -          house           unit       -                    -               -               -          -
edition:delete            -               -          house           unit       -                    -               -               -          -
budgetLine:read           workspace       versions   workspace       workspace  -                    -               -               -          -
budgetLine:create         -               -          house           -          -                    -               -               -          -
budgetLine:update         -               -          house           -          -                    -               -               -          -
budgetLine:delete         -               -          house           -          -                    -               -               -          -
followUp:read             workspace       versions/council workspace workspace partnership/partner  published/public published/public published/public -
followUp:create           -               -          house           unit       granted              -               -               -          -
followUp:update           -               -          house           unit       granted              -               -               -          -
followUp:delete           -               -          house           unit       granted              -               -               -          -
actionLink:read           workspace       versions   workspace       workspace  partnership/partner  published/public published/public published/public -
actionLink:create         -               -          house           unit       -                    -               -               -          -
actionLink:update         -               -          house           unit       -                    -               -               -          -
actionLink:delete         -               -          house           unit       -                    -               -               -          -
decision:read             workspace       versions   workspace       workspace  partnership/partner  published/public published/public published/public -
decision:create           -               -          house           -          -                    -               -               -          -
decision:update           -               -          house           -          -                    -               -               -          -
decision:delete           -               -          house           -          -                    -               -               -          -
attachment:read           workspace       versions   workspace       workspace  partnership          published       published       published  -
attachment:create         -               -          house           unit       -                    -               -               -          -
attachment:update         -               -          house           unit       -                    -               -               -          -
attachment:delete         -               -          house           unit       -                    -               -               -          -
externalReference:read    workspace       -          workspace       workspace  own                  -               -               -          -
externalReference:create  -               -          house           -          own                  -               -               -          -
externalReference:update  -               -          house           -          own                  -               -               -          -
externalReference:delete  -               -          house           -          own                  -               -               -          -
indicator:read            workspace       versions/council workspace workspace  partnership/partner  published/public published/public published/public -
indicator:create          -               -          house           -          -                    -               -               -          -
indicator:update          -               -          house           -          -                    -               -               -          -
indicator:delete          -               -          house           -          -                    -               -               -          -
measurement:read          workspace       -          workspace       workspace  partnership/partner  -               -               -          -
measurement:create        -               -          house           unit       granted              -               -               -          -
measurement:update        -               -          house           unit       granted              -               -               -          -
measurement:delete        -               -          house           unit       granted              -               -               -          -
measurement:submit        -               -          house           unit       granted              -               -               -          -
measurement:approve       -               -          house           head       -                    -               -               -          -
indicatorValues:read      workspace       -          workspace       workspace  partnership          -               -               -          -
planIndicatorValues:read  workspace       -          workspace       workspace  -                    -               -               -          -
measurementLock:read      workspace       -          workspace       workspace  -                    -               -               -          -
measurementLock:create    -               -          house           -          -                    -               -               -          -
measurementLock:update    -               -          house           -          -                    -               -               -          -
measurementLock:delete    -               -          house           -          -                    -               -               -          -
groupAction:read          member          -          member          -          -                    -               -               -          -
counterpart:read          workspace       -          workspace       workspace  -                    -               -               -          -
counterpart:create        -               -          house           -          -                    -               -               -          -
counterpart:update        -               -          house           -          -                    -               -               -          -
uptake:read               workspace       -          workspace       workspace  -                    -               -               -          -
planVersion:read          workspace       versions   workspace       workspace  -                    published       published       published  -
planVersion:readContent   -               -          house           -          -                    -               -               -           -
planVersion:create        -               -          house           -          -                    -               -               -          -
planVersion:update        -               -          house           -          -                    -               -               -          -
act:read                  workspace       versions   workspace       workspace  -                    published       published       published  -
act:create                -               -          house           -          -                    -               -               -          -
act:update                -               -          house           -          -                    -               -               -          -
act:delete                -               -          house           -          -                    -               -               -          -
finding:read              workspace       versions   workspace       workspace  -                    published       published       published  -
finding:create            -               -          house           -          -                    -               -               -          -
finding:update            -               -          house           -          -                    -               -               -          -
finding:delete            -               -          house           -          -                    -               -               -          -
planFinding:read          workspace       versions   workspace       workspace  -                    published       published       published  -
planFinding:create        -               -          house           -          -                    -               -               -          -
planFinding:update        -               -          house           -          -                    -               -               -          -
planFinding:delete        -               -          house           -          -                    -               -               -          -
agreement:read            workspace       versions/council workspace workspace  own/party            -               -               -          -
agreement:create          -               -          house           -          -                    -               -               -          -
agreement:update          -               -          house           -          -                    -               -               -          -
agreement:delete          -               -          house           -          -                    -               -               -          -
dpc:read                  workspace       versions   workspace       workspace  -                    published       published       published  -
dpc:create                -               -          house           -          -                    -               -               -          -
dpc:update                -               -          house           -          -                    -               -               -          -
dpc:delete                -               -          house           -          -                    -               -               -          -
dpc:readCoverage          workspace       -          workspace       workspace  -                    -               -               -          -
dpcItem:read              workspace       versions/declared workspace workspace -                    published/declared published/declared published/declared -
dpcItem:create            -               -          house           -          -                    -               -               -          -
dpcItem:update            -               -          house           -          -                    -               -               -          -
dpcItem:delete            -               -          house           -          -                    -               -               -          -
beneficiaryCount:read     workspace       versions   workspace       workspace  partnership          published       published       published  -
beneficiaryCount:create   -               -          house           unit       -                    -               -               -          -
beneficiaryCount:update   -               -          house           unit       -                    -               -               -          -
beneficiaryCount:delete   -               -          house           unit       -                    -               -               -          -
articulation:read         workspace       -          workspace       workspace  -                    -               -               -          -
diagnostic:read           workspace       -          workspace       workspace  -                    -               -               -          -
synergy:read              workspace       -          workspace       workspace  -                    -               -               -          -
pcsReport:read            workspace       -          workspace       workspace  -                    -               -               -          -
transversal:read          workspace       -          workspace       workspace  -                    -               -               -          -
totals:read               workspace       versions   workspace       workspace  -                    -               -               -          -
workspaceTotals:read      workspace       versions   workspace       workspace  -                    -               -               -          -
progress:read             workspace       versions   workspace       workspace  -                    published       published       published  -
quality:read              workspace       -          workspace       workspace  -                    -               -               -          -
articulation:convert      -               -          house           -          -                    -               -               -          -
articulationConversion:read workspace     -          workspace       workspace  -                    -               -               -          -
reminderRule:read         workspace       -          workspace       workspace  -                    -               -               -          -
reminderRule:create       -               -          administrator   -          -                    -               -               -          -
reminderRule:update       -               -          administrator   -          -                    -               -               -          -
reminderRule:delete       -               -          administrator   -          -                    -               -               -          -
reminder:read             workspace       -          workspace       workspace  -                    -               -               -          -
journalEntry:read         workspace       -          workspace       -          -                    -               -               -          -
"""  # noqa: E501

ONLY: dict[tuple[str, str], frozenset[str]] = {
    ("titles", "plan"): frozenset({"workspace_id", "plan_type_id", "organisation_id", "title", "levels", "strands",
                                   "starts_on", "ends_on", "is_archived"}),
    ("titles", "objective"): frozenset({"workspace_id", "plan_id", "parent_id", "level", "strand_id", "title",
                                        "own_code", "position", "status"}),
    ("titles", "planAction"): frozenset({"plan_id", "action_id", "label", "own_code", "period_item_id"}),
    ("opinion", "action"): frozenset({"priority", "status_remark"}),
    ("report", "action"): frozenset({"progress", "status_remark"}),
    ("contact", "partner"): frozenset({"contact_name", "contact_email"}),
    ("contact", "organisation"): frozenset({"email", "website"}),
}  # fmt: skip
"""Groups that name the only fields a permission covers."""

ESTIMATES = ("estimate", "estimate_low", "estimate_high")
"""What an action is thought to cost before it has budget lines: an idea of the house, not told outside it."""

ALL_BUT: dict[tuple[str, str], frozenset[str]] = {
    ("noted", "action"): frozenset({"internal_note"}),
    ("council", "action"): frozenset({"internal_note", *ESTIMATES, "audience"}),
    ("partner", "action"): frozenset(
        {"internal_note", *ESTIMATES, "priority", "audience", "full_time_equivalents", "responsibilities",
         "finding_ids",
         "warnings"}
    ),
    ("public", "action"): frozenset({"internal_note", *ESTIMATES, "audience", "full_time_equivalents", "status_reason",
                                     "health_reason", "responsibilities", "postponements", "planned_end_reason",
                                     "finding_ids"}),
    ("public", "partnership"): frozenset({"note", "may_report_progress", "agreement_id", "contributions"}),
    ("declared", "dpcItem"): frozenset({"is_covered"}),
    ("council", "partnership"): frozenset({"note", "may_report_progress"}),
    ("council", "agreement"): frozenset({"remark", "warnings"}),
    ("party", "agreement"): frozenset({"remark", "warnings"}),
    ("council", "indicator"): frozenset({"contributes_to_ids"}),
    ("partner", "indicator"): frozenset({"contributes_to_ids"}),
    ("public", "indicator"): frozenset({"contributes_to_ids"}),
    ("partner", "measurement"): frozenset({"author_person_id", "warnings"}),
    ("council", "followUp"): frozenset({"author_person_id"}),
    ("partner", "followUp"): frozenset({"author_person_id"}),
    ("public", "followUp"): frozenset({"author_person_id", "author_role", "health_reason"}),
    ("partner", "actionLink"): frozenset({"note"}),
    ("public", "actionLink"): frozenset({"note"}),
    ("partner", "decision"): frozenset({"note"}),
    ("public", "decision"): frozenset({"note"}),
    ("colleague", "account"): frozenset({"global_role"}),
}  # fmt: skip
"""Groups that name the fields a permission does not cover."""
