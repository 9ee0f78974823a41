import { useEffect } from "react";
import { useWords } from "@/words";
import { Checkbox } from "./Checkbox";
import { Dialog } from "./Dialog";
import { prefer, usePreferences } from "./preferences";

export interface ShortcutGroup {
  name: string;
  shortcuts: readonly { keys: readonly string[]; name: string }[];
}

export interface KeyboardShortcutsProps {
  groups: readonly ShortcutGroup[];
  isOpen: boolean;
  onClose: () => void;
}

export function KeyboardShortcuts({ groups, isOpen, onClose }: KeyboardShortcutsProps) {
  const { t } = useWords();
  const { hasShortcuts } = usePreferences();
  return (
    <Dialog title={t("ui.shortcuts")} isOpen={isOpen} onClose={onClose}>
      <p className="soft">{t("ui.shortcutsHint")}</p>
      {groups.map((group) => (
        <section key={group.name} className="stack-wide">
          <h3>{group.name}</h3>
          <dl className="shortcut-list">
            {group.shortcuts.map((shortcut) => (
              <div key={shortcut.name}>
                <dt>{shortcut.name}</dt>
                <dd className="shortcut-keys">
                  {shortcut.keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Checkbox isSelected={hasShortcuts} onChange={(on) => prefer({ hasShortcuts: on })}>
        {t("ui.shortcutsEnabled")}
      </Checkbox>
    </Dialog>
  );
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest("input, textarea, select, [contenteditable], [role='dialog']") !== null;

/** Listens for keys pressed outside any field, such as `?` and `/`, unless the reader turned them off. */
export function useShortcut(key: string, act: () => void): void {
  const { hasShortcuts } = usePreferences();
  useEffect(() => {
    if (!hasShortcuts) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [key, act, hasShortcuts]);
}
