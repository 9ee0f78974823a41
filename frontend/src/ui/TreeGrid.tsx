import { type ReactNode, useEffect, useMemo, useState } from "react";
import { Collection } from "react-aria-components/Collection";
import { Tree } from "react-aria-components/Tree";
import { ListLayout, Virtualizer } from "react-aria-components/Virtualizer";
import type { MenuEntry } from "./Menu";
import { TreeRow, TreeRowContext, type TreeRowWords } from "./TreeRow";
import { commandOf, type TreeCommand } from "./tree-keys";
import { useTreeMoves } from "./use-tree-moves";
import "./tree.css";

export type DropPlace = "before" | "after" | "on";

/** Above this many rows, only those in sight are drawn. */
const drawnAtOnce = 100;

export interface TreeGridProps<T extends { id: string; name: string }> {
  label: string;
  nodes: readonly T[];
  childrenOf: (node: T) => readonly T[];
  /** A word for the look of the row, such as its level: `data-kind`. */
  kindOf: (node: T) => string;
  /** The whole row in one sentence, as a screen reader says it. */
  describe: (node: T) => string;
  renderTitle: (node: T) => ReactNode;
  renderCells: (node: T) => ReactNode;
  columns: readonly string[];
  expanded: ReadonlySet<string>;
  onExpandedChange: (expanded: Set<string>) => void;
  menuOf?: (node: T) => readonly MenuEntry[];
  onMenu?: (entry: string, node: T) => void;
  onOpen?: (node: T) => void;
  /** Keys that do what the menu does: F2, Alt+arrows, Ctrl+Enter, Ctrl+Shift+Enter. */
  onCommand?: (command: TreeCommand, node: T) => void;
  mayMove?: (node: T) => boolean;
  mayDrop?: (moved: T, target: T, place: DropPlace) => boolean;
  onMove?: (moved: T, target: T, place: DropPlace) => void;
  /** The row being renamed, and what to do with its new name; null when it is given up. */
  renaming?: string | null;
  onRename?: (node: T, name: string | null) => void;
  /** What the field of a new name asks for. */
  renameLabel?: (node: T) => string;
  /** The row that takes the focus as soon as it is drawn. */
  focusOn?: string | null;
  emptyState?: ReactNode;
}

const nowhere = () => false;

export function TreeGrid<T extends { id: string; name: string }>(props: TreeGridProps<T>) {
  const { label, nodes, childrenOf, columns, expanded, onExpandedChange, onOpen, onCommand, emptyState } =
    props;
  const [focusAfter, setFocusAfter] = useState<string | null>(null);
  const { focusOn = null } = props;
  useEffect(() => setFocusAfter(focusOn), [focusOn]);
  const byId = useMemo(() => index(nodes, childrenOf), [nodes, childrenOf]);
  const { dragAndDropHooks } = useTreeMoves({
    byId,
    mayMove: props.mayMove ?? nowhere,
    mayDrop: props.mayDrop ?? nowhere,
    onMove: props.onMove ?? nowhere,
  });
  const renderRow = (node: T) => (
    <TreeRow key={node.id} node={node}>
      <Collection items={childrenOf(node)}>{renderRow}</Collection>
    </TreeRow>
  );
  const row: TreeRowWords<T> = {
    kindOf: props.kindOf,
    describe: props.describe,
    renderTitle: props.renderTitle,
    renderCells: props.renderCells,
    menuOf: props.menuOf,
    onMenu: props.onMenu,
    mayMove: props.mayMove ?? nowhere,
    renaming: props.renaming ?? null,
    renameLabel: props.renameLabel,
    onRename: (node, name) => {
      setFocusAfter(node.id);
      props.onRename?.(node, name);
    },
    focusAfter,
    onFocused: () => setFocusAfter(null),
  };
  const tree = (
    <Tree
      // A tree whose rows move runs hooks that one that is only read does not: each is a tree of its own.
      key={props.onMove ? "moved" : "read"}
      aria-label={label}
      className="tree"
      items={nodes}
      selectionMode="none"
      expandedKeys={expanded}
      onExpandedChange={(keys) => onExpandedChange(new Set([...keys].map(String)))}
      {...(onOpen
        ? {
            onAction: (key) => {
              const node = byId.get(String(key));
              if (node) onOpen(node);
            },
          }
        : {})}
      {...(props.onMove ? { dragAndDropHooks } : {})}
      {...(emptyState ? { renderEmptyState: () => emptyState } : {})}
    >
      {renderRow}
    </Tree>
  );
  return (
    <TreeRowContext value={row as TreeRowWords<never>}>
      <div
        className="tree-frame"
        data-virtual={byId.size > drawnAtOnce || undefined}
        onKeyDownCapture={(event) => {
          const command = commandOf(event);
          const id = command && focusedRow(event.target);
          const node = id ? byId.get(id) : undefined;
          if (!command || !node || !onCommand) return;
          event.preventDefault();
          event.stopPropagation();
          onCommand(command, node);
        }}
      >
        <div className="tree-head" aria-hidden="true">
          {columns.map((column) => (
            <span key={column}>{column}</span>
          ))}
        </div>
        {byId.size > drawnAtOnce ? (
          <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowSize: 48 }}>
            {tree}
          </Virtualizer>
        ) : (
          tree
        )}
      </div>
    </TreeRowContext>
  );
}

/** The row that has the focus itself; a key typed in a field or on a button inside it is not for the tree. */
function focusedRow(target: EventTarget): string | null {
  return target instanceof HTMLElement && target.getAttribute("role") === "row"
    ? (target.dataset.key ?? null)
    : null;
}

function index<T extends { id: string }>(
  nodes: readonly T[],
  childrenOf: (node: T) => readonly T[],
): Map<string, T> {
  const found = new Map<string, T>();
  const walk = (level: readonly T[]) => {
    for (const node of level) {
      found.set(node.id, node);
      walk(childrenOf(node));
    }
  };
  walk(nodes);
  return found;
}
