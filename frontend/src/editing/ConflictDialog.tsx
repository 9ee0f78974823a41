import { useState } from "react";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { RadioGroup } from "@/ui/RadioGroup";
import { useWords } from "@/words";
import "@/ui/field.css";

export interface Difference {
  field: string;
  name: string;
  yours: string;
  theirs: string;
}

export interface ConflictDialogProps {
  isOpen: boolean;
  differences: readonly Difference[];
  /** The fields for which the reader keeps their own words; none means: keep what is saved. */
  onSettle: (keptFields: readonly string[]) => void;
  onClose: () => void;
}

/** Two people changed the same thing: both versions side by side, nothing lost, nothing overwritten unseen. */
export function ConflictDialog({ isOpen, differences, onSettle, onClose }: ConflictDialogProps) {
  const { t } = useWords();
  const [kept, setKept] = useState<ReadonlySet<string>>(() => new Set(differences.map((one) => one.field)));
  const keep = (field: string, mine: boolean) =>
    setKept((before) => new Set(mine ? [...before, field] : [...before].filter((one) => one !== field)));
  return (
    <Dialog
      title={t("editing.conflictTitle")}
      isOpen={isOpen}
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={() => onSettle([])}>{t("editing.keepTheirs")}</Button>
          <Button variant="primary" onPress={() => onSettle([...kept])}>
            {t("editing.keepYours")}
          </Button>
        </>
      }
    >
      <p>{t("editing.conflictText")}</p>
      <div className="conflict-list">
        {differences.map((difference) => (
          <RadioGroup
            key={difference.field}
            label={difference.name}
            value={kept.has(difference.field) ? "yours" : "theirs"}
            onChange={(choice) => keep(difference.field, choice === "yours")}
            choices={[
              {
                id: "yours",
                name: t("editing.yours"),
                mark: <Version name={t("editing.yours")} words={difference.yours} />,
              },
              {
                id: "theirs",
                name: t("editing.theirs"),
                mark: <Version name={t("editing.theirs")} words={difference.theirs} />,
              },
            ]}
          />
        ))}
      </div>
    </Dialog>
  );
}

function Version({ name, words }: { name: string; words: string }) {
  return (
    <span className="conflict-version">
      <span className="soft">{name}</span>
      <span>{words}</span>
    </span>
  );
}
