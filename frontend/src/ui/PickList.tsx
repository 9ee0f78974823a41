import { useState } from "react";
import { ListBox } from "react-aria-components/ListBox";
import { useWords } from "@/words";
import { type Choice, ChoiceItem } from "./Select";
import { TextField } from "./TextField";
import "./overlay.css";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export interface PickListProps {
  label: string;
  searchLabel: string;
  choices: readonly Choice[];
  selected: string | null;
  onSelect: (id: string) => void;
}

/** A long list from which one thing is picked, with a field that shortens it; accents and capitals ignored. */
export function PickList({ label, searchLabel, choices, selected, onSelect }: PickListProps) {
  const { t } = useWords();
  const [sought, setSought] = useState("");
  const found = choices.filter((choice) =>
    plain(`${choice.name} ${choice.hint ?? ""}`).includes(plain(sought.trim())),
  );
  return (
    <div className="pick">
      <TextField label={searchLabel} type="search" value={sought} onChange={setSought} autoFocus />
      <ListBox
        aria-label={label}
        className="options pick-options"
        items={found}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={selected === null ? [] : [selected]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : keys;
          if (key !== undefined) onSelect(String(key));
        }}
        renderEmptyState={() => <p className="options-empty">{t("ui.noOption")}</p>}
      >
        {(choice) => <ChoiceItem choice={choice} />}
      </ListBox>
    </div>
  );
}
