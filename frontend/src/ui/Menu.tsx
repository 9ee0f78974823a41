import type { ReactElement } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import "./overlay.css";

export interface MenuEntry {
  id: string;
  name: string;
  icon?: IconName;
  tone?: "danger";
  /** The keys that do the same, as written on them. */
  shortcut?: string;
  isDisabled?: boolean;
  href?: string;
  /** Draws a line above: a new family of entries begins. */
  startsGroup?: boolean;
}

export interface MenuProps {
  label: string;
  entries: readonly MenuEntry[];
  onAction: (id: string) => void;
  /** The button that opens the menu. */
  children: ReactElement;
}

function Entry({ entry }: { entry: MenuEntry }) {
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.name}
      className="menu-item"
      isDisabled={entry.isDisabled ?? false}
      {...(entry.href ? { href: entry.href } : {})}
      {...(entry.tone ? { "data-tone": entry.tone } : {})}
    >
      {entry.icon && <Icon name={entry.icon} size={16} />}
      <span>{entry.name}</span>
      {entry.shortcut && <kbd>{entry.shortcut}</kbd>}
    </MenuItem>
  );
}

export function Menu({ label, entries, onAction, children }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="menu-popover" offset={4} placement="bottom end">
        <AriaMenu className="menu" aria-label={label} onAction={(key) => onAction(String(key))}>
          {entries.flatMap((entry) => [
            ...(entry.startsGroup ? [<Separator key={`${entry.id}-line`} className="menu-separator" />] : []),
            <Entry key={entry.id} entry={entry} />,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
