"""The closed word lists of the domain, in their one spelling (stored, REST and GraphQL alike)."""

from enum import StrEnum


class WorkspaceKind(StrEnum):
    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    GROUP = "group"


class OrganisationKind(StrEnum):
    MUNICIPALITY = "municipality"
    CPAS = "cpas"
    POLICE_ZONE = "policeZone"
    RESCUE_ZONE = "rescueZone"
    INTERMUNICIPAL_COMPANY = "intermunicipalCompany"
    PROJECT_ASSOCIATION = "projectAssociation"
    CHAPTER_XII_ASSOCIATION = "chapterXiiAssociation"
    MUNICIPAL_NONPROFIT = "municipalNonprofit"
    NONPROFIT = "nonprofit"
    MUNICIPAL_AGENCY = "municipalAgency"
    AUTONOMOUS_AGENCY = "autonomousAgency"
    PUBLIC_HOUSING_COMPANY = "publicHousingCompany"
    SOCIAL_RENTAL_AGENCY = "socialRentalAgency"
    LOCAL_DEVELOPMENT_AGENCY = "localDevelopmentAgency"
    LOCAL_ACTION_GROUP = "localActionGroup"
    PUBLIC_TRANSPORT_OPERATOR = "publicTransportOperator"
    PROVINCE = "province"
    REGION = "region"
    COMMUNITY = "community"
    FEDERAL = "federal"
    EU = "eu"
    REGIONAL_BODY = "regionalBody"
    SCHOOL = "school"
    BUSINESS = "business"
    CITIZENS_GROUP = "citizensGroup"


class Civility(StrEnum):
    MADAM = "madam"
    SIR = "sir"


class PersonKind(StrEnum):
    MANDATARY = "mandatary"
    AGENT = "agent"
    CONTACT = "contact"


class OfficeKind(StrEnum):
    MAYOR = "mayor"
    ALDERMAN = "alderman"
    CPAS_PRESIDENT = "cpasPresident"
    DIRECTOR_GENERAL = "directorGeneral"
    FINANCE_DIRECTOR = "financeDirector"
    PST_COORDINATOR = "pstCoordinator"
    PCS_PROJECT_LEAD = "pcsProjectLead"
    HEAD_OF_UNIT = "headOfUnit"
    COUNCILLOR = "councillor"
    OTHER = "other"


class StrandMeaning(StrEnum):
    INTERNAL = "internal"
    EXTERNAL = "external"
    OTHER = "other"


class LevelMeaning(StrEnum):
    ABOVE = "above"
    STRATEGIC = "strategic"
    OPERATIONAL = "operational"
    AXIS = "axis"
    THEME = "theme"
    MEASURE = "measure"


class PeriodItemKind(StrEnum):
    AXIS = "axis"
    THEME = "theme"
    RIGHT = "right"
    ACTION_CODE = "actionCode"


class ObjectiveStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ABANDONED = "abandoned"


class ActionKind(StrEnum):
    PROJECT = "project"
    PERENNIAL = "perennial"
    RECURRING = "recurring"
    OUT_OF_SCOPE = "outOfScope"


class Health(StrEnum):
    GOOD = "good"
    AT_RISK = "atRisk"
    BLOCKED = "blocked"


class Department(StrEnum):
    MUNICIPALITY = "municipality"
    CPAS = "cpas"
    BOTH = "both"


class Audience(StrEnum):
    """How far a thing reaches, from the narrowest circle to everybody."""

    RESTRICTED = "restricted"
    COLLEGE = "college"
    ADMINISTRATION = "administration"
    PARTNERS = "partners"
    COUNCIL = "council"
    PUBLIC = "public"


OPEN_AUDIENCES = (Audience.ADMINISTRATION, Audience.PARTNERS, Audience.COUNCIL, Audience.PUBLIC)
"""The audiences that reach every house of the workspace."""


class DatePrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"
    TERM = "term"
    CONTINUOUS = "continuous"
    UNDETERMINED = "undetermined"


class ResponsibilityKind(StrEnum):
    MANDATARY = "mandatary"
    LEAD = "lead"
    MANAGING_UNIT = "managingUnit"
    OWNER = "owner"
    PARTNER_UNIT = "partnerUnit"


class EditionStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Delivery(StrEnum):
    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    BOTH = "both"


class PlacementState(StrEnum):
    ACTIVE = "active"
    RESTING = "resting"


class ActionLinkKind(StrEnum):
    PART_OF = "partOf"
    CONTRIBUTES_TO = "contributesTo"
    DEPENDS_ON = "dependsOn"
    RELATED = "related"


class PartnershipRole(StrEnum):
    PILOT = "pilot"
    CONTRIBUTOR = "contributor"
    FUNDER = "funder"
    CONSULTED = "consulted"
    INFORMED = "informed"


class PartnershipState(StrEnum):
    PLANNED = "planned"
    PROPOSED = "proposed"
    AGREED = "agreed"
    ENDED = "ended"


class BudgetSource(StrEnum):
    EUROPE = "europe"
    FEDERAL = "federal"
    WALLONIA = "wallonia"
    COMMUNITY = "community"
    PROVINCE = "province"
    MUNICIPALITY = "municipality"
    OTHER = "other"


class BudgetService(StrEnum):
    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class BudgetNature(StrEnum):
    EXPENSE = "expense"
    REVENUE = "revenue"


class BudgetCategory(StrEnum):
    STAFF = "staff"
    RUNNING = "running"
    INVESTMENT = "investment"
    TRANSFER = "transfer"


class IndicatorKind(StrEnum):
    """What an indicator tells of: what was made, what came of it, what it changed."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


class IndicatorNature(StrEnum):
    MEASURE = "measure"
    MILESTONE = "milestone"


class IndicatorQuantity(StrEnum):
    """What the figures of a measure are: persons counted once each are never mixed with attendances."""

    NUMBER = "number"
    PERCENTAGE = "percentage"
    DISTINCT_PERSONS = "distinctPersons"
    ATTENDANCES = "attendances"


class IndicatorDirection(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class MeasuringFrequency(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "halfYearly"
    YEARLY = "yearly"
    ONCE = "once"


class MilestoneState(StrEnum):
    PLANNED = "planned"
    PARTLY = "partly"
    DONE = "done"


class Organ(StrEnum):
    CODIR = "codir"
    COLLEGE = "college"
    COUNCIL = "council"
    BUREAU = "bureau"
    GOVERNMENT = "government"
    ADMINISTRATION = "administration"


class ActKind(StrEnum):
    PREPARED = "prepared"
    ADOPTED = "adopted"
    PRESENTED = "presented"
    ACKNOWLEDGED = "acknowledged"
    VOTED = "voted"
    SENT = "sent"
    APPROVED = "approved"
    PUBLISHED = "published"


class ProgressWeighting(StrEnum):
    """How the progress of an objective or plan weighs the actions it is the mean of."""

    EQUAL = "equal"
    BUDGET = "budget"
    EXPLICIT = "explicit"


class Numbering(StrEnum):
    HIERARCHICAL = "hierarchical"
    OWN_CODES = "ownCodes"
