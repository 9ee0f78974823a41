import { useRef } from "react";
import { DropIndicator, useDragAndDrop } from "react-aria-components/useDragAndDrop";
import type { DropPlace } from "./TreeGrid";

interface Moves<T> {
  byId: ReadonlyMap<string, T>;
  mayMove: (node: T) => boolean;
  mayDrop: (moved: T, target: T, place: DropPlace) => boolean;
  onMove: (moved: T, target: T, place: DropPlace) => void;
}

/** Moves by mouse, by touch and by keyboard (Enter on the grip, arrows to the place, Enter), each step announced. */
export function useTreeMoves<T extends { id: string; name: string }>({
  byId,
  mayMove,
  mayDrop,
  onMove,
}: Moves<T>) {
  const moved = useRef<T | undefined>(undefined);
  return useDragAndDrop<T>({
    getItems: (keys) =>
      [...keys].flatMap((key) => {
        const node = byId.get(String(key));
        return node && mayMove(node) ? [{ "text/plain": node.name, "pst-node": node.id }] : [];
      }),
    onDragStart: ({ keys }) => {
      moved.current = byId.get(String([...keys][0]));
    },
    onDragEnd: () => {
      moved.current = undefined;
    },
    acceptedDragTypes: ["pst-node"],
    getDropOperation: (target, _types, allowed) => {
      if (target.type !== "item" || !moved.current) return "cancel";
      const node = byId.get(String(target.key));
      if (!node || node.id === moved.current.id || !mayDrop(moved.current, node, target.dropPosition))
        return "cancel";
      return allowed.includes("move") ? "move" : "cancel";
    },
    onMove: ({ keys, target }) => {
      const node = byId.get(String([...keys][0]));
      const place = byId.get(String(target.key));
      if (node && place) onMove(node, place, target.dropPosition);
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className="tree-drop" />,
    renderDragPreview: (items) => <div className="tree-preview">{items[0]?.["text/plain"]}</div>,
  });
}
