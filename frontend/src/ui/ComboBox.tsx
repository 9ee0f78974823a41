import { type MouseEvent, type PointerEvent, useContext } from "react";
import { Button } from "react-aria-components/Button";
import {
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaProps,
  ComboBoxStateContext,
} from "react-aria-components/ComboBox";
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
        <Suggestions />
      </Popover>
    </AriaComboBox>
  );
}

/** The option under the pointer, where the main button presses one. */
function pressedOption(event: MouseEvent<HTMLElement>): string | undefined {
  if (event.button !== 0 || !(event.target instanceof Element)) return undefined;
  return event.target.closest<HTMLElement>("[role=option]")?.dataset.key;
}

/** The release that follows belongs to the press that has picked already: no other option takes it for its own. */
function keepRelease(): void {
  const over = new AbortController();
  const once = { capture: true, signal: over.signal };
  const end = () => over.abort();
  const release = (event: Event) => {
    event.stopPropagation();
    end();
  };
  window.addEventListener("pointerup", release, once);
  window.addEventListener("pointercancel", end, once);
  window.addEventListener("pointerdown", end, once);
}

/**
 * What is suggested. A mouse picks where it goes down: by the time it goes up, the list may have been sifted again or
 * a fresh answer may have moved its rows, and the press would count for nothing or for a neighbour. A finger picks
 * when it is lifted, for it may be scrolling.
 */
function Suggestions() {
  const { t } = useWords();
  const state = useContext(ComboBoxStateContext);
  const pick = (event: PointerEvent<HTMLElement>) => {
    const key = event.pointerType === "mouse" ? pressedOption(event) : undefined;
    if (!state || key === undefined || state.selectionManager.isDisabled(key)) return;
    event.stopPropagation();
    keepRelease();
    state.selectionManager.select(key);
  };
  return (
    <ListBox<Choice>
      className="options"
      onPointerDownCapture={pick}
      // The field keeps the focus.
      onMouseDown={(event) => pressedOption(event) !== undefined && event.preventDefault()}
      renderEmptyState={() => <p className="options-empty">{t("ui.noOption")}</p>}
    >
      {(choice) => <ChoiceItem choice={choice} />}
    </ListBox>
  );
}
