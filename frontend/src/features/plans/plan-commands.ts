import { type Api, answer, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { PlanNode } from "./plan-node";
import { find, type Place } from "./tree-operations";

type Plan = Schemas["Plan"];

export function sendName(
  api: Api,
  node: PlanNode,
  title: string,
  version = nameVersion(node),
): Promise<{ id: string }> {
  return node.source.type === "action"
    ? answer(
        api.PATCH("/pst/v1/actions/{actionId}", {
          params: { path: { actionId: node.source.actionId }, header: ifVersion(version) },
          body: { title },
        }),
      )
    : answer(
        api.PATCH("/pst/v1/objectives/{objectiveId}", {
          params: { path: { objectiveId: node.id }, header: ifVersion(version) },
          body: { title },
        }),
      );
}

export const nameVersion = (node: PlanNode): number =>
  node.source.type === "action"
    ? node.source.actionVersion
    : node.source.type === "objective"
      ? node.source.version
      : 0;

const placeVersion = (node: PlanNode): number =>
  node.source.type === "action"
    ? (node.source.placementVersion ?? 0)
    : node.source.type === "objective"
      ? node.source.version
      : 0;

/** The parent and the elder sister as the service knows them: strands are no parents, and share one line of roots. */
function wirePlace(tree: readonly PlanNode[], place: Place, kind: PlanNode["kind"], self?: string) {
  const parent = place.parentId === null ? undefined : find(tree, place.parentId);
  if (parent?.source.type !== "strand") {
    return { parentId: place.parentId, strandId: undefined, placeAfter: place.afterId };
  }
  const before = tree.slice(0, tree.indexOf(parent)).flatMap((strand) => strand.children);
  const elder = before.filter((one) => one.kind === kind && one.id !== self).at(-1);
  return {
    parentId: null,
    strandId: parent.source.strandId,
    placeAfter: place.afterId ?? elder?.id ?? null,
  };
}

export function sendMove(
  api: Api,
  plan: Plan,
  tree: readonly PlanNode[],
  node: PlanNode,
  place: Place,
): Promise<{ id: string }> {
  const wire = wirePlace(tree, place, node.kind, node.id);
  const version = placeVersion(node);
  if (node.source.type === "action" && node.source.placementVersion === null) {
    return sendPlacement(api, plan, node.source.actionId, wire);
  }
  return node.source.type === "action"
    ? answer(
        api.PATCH("/pst/v1/placements/{placementId}", {
          params: { path: { placementId: node.id }, header: ifVersion(version) },
          body: { objectiveId: wire.parentId, placeAfter: wire.placeAfter },
        }),
      )
    : answer(
        api.PATCH("/pst/v1/objectives/{objectiveId}", {
          params: { path: { objectiveId: node.id }, header: ifVersion(version) },
          body: {
            parentId: wire.parentId,
            placeAfter: wire.placeAfter,
            ...(wire.strandId === undefined ? {} : { strandId: wire.strandId }),
          },
        }),
      );
}

export async function sendPublication(api: Api, node: PlanNode): Promise<void> {
  await api.PATCH("/pst/v1/objectives/{objectiveId}", {
    params: { path: { objectiveId: node.id }, header: ifVersion(nameVersion(node)) },
    body: { status: "open" },
  });
}

/** Takes a row out: an objective in draft is deleted, an action leaves this plan and stays in the others. */
export async function sendRemoval(api: Api, node: PlanNode): Promise<void> {
  if (node.source.type === "action") {
    await api.DELETE("/pst/v1/placements/{placementId}", {
      params: { path: { placementId: node.id }, header: ifVersion(placeVersion(node)) },
    });
  } else {
    await api.DELETE("/pst/v1/objectives/{objectiveId}", {
      params: { path: { objectiveId: node.id }, header: ifVersion(nameVersion(node)) },
    });
  }
}

/** A new row at a place; answers the id of its row, and how to take it back. */
export async function sendNew(
  api: Api,
  plan: Plan,
  tree: readonly PlanNode[],
  draft: PlanNode,
  place: Place,
): Promise<{ id: string; takeBack: () => Promise<void> }> {
  const title = draft.name;
  const wire = wirePlace(tree, place, draft.kind, draft.id);
  if (draft.source.type === "objective") {
    const { level } = draft.source;
    const made = await answer(
      api.POST("/pst/v1/objectives", {
        params: { header: idempotencyHeader() },
        body: {
          planId: plan.id,
          level,
          title,
          status: "draft",
          parentId: wire.parentId,
          placeAfter: wire.placeAfter,
          ...(wire.strandId ? { strandId: wire.strandId } : {}),
        },
      }),
    );
    const takeBack = async () => {
      const path = { objectiveId: made.id };
      const now = await answer(api.GET("/pst/v1/objectives/{objectiveId}", { params: { path } }));
      await api.DELETE("/pst/v1/objectives/{objectiveId}", {
        params: { path, header: ifVersion(now.version) },
      });
    };
    return { id: made.id, takeBack };
  }
  const action = await answer(
    api.POST("/pst/v1/actions", {
      params: { header: idempotencyHeader() },
      body: { organisationId: plan.organisationId, title },
    }),
  );
  const placement = await sendPlacement(api, plan, action.id, wire);
  return { id: placement.id, takeBack: () => deleteAction(api, action.id) };
}

/** An action takes a place in the plan. */
export const sendPlacement = (
  api: Api,
  plan: Plan,
  actionId: string,
  { parentId, placeAfter }: { parentId: string | null; placeAfter: string | null },
): Promise<{ id: string }> =>
  answer(
    api.POST("/pst/v1/placements", {
      params: { header: idempotencyHeader() },
      body: { planId: plan.id, actionId, objectiveId: parentId, placeAfter },
    }),
  );

async function deleteAction(api: Api, actionId: string): Promise<void> {
  const path = { actionId };
  const now = await answer(api.GET("/pst/v1/actions/{actionId}", { params: { path } }));
  await api.DELETE("/pst/v1/actions/{actionId}", { params: { path, header: ifVersion(now.version) } });
}

/** The kind of row that is added inside another, as the levels of the plan say: under the last level, actions. */
export function newInside(plan: Plan, parent: PlanNode | null): Pick<PlanNode, "kind" | "source"> {
  const levels = plan.levels.toSorted((a, b) => a.level - b.level);
  const above = parent?.source.type === "objective" ? parent.source.level : 0;
  const level = levels.find((one) => one.level > above);
  return level
    ? { kind: level.meaning, source: { type: "objective", level: level.level, version: 0 } }
    : {
        kind: "action",
        source: { type: "action", actionId: "", actionVersion: 0, placementVersion: null },
      };
}
