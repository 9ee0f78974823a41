"""Our tables as Django's models: unmanaged, and read only.

Rows of an array have a key of several columns. They are only read here, always through their parent, so one column
stands for the key: with Django's composite keys the optimizer of strawberry-django would ask once per parent.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Row(models.Model):
    """What every document has."""

    id = models.UUIDField(primary_key=True)
    workspace_id = models.UUIDField()
    version = models.IntegerField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True


def table(name):
    return type("Meta", (), {"db_table": name, "managed": False})


def parent(model, name):
    return models.ForeignKey(model, models.DO_NOTHING, related_name=name)


def text():
    return models.TextField(null=True)


class Plan(Row):
    title = models.TextField()
    Meta = table("plan")


class Objective(Row):
    plan = parent(Plan, "objectives")
    parent_id = models.UUIDField(null=True)
    level = models.IntegerField()
    strand_id = models.UUIDField(null=True)
    status = models.TextField()
    title = models.TextField()
    own_code = text()
    priority = models.IntegerField(null=True)
    due_by = models.DateField(null=True)
    covers_plan_id = models.UUIDField(null=True)
    period_item_id = models.UUIDField(null=True)
    Meta = table("objective")


class ObjectiveDomain(models.Model):
    objective = parent(Objective, "domains")
    domain_id = models.UUIDField(primary_key=True)
    Meta = table("objective_domain")


class ObjectiveSdg(models.Model):
    objective = parent(Objective, "sdgs")
    number = models.IntegerField(primary_key=True)
    Meta = table("objective_sdg")


class Action(Row):
    organisation_id = models.UUIDField()
    parent_id = models.UUIDField(null=True)
    title = models.TextField()
    description = text()
    kind = models.TextField()
    status = models.TextField()
    status_remark = text()
    status_reason = text()
    progress = models.IntegerField(null=True)
    health = text()
    health_reason = text()
    priority = models.IntegerField(null=True)
    department = text()
    is_synergy = models.BooleanField()
    audience = models.TextField()
    planned_start = models.DateField(null=True)
    planned_start_precision = text()
    planned_start_text = text()
    planned_end = models.DateField(null=True)
    planned_end_precision = text()
    planned_end_text = text()
    actual_start = models.DateField(null=True)
    actual_end = models.DateField(null=True)
    is_on_roadmap = models.BooleanField()
    full_time_equivalents = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    estimate = text()
    internal_note = text()
    places = ArrayField(models.TextField())
    keywords = ArrayField(models.TextField())
    postponements = models.IntegerField()
    is_archived = models.BooleanField()
    Meta = table("action")


class Responsibility(models.Model):
    action = parent(Action, "responsibilities")
    rank = models.IntegerField(primary_key=True)
    kind = models.TextField()
    office_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    Meta = table("action_responsibility")


class ActionDomain(models.Model):
    action = parent(Action, "domains")
    domain_id = models.UUIDField(primary_key=True)
    Meta = table("action_domain")


class ActionSdg(models.Model):
    action = parent(Action, "sdgs")
    number = models.IntegerField(primary_key=True)
    Meta = table("action_sdg")


class ActionFinding(models.Model):
    action = parent(Action, "findings")
    finding_id = models.UUIDField(primary_key=True)
    Meta = table("action_finding")


class PlanAction(Row):
    plan = parent(Plan, "plan_actions")
    action = parent(Action, "plan_actions")
    label = text()
    own_code = text()
    period_item_id = models.UUIDField(null=True)
    Meta = table("plan_action")


class Placement(Row):
    plan = parent(Plan, "placements")
    action = parent(Action, "placements")
    objective_id = models.UUIDField(null=True)
    weight = models.IntegerField()
    is_main = models.BooleanField()
    Meta = table("placement")


ACTION = (
    "id", "organisation_id", "parent_id", "title", "description", "kind", "status", "status_remark", "status_reason",
    "progress", "health", "health_reason", "priority", "department", "is_synergy", "audience", "planned_start",
    "planned_start_precision", "planned_start_text", "planned_end", "planned_end_precision", "planned_end_text",
    "actual_start", "actual_end", "is_on_roadmap", "full_time_equivalents", "estimate", "internal_note", "places",
    "keywords", "postponements", "is_archived", "version", "created_at", "updated_at",
)  # fmt: skip
FEW = ("id", "organisation_id", "title", "description", "status", "progress", "priority", "planned_start",
       "planned_end")  # fmt: skip
BEARER = ("kind", "office_id", "unit_id", "person_id")
IN_TREE = (
    "id", "title", "kind", "status", "progress", "health", "priority", "department", "is_synergy", "organisation_id",
    "parent_id", "planned_start", "planned_end", "planned_end_precision", "is_on_roadmap", "is_archived", "version",
)  # fmt: skip
OBJECTIVE = ("id", "parent_id", "level", "strand_id", "status", "title", "own_code", "priority", "due_by",
             "covers_plan_id", "period_item_id", "version")  # fmt: skip
PLACEMENT = ("id", "action_id", "objective_id", "weight", "is_main", "version")
