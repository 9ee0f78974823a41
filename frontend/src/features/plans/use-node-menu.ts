import type { IconName } from "@/ui/icons";
import type { MenuEntry } from "@/ui/Menu";
import { useWords } from "@/words";
import { isAction, type NodeOperation, type PlanNode } from "./plan-node";

interface Entry {
  id: string;
  needs: NodeOperation;
  word:
    | "open"
    | "rename"
    | "addInside"
    | "addAfter"
    | "moveUp"
    | "moveDown"
    | "moveTo"
    | "publish"
    | "remove";
  icon: IconName;
  shortcut?: string;
}

const families: readonly (readonly Entry[])[] = [
  [{ id: "open", needs: "open", word: "open", icon: "document", shortcut: "Enter" }],
  [
    { id: "rename", needs: "rename", word: "rename", icon: "pencil", shortcut: "F2" },
    { id: "addInside", needs: "addInside", word: "addInside", icon: "add", shortcut: "Ctrl ⇧ Enter" },
    { id: "addAfter", needs: "addAfter", word: "addAfter", icon: "add", shortcut: "Ctrl Enter" },
  ],
  [
    { id: "moveUp", needs: "move", word: "moveUp", icon: "arrowUp", shortcut: "Alt ↑" },
    { id: "moveDown", needs: "move", word: "moveDown", icon: "arrowDown", shortcut: "Alt ↓" },
    { id: "moveTo", needs: "move", word: "moveTo", icon: "tree" },
  ],
  [{ id: "publish", needs: "publish", word: "publish", icon: "check" }],
  [{ id: "remove", needs: "remove", word: "remove", icon: "trash" }],
];

/** The menu of a row: exactly what the service permits on it. */
export function useNodeMenu(hasMoveTo: boolean): (node: PlanNode) => readonly MenuEntry[] {
  const { t } = useWords();
  return (node) =>
    families
      .map((family) =>
        family.filter(
          (entry) => node.permitted.includes(entry.needs) && (hasMoveTo || entry.id !== "moveTo"),
        ),
      )
      .filter((family) => family.length > 0)
      .flatMap((family, nth) =>
        family.map((entry, position) => ({
          id: entry.id,
          name: t(
            entry.id === "remove" && !isAction(node.kind) ? "plans.removeDraft" : `plans.${entry.word}`,
          ),
          icon: entry.icon,
          ...(entry.shortcut ? { shortcut: entry.shortcut } : {}),
          ...(entry.id === "remove" ? { tone: "danger" as const } : {}),
          ...(nth > 0 && position === 0 ? { startsGroup: true } : {}),
        })),
      );
}
