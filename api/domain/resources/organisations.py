"""Bodies and people: the directory, workspaces, and the registers of a workspace."""

from uuid import UUID

from api.domain.policy import OPEN_TO_MACHINES
from api.domain.resources.base import (
    OWN,
    READS,
    ChildList,
    Derived,
    Filter,
    OwnerKind,
    PartnerView,
    Ref,
    Resource,
    warnings,
)
from api.domain.schemas import organisations as words
from api.domain.schemas.base import Flag, Nis
from api.domain.tables import organisations as tables

ORGANISATION = Resource(
    name="organisation",
    plural="organisations",
    table_model=tables.Organisation,
    fields=words.OrganisationFields,
    owner_kind=OwnerKind.DIRECTORY,
    is_public_as_it_is=True,
    create=words.OrganisationCreate,
    can_delete=False,
    parts={"territory": ChildList(tables.OrganisationTerritory, "organisation_id", ("nis",), Nis)},
    refs={
        "successor_id": Ref("organisation", one="successor", asks=READS),
        "steward_workspace_id": Ref("workspace", one="steward", asks=OWN),
    },
    filters={
        "nis": Filter(
            "exists (select from organisation_territory x where x.organisation_id = {t}.id and x.nis = any({v}))",
            "int[]",
            Nis,
            field="territory",
        )
    },
    search=("name",),
    sorts=("name", "created_at"),
    default_sort=("name",),
    machine_scopes=OPEN_TO_MACHINES,
    of_organisation="{t}.id = {organisation}",
)

WORKSPACE = Resource(
    name="workspace",
    plural="workspaces",
    table_model=tables.Workspace,
    fields=words.WorkspaceFields,
    owner_kind=OwnerKind.DIRECTORY,
    is_public_as_it_is=True,
    create=words.WorkspaceCreate,
    can_delete=False,
    parts={
        "organisations": ChildList(
            tables.WorkspaceOrganisation, "workspace_id", ("organisation_id",), UUID, "organisation", "rank", asks=READS
        )
    },
    derived={},
    search=("name",),
    sorts=("name", "nis"),
    default_sort=("name",),
    immutable=frozenset({"kind"}),
    administered="{t}.id = {workspace}",
    machine_scopes=OPEN_TO_MACHINES,
    workspace_column="id",
    partner_view=PartnerView.WORKSPACE,
)

UNIT = Resource(
    name="unit",
    plural="units",
    table_model=tables.Unit,
    fields=words.UnitFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.UnitCreate,
    refs={
        "organisation_id": Ref("organisation", one="organisation", many="units", asks=OWN),
        "parent_id": Ref("unit", one="parent", many="children", asks="unit:update"),
    },
    search=("name",),
    sorts=("name", "created_at"),
    default_sort=("name",),
    archives=True,
)

HOUSES_OF_PERSON = (
    "select pm.organisation_id from membership pm where pm.workspace_id = {t}.workspace_id and pm.person_id = {t}.id"
    " and pm.ended_at is null"
    " union all select po.organisation_id from office_holding ph join office po on po.workspace_id = ph.workspace_id"
    " and po.id = ph.office_id where ph.workspace_id = {t}.workspace_id and ph.person_id = {t}.id and ph.is_current"
    " union all select pa.organisation_id from action_responsibility pz join action pa"
    " on pa.workspace_id = pz.workspace_id and pa.id = pz.action_id"
    " where pz.workspace_id = {t}.workspace_id and pz.person_id = {t}.id"
)
"""A person is of each house where it may act, holds an office or answers for an action; one that is of none yet may be
kept by the administrators of either."""

WARNINGS_OF_PERSON = warnings(
    {
        "accountLives": "{t}.left_on is not null and exists (select from membership wm join account wa"
        " on wa.id = wm.account_id and wa.disabled_at is null where wm.workspace_id = {t}.workspace_id"
        " and wm.person_id = {t}.id and wm.ended_at is null)"
    }
)
"""Somebody who left may still sign in and act here: `endsMemberships` ends that in the same change."""

PERSON = Resource(
    name="person",
    plural="persons",
    table_model=tables.Person,
    fields=words.PersonFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.PersonFields,
    derived={"warnings": WARNINGS_OF_PERSON},
    patch_more={"ends_memberships": Flag},
    personal=frozenset({"family_name", "given_name", "email", "phone"}),
    commands={"handOver": ("action:update", "objective:update", "task:update")},
    of_house=(f"({{house}} in ({HOUSES_OF_PERSON}) or not exists ({HOUSES_OF_PERSON}))"),
    search=("family_name", "given_name"),
    sorts=("family_name", "created_at"),
    default_sort=("family_name",),
    archives=True,
)

OFFICE = Resource(
    name="office",
    plural="offices",
    table_model=tables.Office,
    fields=words.OfficeFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.OfficeCreate,
    refs={
        "organisation_id": Ref("organisation", one="organisation", asks=OWN),
        "unit_id": Ref("unit", one="unit", many="offices", asks="unit:update"),
    },
    derived={
        "holder_name": Derived(
            "(select concat_ws(' ', p.given_name, p.family_name) from office_holding h join person p"
            " on p.workspace_id = h.workspace_id and p.id = h.person_id"
            " where h.workspace_id = {t}.workspace_id and h.office_id = {t}.id and h.is_current"
            " order by h.starts_on desc limit 1)",
            str | None,
        )
    },
    search=("title", "competences"),
    sorts=("rank", "title"),
    default_sort=("title",),
    archives=True,
)

OFFICE_HOLDING = Resource(
    name="officeHolding",
    plural="officeHoldings",
    table_model=tables.OfficeHolding,
    fields=words.OfficeHoldingFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.OfficeHoldingCreate,
    refs={
        "office_id": Ref("office", one="office", many="holdings", asks=OWN),
        "person_id": Ref("person", one="person", many="holdings", asks=READS),
    },
    sorts=("starts_on",),
    default_sort=("starts_on",),
    of_house=(
        "exists (select from office ho where ho.workspace_id = {t}.workspace_id and ho.id = {t}.office_id"
        " and ho.organisation_id = {house})"
    ),
)

PARTNER = Resource(
    name="partner",
    plural="partners",
    table_model=tables.Partner,
    fields=words.PartnerFields,
    owner_kind=OwnerKind.WORKSPACE,
    create=words.PartnerCreate,
    refs={"organisation_id": Ref("organisation", one="organisation", asks=READS)},
    derived={
        "name": Derived(
            "coalesce({t}.label, (select o.name from organisation o where o.id = {t}.organisation_id))", str
        )
    },
    personal=frozenset({"contact_name", "contact_email"}),
    search=("label",),
    sorts=("label", "created_at"),
    default_sort=("created_at",),
    archives=True,
)

RESOURCES = (ORGANISATION, WORKSPACE, UNIT, PERSON, OFFICE, OFFICE_HOLDING, PARTNER)
