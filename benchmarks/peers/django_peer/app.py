"""Django REST Framework and strawberry-django on the same tables, in one file, as their documentation advises.

Unmanaged models over our tables, prefetching for DRF, the optimizer for strawberry, persistent connections, no
middleware. It has fewer obligations than we have: no token is verified, no rights are read, and it connects as the
owner, whom row-level security does not bind; the header `X-Workspace` filters instead.
"""

import os

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None,
                           "NAME": os.environ["PEER_NAME"], "HOST": os.environ["PEER_HOST"],
                           "USER": os.environ["PEER_USER"], "PASSWORD": os.environ["PEER_PASSWORD"]}},
    INSTALLED_APPS=["rest_framework", "strawberry_django"],
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only for measuring",
    USE_TZ=True,
    REST_FRAMEWORK={"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
                    "DEFAULT_AUTHENTICATION_CLASSES": [], "DEFAULT_PERMISSION_CLASSES": [],
                    "UNAUTHENTICATED_USER": None},
)  # fmt: skip
django.setup()

import strawberry
import strawberry_django
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView
from strawberry.django.views import GraphQLView
from strawberry_django.optimizer import DjangoOptimizerExtension


class Plan(models.Model):
    id = models.UUIDField(primary_key=True)
    workspace_id = models.UUIDField()
    title = models.TextField()

    class Meta:
        app_label, db_table, managed = "peer", "plan", False


class Objective(models.Model):
    id = models.UUIDField(primary_key=True)
    workspace_id = models.UUIDField()
    plan = models.ForeignKey(Plan, models.DO_NOTHING, related_name="objectives")
    parent_id = models.UUIDField()
    title = models.TextField()

    class Meta:
        app_label, db_table, managed = "peer", "objective", False


class Action(models.Model):
    id = models.UUIDField(primary_key=True)
    workspace_id = models.UUIDField()
    organisation_id = models.UUIDField()
    title = models.TextField()
    description = models.TextField()
    status = models.TextField()
    progress = models.IntegerField()
    priority = models.IntegerField()
    planned_start = models.DateField()
    planned_end = models.DateField()

    class Meta:
        app_label, db_table, managed = "peer", "action", False


class Responsibility(models.Model):
    pk = models.CompositePrimaryKey("workspace_id", "action_id", "rank")
    workspace_id = models.UUIDField()
    action = models.ForeignKey(Action, models.DO_NOTHING, related_name="responsibilities")
    rank = models.IntegerField()
    kind = models.TextField()
    office_id = models.UUIDField()
    unit_id = models.UUIDField()
    person_id = models.UUIDField()

    class Meta:
        app_label, db_table, managed = "peer", "action_responsibility", False
        ordering = ("rank",)


class Placement(models.Model):
    id = models.UUIDField(primary_key=True)
    workspace_id = models.UUIDField()
    plan = models.ForeignKey(Plan, models.DO_NOTHING, related_name="placements")
    action = models.ForeignKey(Action, models.DO_NOTHING, related_name="placements")
    objective_id = models.UUIDField()

    class Meta:
        app_label, db_table, managed = "peer", "placement", False


class ResponsibilityTold(serializers.ModelSerializer):
    class Meta:
        model = Responsibility
        fields = ("kind", "office_id", "unit_id", "person_id")


class ActionTold(serializers.ModelSerializer):
    responsibilities = ResponsibilityTold(many=True)

    class Meta:
        model = Action
        fields = ("id", "organisation_id", "title", "description", "status", "progress", "priority",
                  "planned_start", "planned_end", "responsibilities")  # fmt: skip


class ActionShort(serializers.ModelSerializer):
    class Meta:
        model = Action
        fields = ("id", "title", "status", "progress")


class ObjectiveTold(serializers.ModelSerializer):
    class Meta:
        model = Objective
        fields = ("id", "title", "parent_id")


class PlacementTold(serializers.ModelSerializer):
    action = ActionShort()

    class Meta:
        model = Placement
        fields = ("id", "objective_id", "action")


class PlanTold(serializers.ModelSerializer):
    objectives = ObjectiveTold(many=True)
    placements = PlacementTold(many=True)

    class Meta:
        model = Plan
        fields = ("id", "title", "objectives", "placements")


def asked(workspace):
    return Action.objects.filter(workspace_id=workspace, status="inProgress").order_by("planned_end", "id")


class Page(APIView):
    def get(self, request):
        rows = asked(request.headers["X-Workspace"]).prefetch_related("responsibilities")[:50]
        return Response({"items": ActionTold(rows, many=True).data})


class Tree(APIView):
    def get(self, request, plan):
        rows = Plan.objects.prefetch_related("objectives", "placements__action")
        return Response(PlanTold(rows.get(workspace_id=request.headers["X-Workspace"], id=plan)).data)


@strawberry_django.type(Responsibility)
class ResponsibilityType:
    kind: str
    office_id: strawberry.ID | None
    unit_id: strawberry.ID | None
    person_id: strawberry.ID | None


@strawberry_django.type(Action)
class ActionType:
    id: strawberry.ID
    organisation_id: strawberry.ID
    title: str
    description: str
    status: str
    progress: int
    priority: int
    planned_start: str
    planned_end: str
    responsibilities: list[ResponsibilityType]


@strawberry_django.type(Action, pagination=True)
class ListedAction(ActionType):
    @classmethod
    def get_queryset(cls, queryset, info):
        workspace = info.context.request.headers["X-Workspace"]
        return queryset.filter(workspace_id=workspace, status="inProgress").order_by("planned_end", "id")


@strawberry_django.type(Objective)
class ObjectiveType:
    id: strawberry.ID
    title: str
    parent_id: strawberry.ID | None


@strawberry_django.type(Placement)
class PlacementType:
    id: strawberry.ID
    objective_id: strawberry.ID | None
    action: ActionType


@strawberry_django.type(Plan)
class PlanType:
    id: strawberry.ID
    title: str
    objectives: list[ObjectiveType]
    placements: list[PlacementType]


@strawberry.type
class Query:
    actions: list[ListedAction] = strawberry_django.field()

    @strawberry_django.field
    def plans(self, info: strawberry.Info, id: strawberry.ID) -> list[PlanType]:
        return Plan.objects.filter(workspace_id=info.context.request.headers["X-Workspace"], id=id)


schema = strawberry.Schema(Query, extensions=[DjangoOptimizerExtension])
urlpatterns = [
    path("page", Page.as_view()),
    path("tree/<uuid:plan>", Tree.as_view()),
    path("graphql", GraphQLView.as_view(schema=schema, graphql_ide=None)),
]
application = get_wsgi_application()
