import { createContext, type ReactNode, use, useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { TreeItem, TreeItemContent } from "react-aria-components/Tree";
import { useWords } from "@/words";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import { Menu, type MenuEntry } from "./Menu";

export interface TreeRowWords<T> {
  kindOf: (node: T) => string;
  describe: (node: T) => string;
  renderTitle: (node: T) => ReactNode;
  renderCells: (node: T) => ReactNode;
  menuOf: ((node: T) => readonly MenuEntry[]) | undefined;
  onMenu: ((entry: string, node: T) => void) | undefined;
  mayMove: (node: T) => boolean;
  renameLabel: ((node: T) => string) | undefined;
  renaming: string | null;
  onRename: (node: T, name: string | null) => void;
  /** The row that takes the focus back once its renaming is over. */
  focusAfter: string | null;
  onFocused: () => void;
}

// Rows are cached by the tree; what changes between two drawings reaches them through this context.
export const TreeRowContext = createContext<TreeRowWords<never> | null>(null);

interface Node {
  id: string;
  name: string;
}

export function TreeRow<T extends Node>({ node, children }: { node: T; children: ReactNode }) {
  const row = use(TreeRowContext) as TreeRowWords<T> | null;
  return (
    <TreeItem
      id={node.id}
      textValue={node.name}
      aria-label={row?.describe(node) ?? node.name}
      className="tree-row"
    >
      <TreeItemContent>
        {({ hasChildItems, isExpanded, level }) => (
          <RowContent node={node} hasChildren={hasChildItems} isExpanded={isExpanded} level={level} />
        )}
      </TreeItemContent>
      {children}
    </TreeItem>
  );
}

interface RowContentProps<T> {
  node: T;
  hasChildren: boolean;
  isExpanded: boolean;
  level: number;
}

function RowContent<T extends Node>({ node, hasChildren, isExpanded, level }: RowContentProps<T>) {
  const { t } = useWords();
  const row = use(TreeRowContext) as TreeRowWords<T> | null;
  const content = useRef<HTMLDivElement>(null);
  const takesFocus = row?.focusAfter === node.id && row.renaming !== node.id;
  const onFocused = row?.onFocused;
  useEffect(() => {
    if (!takesFocus) return;
    content.current?.closest<HTMLElement>("[role='row']")?.focus();
    onFocused?.();
  }, [takesFocus, onFocused]);
  if (!row) return null;
  const entries = row.menuOf?.(node) ?? [];
  const isRenaming = row.renaming === node.id;
  return (
    <div
      ref={content}
      className="tree-content"
      data-kind={row.kindOf(node)}
      data-renaming={isRenaming || undefined}
    >
      <div className="tree-title" style={{ "--level": level - 1 } as React.CSSProperties}>
        {row.mayMove(node) && (
          <Button slot="drag" className="tree-grip" aria-label={t("ui.drag", { name: node.name })}>
            <Icon name="grip" size={16} />
          </Button>
        )}
        {hasChildren ? (
          <Button
            slot="chevron"
            className="tree-chevron"
            aria-label={t(isExpanded ? "ui.collapse" : "ui.expand")}
          >
            <Icon name="chevronRight" size={16} />
          </Button>
        ) : (
          <span className="tree-chevron" aria-hidden="true" />
        )}
        {isRenaming ? (
          <Rename
            node={node}
            label={row.renameLabel?.(node) ?? t("ui.rename", { name: node.name })}
            onDone={row.onRename}
          />
        ) : (
          <div className="tree-words">{row.renderTitle(node)}</div>
        )}
      </div>
      <div className="tree-cells">{row.renderCells(node)}</div>
      <div className="tree-menu">
        {entries.length > 0 && (
          <Menu label={t("ui.moreActions")} entries={entries} onAction={(entry) => row.onMenu?.(entry, node)}>
            <IconButton icon="more" size="small" label={t("ui.moreActionsOn", { name: node.name })} />
          </Menu>
        )}
      </div>
    </div>
  );
}

interface RenameProps<T> {
  node: T;
  label: string;
  onDone: (node: T, name: string | null) => void;
}

/** Enter keeps the new name, Escape gives it up, leaving the field keeps it. */
function Rename<T extends Node>({ node, label, onDone }: RenameProps<T>) {
  const [name, setName] = useState(node.name);
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const finish = (kept: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    const words = name.trim();
    onDone(node, kept && words !== "" && words !== node.name ? words : null);
  };
  return (
    <input
      ref={input}
      className="input tree-rename"
      aria-label={label}
      placeholder={label}
      value={name}
      maxLength={500}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => finish(true)}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") finish(true);
        if (event.key === "Escape") finish(false);
      }}
    />
  );
}
