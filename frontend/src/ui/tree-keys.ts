export type TreeCommand = "rename" | "moveUp" | "moveDown" | "addAfter" | "addInside";

interface Keys {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** What a key asks of the row that has the focus, beyond walking through the tree. */
export function commandOf({ key, altKey, ctrlKey, metaKey, shiftKey }: Keys): TreeCommand | null {
  if (key === "F2") return "rename";
  if (altKey && key === "ArrowUp") return "moveUp";
  if (altKey && key === "ArrowDown") return "moveDown";
  if ((ctrlKey || metaKey) && key === "Enter") return shiftKey ? "addInside" : "addAfter";
  return null;
}
