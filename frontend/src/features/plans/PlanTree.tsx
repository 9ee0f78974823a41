import { type ReactNode, useMemo, useState } from "react";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/RadioGroup";
import { type DropPlace, TreeGrid } from "@/ui/TreeGrid";
import type { TreeCommand } from "@/ui/tree-keys";
import { useWords } from "@/words";
import { PlanCells, PlanTitle } from "./PlanRow";
import type { PlanNode } from "./plan-node";
import { everyId, mayStand, sift, step } from "./tree-operations";
import { useNodeMenu } from "./use-node-menu";
import { useNodeSentence } from "./use-node-sentence";
import "./plan-tree.css";

export interface PlanTreeProps {
  plan: string;
  tree: readonly PlanNode[];
  expandedAtFirst: readonly string[];
  onOpen: (node: PlanNode) => void;
  onRename: (node: PlanNode, name: string) => void;
  onMove: (node: PlanNode, targetId: string, place: DropPlace) => void;
  onAdd: (node: PlanNode, where: "inside" | "after") => void;
  onRemove: (node: PlanNode) => void;
  emptyState?: ReactNode;
}

const childrenOf = (node: PlanNode) => node.children;
const kindOf = (node: PlanNode) => node.kind;
const may = (node: PlanNode, operation: PlanNode["permitted"][number]) => node.permitted.includes(operation);

/** The plan as one tree: read, reorganised and renamed in place, by mouse, by keyboard or by menu alike. */
export function PlanTree(props: PlanTreeProps) {
  const { plan, tree, expandedAtFirst, onOpen, onRename, onMove, onAdd, onRemove, emptyState } = props;
  const { t } = useWords();
  const describe = useNodeSentence();
  const menuOf = useNodeMenu();
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set(expandedAtFirst));
  const [renaming, setRenaming] = useState<string | null>(null);
  const [filter, setFilter] = useState("all");
  const isSifted = filter === "late";
  const shown = useMemo(() => (isSifted ? sift(tree, (node) => node.isLate) : tree), [isSifted, tree]);

  const act = (command: string, node: PlanNode) => {
    if (command === "open" && may(node, "open")) onOpen(node);
    if (command === "rename" && may(node, "rename")) setRenaming(node.id);
    if (command === "addInside" && may(node, "addInside")) onAdd(node, "inside");
    if (command === "addAfter" && may(node, "addAfter")) onAdd(node, "after");
    if (command === "remove" && may(node, "remove")) onRemove(node);
    if ((command === "moveUp" || command === "moveDown") && may(node, "move")) {
      const target = step(tree, node.id, command === "moveUp" ? -1 : 1);
      if (target) onMove(node, target.targetId, target.place);
    }
  };

  return (
    <section className="plan-tree" aria-label={t("plans.tree")}>
      <div className="plan-toolbar no-print">
        <RadioGroup
          label={t("plans.action")}
          hideLabel
          look="segmented"
          value={filter}
          onChange={setFilter}
          choices={[
            { id: "all", name: t("plans.filterAll") },
            { id: "late", name: t("plans.filterLate") },
          ]}
        />
        <div className="cluster">
          <Button
            variant="quiet"
            size="small"
            icon="expandAll"
            onPress={() => setExpanded(new Set(everyId(tree)))}
          >
            {t("plans.expandAll")}
          </Button>
          <Button variant="quiet" size="small" icon="collapseAll" onPress={() => setExpanded(new Set())}>
            {t("plans.collapseAll")}
          </Button>
        </div>
      </div>
      <TreeGrid
        label={t("plans.treeLabel", { plan })}
        nodes={shown}
        childrenOf={childrenOf}
        kindOf={kindOf}
        describe={describe}
        columns={[t("plans.title"), t("plans.status"), t("plans.progress"), t("plans.owner"), t("plans.due")]}
        renderTitle={(node) => <PlanTitle node={node} />}
        renderCells={(node) => <PlanCells node={node} />}
        expanded={isSifted ? new Set(everyId(shown)) : expanded}
        onExpandedChange={setExpanded}
        menuOf={menuOf}
        onMenu={act}
        onOpen={(node) => act("open", node)}
        onCommand={(command: TreeCommand, node) => act(command, node)}
        mayMove={(node) => may(node, "move")}
        mayDrop={mayStand}
        onMove={(node, target, place) => onMove(node, target.id, place)}
        renaming={renaming}
        onRename={(node, name) => {
          setRenaming(null);
          if (name !== null) onRename(node, name);
        }}
        {...(emptyState ? { emptyState } : {})}
      />
    </section>
  );
}
