"""The closed word lists of the domain, in their one spelling (stored, REST and GraphQL alike)."""

from enum import StrEnum


class WorkspaceKind(StrEnum):
    """Who keeps plans in a workspace."""

    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    GROUP = "group"


class OrganisationKind(StrEnum):
    """What kind of body an organisation is."""

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
    """How a person is addressed."""

    MADAM = "madam"
    SIR = "sir"


class PersonKind(StrEnum):
    """In what quality a workspace knows a person."""

    MANDATARY = "mandatary"
    AGENT = "agent"
    CONTACT = "contact"


class OfficeKind(StrEnum):
    """What kind of charge an office is."""

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
    """What a strand (volet) stands for, whatever the plan calls it."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    OTHER = "other"


class LevelMeaning(StrEnum):
    """What a level of objectives stands for, whatever the plan calls it."""

    ABOVE = "above"
    STRATEGIC = "strategic"
    OPERATIONAL = "operational"
    AXIS = "axis"
    THEME = "theme"
    MEASURE = "measure"


class PeriodItemKind(StrEnum):
    """What an item of a programming period is: an axis, a theme, a right, the code of an action."""

    AXIS = "axis"
    THEME = "theme"
    RIGHT = "right"
    ACTION_CODE = "actionCode"


class ObjectiveStatus(StrEnum):
    """Where an objective stands; whether it was achieved is said by an evaluation."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ABANDONED = "abandoned"


class ActionKind(StrEnum):
    """A project ends; a perennial action has no end and no percentage; a recurring one has an edition each year."""

    PROJECT = "project"
    PERENNIAL = "perennial"
    RECURRING = "recurring"
    OUT_OF_SCOPE = "outOfScope"


class Health(StrEnum):
    """How an action is doing, whatever its progress."""

    GOOD = "good"
    AT_RISK = "atRisk"
    BLOCKED = "blocked"


class Department(StrEnum):
    """Which house carries an action: the commune, its CPAS, or both (a synergy)."""

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
    """How exactly a date is known; the day said is the last one of that span."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"
    TERM = "term"
    CONTINUOUS = "continuous"
    UNDETERMINED = "undetermined"


class ResponsibilityKind(StrEnum):
    """In what way an office, a unit or a person answers for an action."""

    MANDATARY = "mandatary"
    LEAD = "lead"
    MANAGING_UNIT = "managingUnit"
    OWNER = "owner"
    PARTNER_UNIT = "partnerUnit"


class EditionStatus(StrEnum):
    """Whether an edition of a recurring action is planned, was held, or is given up."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Delivery(StrEnum):
    """Whether an action of a PCS serves persons one by one, in groups, or both."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    BOTH = "both"


class PlacementState(StrEnum):
    """Whether a placement counts, or rests since a conversion of the articulation."""

    ACTIVE = "active"
    RESTING = "resting"


class ActionLinkKind(StrEnum):
    """How an action depends on another; the first and the third never form a circle."""

    PART_OF = "partOf"
    CONTRIBUTES_TO = "contributesTo"
    DEPENDS_ON = "dependsOn"
    RELATED = "related"


class PartnershipRole(StrEnum):
    """What part an organisation takes in an action."""

    PILOT = "pilot"
    CONTRIBUTOR = "contributor"
    FUNDER = "funder"
    CONSULTED = "consulted"
    INFORMED = "informed"


class PartnershipState(StrEnum):
    """How far a partnership is; the partner sees the action from `proposed` on."""

    PLANNED = "planned"
    PROPOSED = "proposed"
    AGREED = "agreed"
    ENDED = "ended"


class BudgetSource(StrEnum):
    """Who pays."""

    EUROPE = "europe"
    FEDERAL = "federal"
    WALLONIA = "wallonia"
    COMMUNITY = "community"
    PROVINCE = "province"
    MUNICIPALITY = "municipality"
    OTHER = "other"


class BudgetService(StrEnum):
    """The service of the municipal budget: ordinary or extraordinary."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class BudgetNature(StrEnum):
    """Money that goes out, or money that comes in."""

    EXPENSE = "expense"
    REVENUE = "revenue"


class BudgetCategory(StrEnum):
    """What the money is for."""

    STAFF = "staff"
    RUNNING = "running"
    INVESTMENT = "investment"
    TRANSFER = "transfer"


class Organ(StrEnum):
    """Who decides, or takes note."""

    CODIR = "codir"
    COLLEGE = "college"
    COUNCIL = "council"
    BUREAU = "bureau"
    GOVERNMENT = "government"
    ADMINISTRATION = "administration"


class ActKind(StrEnum):
    """What an organ did with a version of a plan."""

    PREPARED = "prepared"
    ADOPTED = "adopted"
    PRESENTED = "presented"
    ACKNOWLEDGED = "acknowledged"
    VOTED = "voted"
    SENT = "sent"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ProgressWeighting(StrEnum):
    """How the progress of an objective or plan weighs the actions it is the mean of."""

    EQUAL = "equal"
    BUDGET = "budget"
    EXPLICIT = "explicit"


class Numbering(StrEnum):
    """Whether numbers follow from the place in the tree, or are codes of the plan’s own."""

    HIERARCHICAL = "hierarchical"
    OWN_CODES = "ownCodes"
