import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { GridList, GridListItem } from "react-aria-components/GridList";
import { useDragAndDrop } from "react-aria-components/useDragAndDrop";
import { useWords } from "@/words";
import { Icon } from "./Icon";
import "./tree.css";
import "./outline.css";

export interface DragListProps<T extends { id: string; name: string }> {
  label: string;
  items: readonly T[];
  /** The kind of thing these are, for where they can be dropped. */
  type: string;
  renderItem: (item: T) => ReactNode;
  dependencies: readonly unknown[];
}

/** Things that wait for a place: each is dragged there, by mouse, by touch, or by the keyboard from its grip. */
export function DragList<T extends { id: string; name: string }>({
  label,
  items,
  type,
  renderItem,
  dependencies,
}: DragListProps<T>) {
  const { t } = useWords();
  const { dragAndDropHooks } = useDragAndDrop<T>({
    getItems: (keys) =>
      items
        .filter((item) => [...keys].includes(item.id))
        .map((item) => ({ "text/plain": item.name, [type]: item.id })),
    renderDragPreview: (dragged) => <div className="tree-preview">{dragged[0]?.["text/plain"]}</div>,
  });
  return (
    <GridList
      aria-label={label}
      className="drag-list"
      items={items}
      dependencies={dependencies}
      selectionMode="none"
      keyboardNavigationBehavior="tab"
      dragAndDropHooks={dragAndDropHooks}
    >
      {(item) => (
        <GridListItem id={item.id} textValue={item.name} className="drag-item">
          <Button slot="drag" className="outline-grip" aria-label={t("ui.drag", { name: item.name })}>
            <Icon name="grip" size={16} />
          </Button>
          {renderItem(item)}
        </GridListItem>
      )}
    </GridList>
  );
}
