"""Django REST Framework and strawberry-django on the same tables, as their documentation advises.

Prefetching for DRF, the optimizer for strawberry, persistent connections, no middleware. Each answer owes what ours
owes (`entering.py`), except our rules about drafts and audiences: what a tenant has, it is shown.
"""

import os

import django
from django.conf import settings
from psycopg import IsolationLevel

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None,
                           "NAME": os.environ["PEER_NAME"], "HOST": os.environ["PEER_HOST"],
                           "USER": os.environ["PEER_USER"], "PASSWORD": os.environ["PEER_PASSWORD"],
                           "OPTIONS": {"isolation_level": IsolationLevel.REPEATABLE_READ}}},
    INSTALLED_APPS=["rest_framework", "strawberry_django", "peer"],
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
from django.urls import path
from entering import entered
from peer import models as tables
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView
from strawberry import auto
from strawberry.django.views import GraphQLView
from strawberry_django.optimizer import DjangoOptimizerExtension


def told(of, names, **more):
    """A serializer of these columns, and of what is nested."""
    meta = type("Meta", (), {"model": of, "fields": (*names, *more)})
    return type(f"{of.__name__}Told", (serializers.ModelSerializer,), {"Meta": meta, **more})


def values(column, source=None):
    return serializers.SlugRelatedField(slug_field=column, source=source, many=True, read_only=True)


Bearer = told(tables.Responsibility, tables.BEARER)
ActionFew = told(tables.Action, tables.FEW, responsibilities=Bearer(many=True))
ActionTold = told(
    tables.Action, tables.ACTION, responsibilities=Bearer(many=True), domain_ids=values("domain_id", "domains"),
    sdgs=values("number"), finding_ids=values("finding_id", "findings"),
)  # fmt: skip
PlanTold = told(
    tables.Plan, ("id", "title"),
    objectives=told(
        tables.Objective, tables.OBJECTIVE, domain_ids=values("domain_id", "domains"), sdgs=values("number")
    )(many=True),
    placements=told(tables.Placement, tables.PLACEMENT)(many=True),
    plan_actions=told(
        tables.PlanAction, ("label", "own_code", "period_item_id"), action=told(tables.Action, tables.IN_TREE)()
    )(many=True),
)  # fmt: skip


def asked(request):
    rows = tables.Action.objects.filter(workspace_id=request.workspace, status="inProgress")
    return rows.order_by("planned_end", "id")


class Few(APIView):
    def get(self, request):
        return Response({"items": ActionFew(asked(request).prefetch_related("responsibilities")[:50], many=True).data})


class Page(APIView):
    def get(self, request):
        rows = asked(request).prefetch_related("responsibilities", "domains", "sdgs", "findings")
        return Response({"items": ActionTold(rows[:50], many=True).data})


class Tree(APIView):
    def get(self, request, plan):
        rows = tables.Plan.objects.prefetch_related(
            "objectives__domains", "objectives__sdgs", "placements", "plan_actions__action"
        )
        return Response(PlanTold(rows.get(workspace_id=request.workspace, id=plan)).data)


def type_of(of, names, base=None, **more):
    """A strawberry type of these columns, and of what is nested."""
    made = type(f"{of.__name__}Type", (), {"__annotations__": dict.fromkeys(names, auto) | more})
    return strawberry_django.type(of)(made)


ResponsibilityType = type_of(tables.Responsibility, tables.BEARER)
OfActionDomain = type_of(tables.ActionDomain, ("domain_id",))
OfActionSdg = type_of(tables.ActionSdg, ("number",))
OfActionFinding = type_of(tables.ActionFinding, ("finding_id",))
ActionType = type_of(
    tables.Action, tables.ACTION, responsibilities=list[ResponsibilityType], domains=list[OfActionDomain],
    sdgs=list[OfActionSdg], findings=list[OfActionFinding],
)  # fmt: skip
OfObjectiveDomain = type_of(tables.ObjectiveDomain, ("domain_id",))
OfObjectiveSdg = type_of(tables.ObjectiveSdg, ("number",))
ObjectiveType = type_of(tables.Objective, tables.OBJECTIVE, domains=list[OfObjectiveDomain], sdgs=list[OfObjectiveSdg])


@strawberry_django.type(tables.Placement)
class PlacementType:
    id: auto
    action_id: auto = strawberry_django.field(only=["action_id"])  # or each one would be fetched again for it
    objective_id: auto
    weight: auto
    is_main: auto
    version: auto


PlanActionType = type_of(tables.PlanAction, ("label", "own_code", "period_item_id"), action=ActionType)
PlanType = type_of(
    tables.Plan, ("id", "title"), objectives=list[ObjectiveType], placements=list[PlacementType],
    plan_actions=list[PlanActionType],
)  # fmt: skip


@strawberry_django.type(tables.Action, pagination=True)
class ListedAction(ActionType):
    @classmethod
    def get_queryset(cls, queryset, info):
        rows = queryset.filter(workspace_id=info.context.request.workspace, status="inProgress")
        return rows.order_by("planned_end", "id")


@strawberry.type
class Query:
    actions: list[ListedAction] = strawberry_django.field()

    @strawberry_django.field
    def plans(self, info: strawberry.Info, id: strawberry.ID) -> list[PlanType]:
        return tables.Plan.objects.filter(workspace_id=info.context.request.workspace, id=id)


schema = strawberry.Schema(Query, extensions=[DjangoOptimizerExtension])
urlpatterns = [
    path("few", entered(Few.as_view())),
    path("page", entered(Page.as_view())),
    path("tree/<uuid:plan>", entered(Tree.as_view())),
    path("graphql", entered(GraphQLView.as_view(schema=schema, graphql_ide=None))),
]
application = get_wsgi_application()
