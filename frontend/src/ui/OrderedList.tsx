import type { KeyboardEvent, ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { GridList, GridListItem } from "react-aria-components/GridList";
import { DropIndicator, useDragAndDrop } from "react-aria-components/useDragAndDrop";
import { useWords } from "@/words";
import { Icon } from "./Icon";
import "./ordered-list.css";

export interface OrderedListProps<T extends { id: string }> {
  label: string;
  items: readonly T[];
  nameOf: (item: T) => string;
  children: (item: T) => ReactNode;
  /** The item now stands after that one, or first when null. Without it, the order is only read. */
  onMove?: ((item: T, afterId: string | null) => void) | undefined;
}

/** The item after which another stands when it goes one step up or down; undefined where there is no way. */
export function stepFrom<T extends { id: string }>(
  items: readonly T[],
  id: string,
  step: -1 | 1,
): string | null | undefined {
  const at = items.findIndex((item) => item.id === id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= items.length) return undefined;
  return items[step === 1 ? to : to - 1]?.id ?? null;
}

/**
 * Rows whose order means something. They are moved by mouse or touch, by the grip and the arrows, or by Alt with an
 * arrow from the row; inside a row, the arrows to the side go from one control to the next.
 */
export function OrderedList<T extends { id: string }>(props: OrderedListProps<T>) {
  const { label, items, nameOf, children, onMove } = props;
  const { t } = useWords();
  const byId = new Map(items.map((item) => [item.id, item]));
  const { dragAndDropHooks } = useDragAndDrop<T>({
    isDisabled: onMove === undefined,
    getItems: (keys) => [...keys].map((key) => ({ "text/plain": nameOf(byId.get(String(key)) as T) })),
    onReorder: ({ keys, target }) => {
      const [id] = [...keys].map(String);
      const item = id === undefined ? undefined : byId.get(id);
      if (!item) return;
      const others = items.filter((one) => one.id !== id);
      const at = others.findIndex((one) => one.id === String(target.key));
      const after = target.dropPosition === "after" ? others[at] : others[at - 1];
      onMove?.(item, after?.id ?? null);
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className="ordered-drop" />,
  });
  const step = (event: KeyboardEvent<HTMLElement>) => {
    if (!onMove || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const row = (event.target as HTMLElement).closest<HTMLElement>("[role=row]");
    const item = byId.get(row?.dataset.key ?? "");
    if (!item) return;
    event.preventDefault();
    event.stopPropagation();
    const after = stepFrom(items, item.id, event.key === "ArrowUp" ? -1 : 1);
    if (after !== undefined) onMove(item, after);
  };
  return (
    <div onKeyDownCapture={step}>
      <GridList
        aria-label={label}
        className="ordered-list"
        items={items}
        selectionMode="none"
        dragAndDropHooks={dragAndDropHooks}
      >
        {(item) => (
          <GridListItem id={item.id} textValue={nameOf(item)} className="ordered-item">
            {onMove && (
              <Button slot="drag" className="ordered-grip" aria-label={t("ui.drag", { name: nameOf(item) })}>
                <Icon name="grip" />
              </Button>
            )}
            {children(item)}
          </GridListItem>
        )}
      </GridList>
    </div>
  );
}
