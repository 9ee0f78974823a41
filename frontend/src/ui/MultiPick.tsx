import { useId, useState } from "react";
import { ComboBox } from "./ComboBox";
import type { FieldWords } from "./Field";
import { Icon } from "./Icon";
import type { Choice } from "./Select";
import "./picks.css";

export interface MultiPickProps extends FieldWords {
  id?: string;
  choices: readonly Choice[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  /** « Retirer … »: what the cross beside a picked thing does, in words. */
  removeLabel: (name: string) => string;
}

/** Several things picked from a list: found by typing, each taken out by its own cross. */
export function MultiPick({ choices, selected, onChange, removeLabel, ...field }: MultiPickProps) {
  const listId = useId();
  const [text, setText] = useState("");
  const picked = selected.flatMap((id) => choices.find((choice) => choice.id === id) ?? []);
  return (
    <div className="multi-pick">
      <ComboBox
        {...field}
        choices={choices.filter((choice) => !selected.includes(choice.id))}
        aria-describedby={listId}
        inputValue={text}
        onInputChange={setText}
        value={null}
        onChange={(key) => {
          if (key === null || selected.includes(String(key))) return;
          onChange([...selected, String(key)]);
          setText("");
        }}
      />
      {picked.length > 0 && (
        <ul className="picks" id={listId}>
          {picked.map((choice) => (
            <li key={choice.id}>
              <span>{choice.name}</span>
              <button
                type="button"
                aria-label={removeLabel(choice.name)}
                onClick={() => onChange(selected.filter((id) => id !== choice.id))}
              >
                <Icon name="cross" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
