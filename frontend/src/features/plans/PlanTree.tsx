import { type ReactNode, type Ref, useMemo, useState } from "react";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { type DropPlace, TreeGrid } from "@/ui/TreeGrid";
import type { TreeCommand } from "@/ui/tree-keys";
import { useWords } from "@/words";
import { PlanCells, PlanTitle } from "./PlanRow";
import { PlanToolbar } from "./PlanToolbar";
import { filterTree, isFiltering, type PlanFilter } from "./plan-filter";
import { isShelf, kindWords, type NodeOperation, type PlanNode } from "./plan-node";
import { countActions, everyId, mayStand, step } from "./tree-operations";
import { useNodeMenu } from "./use-node-menu";
import { useNodeSentence } from "./use-node-sentence";
import "./plan-tree.css";

export interface PlanTreeProps {
  plan: string;
  tree: readonly PlanNode[];
  expandedAtFirst: readonly string[];
  onExpandedChange?: (expanded: readonly string[]) => void;
  onOpen: (node: PlanNode) => void;
  onRename: (node: PlanNode, name: string) => void;
  onMove: (node: PlanNode, targetId: string, place: DropPlace) => void;
  /** Asks for a place by name, in a dialog. */
  onMoveTo?: (node: PlanNode) => void;
  onAdd: (node: PlanNode, where: "inside" | "after") => void;
  onRemove: (node: PlanNode) => void;
  onPublish?: (node: PlanNode) => void;
  /** A row that is being written for the first time, and what becomes of it; null when it is given up. */
  draftId?: string | null;
  onDraft?: (name: string | null) => void;
  /** The row that takes the focus, after a move or a creation. */
  focusOn?: string | null;
  filter?: PlanFilter;
  onFilter?: (filter: PlanFilter) => void;
  searchRef?: Ref<HTMLInputElement>;
  emptyState?: ReactNode;
}

const childrenOf = (node: PlanNode) => node.children;
const kindOf = (node: PlanNode) => node.kind;
const may = (node: PlanNode, operation: NodeOperation) => node.permitted.includes(operation);

/** The plan as one tree: read, reorganised and renamed in place, by mouse, by keyboard or by menu alike. */
export function PlanTree(props: PlanTreeProps) {
  const { plan, tree, onOpen, onRename, onMove, onAdd, draftId = null, emptyState } = props;
  const { t } = useWords();
  const describe = useNodeSentence();
  const menuOf = useNodeMenu(props.onMoveTo !== undefined);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set(props.expandedAtFirst));
  const [renaming, setRenaming] = useState<string | null>(null);
  const [ownFilter, setOwnFilter] = useState<PlanFilter>({});
  const filter = props.filter ?? ownFilter;
  const onFilter = props.onFilter ?? setOwnFilter;
  const isSifted = isFiltering(filter);
  const shown = useMemo(
    () => (isSifted ? filterTree(tree, filter, draftId) : tree),
    [isSifted, tree, filter, draftId],
  );
  const count = (nodes: readonly PlanNode[]) => countActions({ children: nodes });
  const unfold = (ids: readonly string[]) => {
    setExpanded(new Set(ids));
    props.onExpandedChange?.(ids);
  };

  const act = (command: string, node: PlanNode) => {
    if (command === "open" && may(node, "open")) onOpen(node);
    if (command === "rename" && may(node, "rename")) setRenaming(node.id);
    if (command === "addInside" && may(node, "addInside")) {
      unfold([...expanded, node.id]);
      onAdd(node, "inside");
    }
    if (command === "addAfter" && may(node, "addAfter")) onAdd(node, "after");
    if (command === "remove" && may(node, "remove")) props.onRemove(node);
    if (command === "publish" && may(node, "publish")) props.onPublish?.(node);
    if (command === "moveTo" && may(node, "move")) props.onMoveTo?.(node);
    if ((command === "moveUp" || command === "moveDown") && may(node, "move")) {
      const target = step(tree, node.id, command === "moveUp" ? -1 : 1);
      if (target) onMove(node, target.targetId, target.place);
    }
  };

  const nothingFound = (
    <EmptyState
      icon="search"
      title={t("plans.nothingFoundTitle")}
      action={<Button onPress={() => onFilter({})}>{t("plans.clearFilters")}</Button>}
    >
      {t("plans.nothingFoundText")}
    </EmptyState>
  );

  return (
    <section className="plan-tree" aria-label={t("plans.tree")}>
      <PlanToolbar
        filter={filter}
        onFilter={onFilter}
        {...(props.searchRef ? { searchRef: props.searchRef } : {})}
        found={{ seen: count(shown), all: count(tree) }}
        onExpandAll={() => unfold(everyId(tree))}
        onCollapseAll={() => unfold([])}
      />
      {tree.length > 0 && shown.length === 0 ? (
        nothingFound
      ) : (
        <TreeGrid
          label={t("plans.treeLabel", { plan })}
          nodes={shown}
          childrenOf={childrenOf}
          kindOf={kindOf}
          describe={describe}
          columns={[
            t("plans.title"),
            t("plans.status"),
            t("plans.progress"),
            t("plans.owner"),
            t("plans.due"),
          ]}
          renderTitle={(node) => <PlanTitle node={node} />}
          renderCells={(node) => <PlanCells node={node} />}
          expanded={isSifted ? new Set(everyId(shown)) : expanded}
          onExpandedChange={(keys) => unfold([...keys])}
          menuOf={menuOf}
          onMenu={act}
          onOpen={(node) => act("open", node)}
          onCommand={(command: TreeCommand, node) => act(command, node)}
          mayMove={(node) => may(node, "move")}
          mayDrop={(moved, target, place) => !isShelf(moved.kind) && mayStand(moved, target, place)}
          onMove={(node, target, place) => onMove(node, target.id, place)}
          renaming={draftId ?? renaming}
          renameLabel={(node) =>
            node.id === draftId
              ? t("plans.newName", { level: node.kindName ?? t(kindWords[node.kind]) })
              : t("ui.rename", { name: node.name })
          }
          onRename={(node, name) => {
            setRenaming(null);
            if (node.id === draftId) props.onDraft?.(name);
            else if (name !== null) onRename(node, name);
          }}
          {...(props.focusOn ? { focusOn: props.focusOn } : {})}
          {...(emptyState ? { emptyState } : {})}
        />
      )}
    </section>
  );
}
