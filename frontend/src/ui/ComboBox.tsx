import { Button } from "react-aria-components/Button";
import { ComboBox as AriaComboBox, type ComboBoxProps as AriaProps } from "react-aria-components/ComboBox";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import { ListBox } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { useWords } from "@/words";
import { FieldHint, FieldLabel, FieldProblem, type FieldWords } from "./Field";
import { Icon } from "./Icon";
import { type Choice, ChoiceItem } from "./Select";
import "./overlay.css";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export interface ComboBoxProps
  extends Omit<
      AriaProps<Choice>,
      "children" | "className" | "style" | "isInvalid" | "items" | "defaultItems" | "defaultFilter"
    >,
    FieldWords {
  choices: readonly Choice[];
  /** The choices answer what is typed already: nothing is sifted again, so that a near miss stays found. */
  isFoundElsewhere?: boolean;
}

/** Type to find, accents and capitals ignored. */
export function ComboBox({ label, hint, error, choices, isFoundElsewhere = false, ...rest }: ComboBoxProps) {
  const { t } = useWords();
  return (
    <AriaComboBox
      {...rest}
      className="field"
      isInvalid={error !== undefined}
      validationBehavior="aria"
      defaultItems={choices}
      defaultFilter={(text, sought) => isFoundElsewhere || plain(text).includes(plain(sought))}
      allowsEmptyCollection
      menuTrigger="focus"
    >
      <FieldLabel label={label} isRequired={rest.isRequired} />
      {hint && <FieldHint>{hint}</FieldHint>}
      <Group className="input input-group">
        <Input className="input-bare" />
        <Button className="input-button" aria-label={t("ui.showOptions")}>
          <Icon name="chevronDown" size={16} />
        </Button>
      </Group>
      <FieldProblem error={error} />
      <Popover className="popover" offset={4}>
        <ListBox<Choice>
          className="options"
          renderEmptyState={() => <p className="options-empty">{t("ui.noOption")}</p>}
        >
          {(choice) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
