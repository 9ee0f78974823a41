import { Checkbox } from "@/ui/Checkbox";
import { RadioGroup } from "@/ui/RadioGroup";
import { Select } from "@/ui/Select";
import { useWords } from "@/words";
import { type Across, type Down, downKinds, downWords, type Value, values, valueWords } from "./matrix-view";

export interface MatrixSettings {
  across: Across;
  down: Down;
  value: Value;
  showsEmpty: boolean;
}

export interface MatrixToolbarProps {
  settings: MatrixSettings;
  onChange: (settings: MatrixSettings) => void;
  emptyCount: number;
}

export function MatrixToolbar({ settings, onChange, emptyCount }: MatrixToolbarProps) {
  const { t } = useWords();
  return (
    <search className="matrix-toolbar no-print" aria-label={t("transversal.settings")}>
      <RadioGroup
        label={t("transversal.acrossLabel")}
        look="segmented"
        choices={[
          { id: "plan", name: t("transversal.acrossPlan") },
          { id: "unit", name: t("transversal.acrossUnit") },
        ]}
        value={settings.across}
        onChange={(id) => onChange({ ...settings, across: id === "unit" ? "unit" : "plan" })}
      />
      <Select
        label={t("transversal.downLabel")}
        choices={downKinds.map((id) => ({ id, name: t(downWords[id]) }))}
        value={settings.down}
        onChange={(key) => {
          const down = downKinds.find((one) => one === key);
          if (down) onChange({ ...settings, down });
        }}
      />
      <RadioGroup
        label={t("transversal.valueLabel")}
        look="segmented"
        choices={values.map((id) => ({ id, name: t(valueWords[id]) }))}
        value={settings.value}
        onChange={(id) => onChange({ ...settings, value: values.find((one) => one === id) ?? "count" })}
      />
      {emptyCount > 0 && (
        <Checkbox
          isSelected={settings.showsEmpty}
          onChange={(showsEmpty) => onChange({ ...settings, showsEmpty })}
        >
          {t("transversal.emptyRows", { count: emptyCount })}
        </Checkbox>
      )}
    </search>
  );
}
