import { type Ref, useState } from "react";
import type { Schemas } from "@/api/contract";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { useWords } from "@/words";
import { expandedAtFirst, rememberExpanded } from "./expanded";
import { MoveDialog } from "./MoveDialog";
import { PlanTree } from "./PlanTree";
import type { PlanFilter } from "./plan-filter";
import type { PlanNode } from "./plan-node";
import { find, placeOf } from "./tree-operations";
import type { usePlanEditing } from "./use-plan-editing";

export interface PlanDeskProps {
  plan: Schemas["Plan"];
  editing: ReturnType<typeof usePlanEditing>;
  mayAdd: boolean;
  filter: PlanFilter;
  onFilter: (filter: PlanFilter) => void;
  searchRef?: Ref<HTMLInputElement>;
  onOpen: (actionId: string) => void;
}

/** The tree of a plan with everything that can be done to it, and what the service answered. */
export function PlanDesk({ plan, editing, mayAdd, filter, onFilter, searchRef, onOpen }: PlanDeskProps) {
  const { t } = useWords();
  const { shown, refused } = editing;
  const [moving, setMoving] = useState<PlanNode | null>(null);
  // Read once: what is unfolded afterwards is the reader's.
  const [atFirst] = useState(() => expandedAtFirst(plan.id, shown));
  return (
    <>
      {refused && (
        <Banner
          tone={refused.problem.code === "preconditionFailed" ? "warning" : "error"}
          title={t(
            refused.problem.code === "preconditionFailed" ? "plans.staleTitle" : "plans.refusedTitle",
            {
              name: refused.node.name,
            },
          )}
          actions={
            <>
              {refused.again && (
                <Button size="small" onPress={refused.again}>
                  {t("plans.again")}
                </Button>
              )}
              <Button size="small" variant="quiet" onPress={editing.dismissRefusal}>
                {t("ui.close")}
              </Button>
            </>
          }
          {...(refused.problem.traceId ? { traceId: refused.problem.traceId } : {})}
        >
          {refused.problem.code === "preconditionFailed"
            ? t("plans.staleText")
            : [
                refused.problem.message || t("shell.unreachable"),
                ...refused.problem.issues.map((one) => one.detail),
              ].join(" ")}
        </Banner>
      )}
      <PlanTree
        plan={plan.title}
        tree={shown}
        expandedAtFirst={atFirst}
        onExpandedChange={(expanded) => rememberExpanded(plan.id, expanded)}
        filter={filter}
        onFilter={onFilter}
        {...(searchRef ? { searchRef } : {})}
        onOpen={(node) => node.source.type === "action" && onOpen(node.source.actionId)}
        onRename={editing.rename}
        onMove={(node, targetId, drop) => editing.moveTo(node, placeOf(shown, node, targetId, drop))}
        onMoveTo={setMoving}
        onAdd={editing.add}
        onRemove={editing.remove}
        onPublish={editing.publish}
        draftId={editing.draftId}
        onDraft={editing.finishDraft}
        focusOn={editing.focusOn}
        emptyState={
          <EmptyState
            icon="tree"
            title={t("plans.emptyTitle")}
            {...(mayAdd
              ? {
                  action: (
                    <Button variant="primary" icon="add" onPress={() => editing.add(null, "inside")}>
                      {t("plans.addFirst")}
                    </Button>
                  ),
                }
              : {})}
          >
            {t("plans.emptyText")}
          </EmptyState>
        }
      />
      {moving && (
        <MoveDialog
          tree={shown}
          node={find(shown, moving.id) ?? moving}
          onClose={() => setMoving(null)}
          onMove={(place) => {
            setMoving(null);
            editing.moveTo(moving, place);
            editing.setFocusOn(moving.id);
          }}
        />
      )}
    </>
  );
}
