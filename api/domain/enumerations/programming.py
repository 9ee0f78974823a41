"""The closed word lists of programming periods, their checklists and their counts, in their one spelling."""

from enum import StrEnum


class CountsAs(StrEnum):
    """What a kind of revenue is in the subsidy rule of a period."""

    SUBSIDY = "subsidy"
    LOCAL_SHARE = "localShare"
    NEITHER = "neither"


class Certainty(StrEnum):
    """How sure a date is: decided, or only announced."""

    CONFIRMED = "confirmed"
    ANNOUNCED = "announced"


class Requirement(StrEnum):
    """What a programming period may ask of the diagnostic and of the plan."""

    FINDINGS_MADE = "findingsMade"
    FINDINGS_DATED = "findingsDated"
    PARTNERS_HEARD = "partnersHeard"
    FINDINGS_ANSWERED = "findingsAnswered"
    RIGHTS_FOUND = "rightsFound"
    RIGHTS_SERVED = "rightsServed"
    ACTIONS_CODED = "actionsCoded"
    PARTNERS_BOUND = "partnersBound"
    LOCAL_SHARE_MET = "localShareMet"
    COMMITTEE_NAMED = "committeeNamed"


class ChecklistReason(StrEnum):
    """Why a line of a checklist is met, not met or not applicable."""

    ALL_THERE = "allThere"
    TOO_FEW = "tooFew"
    SOME_LACK_IT = "someLackIt"
    NOT_ASKED = "notAsked"
    NOTHING_TO_JUDGE = "nothingToJudge"


class AgreementState(StrEnum):
    """How far an agreement is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SIGNED = "signed"
    ENDED = "ended"
    TERMINATED = "terminated"


class Counted(StrEnum):
    """What is counted of those whom an action reaches: the two are never added together."""

    PERSONS = "persons"
    ATTENDANCES = "attendances"


class ChecklistState(StrEnum):
    """Whether what a period asks is met."""

    MET = "met"
    NOT_MET = "notMet"
    NOT_APPLICABLE = "notApplicable"
