import { type ReactNode, useMemo, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Collection } from "react-aria-components/Collection";
import { Tree, TreeItem, TreeItemContent } from "react-aria-components/Tree";
import { DropIndicator, useDragAndDrop } from "react-aria-components/useDragAndDrop";
import { useWords } from "@/words";
import { Icon } from "./Icon";
import "./tree.css";
import "./outline.css";

export interface OutlineNode {
  id: string;
  name: string;
  /** The whole row in one sentence, as a screen reader says it. */
  sentence: string;
  /** A word for the look of the row: `data-kind`. */
  kind: string;
  children: readonly OutlineNode[];
}

export interface OutlineTreeProps<T extends OutlineNode> {
  label: string;
  nodes: readonly T[];
  renderNode: (node: T) => ReactNode;
  /** What of the page is drawn in the rows besides the nodes themselves. */
  dependencies: readonly unknown[];
  /** The kind of thing that can be dropped here; without it the tree is only read. */
  accepts?: string;
  mayDrag?: (node: T) => boolean;
  /** What a row gives when it is dragged. */
  dragId?: (node: T) => string;
  mayDrop?: (node: T) => boolean;
  onDrop?: (dropped: string, node: T) => void;
  emptyState?: ReactNode;
}

/** A short tree to compare, wholly unfolded at first; things may be dropped on its rows. */
export function OutlineTree<T extends OutlineNode>(props: OutlineTreeProps<T>) {
  const { label, nodes, renderNode, dependencies, accepts, mayDrag, mayDrop, emptyState } = props;
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const byId = useMemo(() => index(nodes), [nodes]);
  const { dragAndDropHooks } = useDragAndDrop<T>({
    getItems: (keys) =>
      [...keys].flatMap((key) => {
        const node = byId.get(String(key));
        return accepts && node && mayDrag?.(node)
          ? [{ "text/plain": node.name, [accepts]: props.dragId?.(node) ?? node.id }]
          : [];
      }),
    acceptedDragTypes: accepts ? [accepts] : [],
    getDropOperation: (target) => {
      if (target.type !== "item" || target.dropPosition !== "on") return "cancel";
      const node = byId.get(String(target.key));
      return node && mayDrop?.(node) ? "move" : "cancel";
    },
    onItemDrop: async ({ items, target }) => {
      const [item] = items;
      const node = byId.get(String(target.key));
      if (accepts && node && item?.kind === "text") props.onDrop?.(await item.getText(accepts), node);
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className="outline-drop" />,
    renderDragPreview: (items) => <div className="tree-preview">{items[0]?.["text/plain"]}</div>,
  });
  const row = (node: T) => (
    <OutlineRow key={node.id} node={node} isMovable={mayDrag?.(node) ?? false} words={renderNode(node)}>
      <Collection items={node.children as readonly T[]} dependencies={dependencies}>
        {row}
      </Collection>
    </OutlineRow>
  );
  return (
    <Tree
      // A tree that takes drops runs hooks that one that is only read does not: each is a tree of its own.
      key={accepts ?? "read"}
      aria-label={label}
      className="outline"
      items={nodes}
      dependencies={dependencies}
      selectionMode="none"
      expandedKeys={[...byId.keys()].filter((key) => !folded.has(key))}
      onExpandedChange={(keys) =>
        setFolded(new Set([...byId.keys()].filter((key) => !new Set(keys).has(key))))
      }
      {...(accepts ? { dragAndDropHooks } : {})}
      {...(emptyState ? { renderEmptyState: () => emptyState } : {})}
    >
      {row}
    </Tree>
  );
}

interface OutlineRowProps {
  node: OutlineNode;
  isMovable: boolean;
  words: ReactNode;
  children: ReactNode;
}

function OutlineRow({ node, isMovable, words, children }: OutlineRowProps) {
  const { t } = useWords();
  return (
    <TreeItem id={node.id} textValue={node.name} aria-label={node.sentence} className="outline-row">
      <TreeItemContent>
        {({ hasChildItems, isExpanded, level }) => (
          <div
            className="outline-content"
            data-kind={node.kind}
            style={{ "--level": level - 1 } as React.CSSProperties}
          >
            {hasChildItems ? (
              <Button
                slot="chevron"
                className="tree-chevron"
                aria-label={t(isExpanded ? "ui.collapse" : "ui.expand")}
              >
                <Icon name="chevronRight" size={16} />
              </Button>
            ) : isMovable ? (
              <Button slot="drag" className="outline-grip" aria-label={t("ui.drag", { name: node.name })}>
                <Icon name="grip" size={16} />
              </Button>
            ) : (
              <span className="tree-chevron" aria-hidden="true" />
            )}
            {words}
          </div>
        )}
      </TreeItemContent>
      {children}
    </TreeItem>
  );
}

function index<T extends OutlineNode>(nodes: readonly T[]): Map<string, T> {
  const found = new Map<string, T>();
  const walk = (level: readonly OutlineNode[]) => {
    for (const node of level) {
      found.set(node.id, node as T);
      walk(node.children);
    }
  };
  walk(nodes);
  return found;
}
