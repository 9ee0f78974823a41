import type { ShortcutGroup } from "@/ui/KeyboardShortcuts";
import { useWords } from "@/words";

/** Every key the service answers to. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  const { t } = useWords();
  return [
    {
      name: t("shell.groupEverywhere"),
      shortcuts: [
        { keys: ["/"], name: t("shell.shortcutSearch") },
        { keys: ["?"], name: t("shell.shortcutHelp") },
      ],
    },
    {
      name: t("shell.groupTree"),
      shortcuts: [
        { keys: ["↑", "↓", "←", "→"], name: t("shell.shortcutArrows") },
        { keys: ["Enter"], name: t("shell.shortcutOpen") },
        { keys: ["F2"], name: t("shell.shortcutRename") },
        { keys: ["Ctrl", "Enter"], name: t("shell.shortcutAddSibling") },
        { keys: ["Ctrl", "⇧", "Enter"], name: t("shell.shortcutAddChild") },
        { keys: ["Alt", "↑ ↓"], name: t("shell.shortcutMove") },
      ],
    },
  ];
}
