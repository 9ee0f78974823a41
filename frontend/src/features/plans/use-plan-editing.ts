import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useApi } from "@/api/acting";
import type { Schemas } from "@/api/contract";
import { Problem } from "@/api/problem";
import { treeQuery } from "@/api/shared";
import { showToast } from "@/ui/toasts";
import { useWords } from "@/words";
import { newInside, sendMove, sendName, sendNew, sendPublication, sendRemoval } from "./plan-commands";
import type { PlanNode } from "./plan-node";
import { blank } from "./plan-view";
import {
  change,
  find,
  type Place,
  placeNow,
  plant,
  relocate,
  sameRank,
  unknownCode,
} from "./tree-operations";

type Rows = readonly PlanNode[];

/** What could not be done, and how to do it all the same where that is possible. */
export interface Refused {
  node: PlanNode;
  problem: Problem;
  again?: (() => void) | undefined;
}

interface Source {
  plan: Schemas["Plan"] | undefined;
  nodes: Rows | undefined;
  toNodes: (tree: Schemas["PlanTree"]) => Rows;
}

/**
 * The changes of a tree: shown at once, sent one after the other, then read again, since numbers come from the service.
 * What the service refuses is taken back and told.
 */
export function usePlanEditing({ plan, nodes, toNodes }: Source) {
  const { api, actor } = useApi();
  const { t } = useWords();
  const client = useQueryClient();
  const [pending, setPending] = useState<readonly ((rows: Rows) => Rows)[]>([]);
  const [draft, setDraft] = useState<{ node: PlanNode; place: Place } | null>(null);
  const [focusOn, setFocusOn] = useState<string | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const queue = useRef(Promise.resolve());
  const latest = useRef<Rows>([]);
  useEffect(() => {
    latest.current = nodes ?? [];
  }, [nodes]);

  const shown = useMemo(() => {
    const rows = pending.reduce((all, apply) => apply(all), nodes ?? []);
    return draft ? plant(rows, draft.node, draft.place) : rows;
  }, [nodes, pending, draft]);

  const readAgain = async (): Promise<Rows> => {
    if (!plan) return [];
    const fresh = await client.fetchQuery({ ...treeQuery(api, actor, plan.id), staleTime: 0 });
    latest.current = toNodes(fresh);
    return latest.current;
  };

  /** Shows `apply` until `send` is done and the tree read again; `then` hears of success. */
  function perform<T>(
    node: PlanNode,
    apply: (rows: Rows) => Rows,
    send: (rows: Rows) => Promise<T>,
    then: (rows: Rows, made: T) => void,
    again?: () => void,
  ): void {
    setRefused(null);
    setPending((before) => [...before, apply]);
    queue.current = queue.current.then(async () => {
      try {
        const made = await send(latest.current);
        then(await readAgain(), made);
      } catch (error) {
        const problem = error instanceof Problem ? error : new Problem(0, {});
        setRefused({ node, problem, again: problem.code === "preconditionFailed" ? again : undefined });
        await readAgain().catch(() => undefined);
      } finally {
        setPending((before) => before.filter((one) => one !== apply));
      }
    });
  }

  const present = (rows: Rows, id: string): PlanNode => {
    const node = find(rows, id);
    if (!node) throw new Problem(404, { detail: t("plans.gone") });
    return node;
  };

  const rename = (node: PlanNode, name: string, isUndo = false): void =>
    perform(
      node,
      (rows) => change(rows, node.id, { name }),
      (rows) => sendName(api, present(rows, node.id), name),
      () =>
        showToast(t("plans.renamed", { name }), isUndo ? {} : { undo: () => rename(node, node.name, true) }),
      () => rename(node, name),
    );

  const moveTo = (node: PlanNode, place: Place, isUndo = false): void => {
    if (!plan) return;
    const before = placeNow(shown, node);
    if (!isUndo && before.parentId === place.parentId && before.afterId === place.afterId) return;
    const isTakenIn = node.source.type === "action" && node.source.placementVersion === null;
    perform(
      node,
      (rows) => relocate(rows, node.id, place),
      (rows) => sendMove(api, plan, rows, present(rows, node.id), place),
      (rows, made) => {
        const moved = find(rows, made.id);
        if (isTakenIn) setFocusOn(made.id);
        const undo = () => {
          if (!moved) return;
          if (isTakenIn) remove(moved, true);
          else moveTo(moved, before, true);
        };
        const code = moved?.code ?? "";
        const said = code
          ? t("plans.moved", { name: node.name, code })
          : t("plans.movedUnnumbered", { name: node.name });
        showToast(said, isUndo ? {} : { undo });
      },
    );
  };

  const remove = (node: PlanNode, isUndo = false): void => {
    if (!plan) return;
    const before = placeNow(shown, node);
    const { source } = node;
    perform(
      node,
      (rows) => relocateOut(rows, node.id),
      (rows) => sendRemoval(api, present(rows, node.id)),
      (rows) => {
        const left = source.type === "action" ? find(rows, source.actionId) : undefined;
        const undo = left && !isUndo ? { undo: () => moveTo(left, before, true) } : {};
        showToast(t(left ? "plans.detached" : "plans.removed", { name: node.name }), undo);
      },
    );
  };

  const publish = (node: PlanNode) =>
    perform(
      node,
      (rows) => change(rows, node.id, { isDraft: false }),
      (rows) => sendPublication(api, present(rows, node.id)),
      () => showToast(t("plans.published", { name: node.name })),
    );

  const add = (node: PlanNode | null, where: "inside" | "after") => {
    if (!plan) return;
    const kind = where === "after" && node ? { kind: node.kind, source: node.source } : newInside(plan, node);
    const fresh: PlanNode = { ...blank(`draft-${Date.now()}`, ""), ...kind, code: unknownCode };
    const place: Place =
      where === "after" && node
        ? { ...placeNow(shown, node), afterId: node.id }
        : {
            parentId: node?.id ?? null,
            afterId: (node?.children ?? shown).filter(sameRank(fresh)).at(-1)?.id ?? null,
          };
    setDraft({ node: fresh, place });
  };

  const finishDraft = (name: string | null) => {
    if (!draft || !plan) return;
    setDraft(null);
    if (name === null) {
      setFocusOn(draft.place.afterId ?? draft.place.parentId);
      return;
    }
    const node = { ...draft.node, name };
    perform(
      node,
      (rows) => plant(rows, node, draft.place),
      (rows) => sendNew(api, plan, rows, node, draft.place),
      (rows, made) => {
        setFocusOn(made.id);
        const takeBack = () =>
          perform(
            node,
            (all) => relocateOut(all, made.id),
            made.takeBack,
            () => showToast(t("plans.removed", { name })),
          );
        const code = find(rows, made.id)?.code ?? "";
        showToast(code ? t("plans.added", { name, code }) : t("plans.addedDraft", { name }), {
          undo: takeBack,
        });
      },
    );
  };

  return {
    shown,
    rename,
    moveTo,
    remove,
    publish,
    add,
    draftId: draft?.node.id ?? null,
    finishDraft,
    focusOn,
    setFocusOn,
    refused,
    dismissRefusal: () => setRefused(null),
  };
}

const relocateOut = (rows: Rows, id: string): Rows =>
  rows
    .filter((node) => node.id !== id)
    .map((node) => ({ ...node, children: relocateOut(node.children, id) }));
