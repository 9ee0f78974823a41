import { useEffect, useRef } from "react";
import { useWords } from "@/words";
import { Icon } from "./Icon";
import "./feedback.css";

export interface ErrorSummaryProps {
  /** One line per refused answer; `fieldId` is where its link leads. */
  errors: readonly { fieldId: string; message: string }[];
  /** Off where the summary is only shown, as in the gallery. */
  takesFocus?: boolean;
}

/** What must be corrected before sending, in one place. Takes focus each time the list changes. */
export function ErrorSummary({ errors, takesFocus = true }: ErrorSummaryProps) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const said = errors.map((error) => error.message).join("\n");
  useEffect(() => {
    if (takesFocus && said !== "") box.current?.focus();
  }, [said, takesFocus]);
  if (errors.length === 0) return null;
  return (
    <div ref={box} className="banner error-summary" data-tone="error" role="alert" tabIndex={-1}>
      <Icon name="error" size={20} />
      <div className="banner-words">
        <p className="banner-title">{t("ui.errorSummary", { count: errors.length })}</p>
        <ul>
          {errors.map((error) => (
            <li key={error.fieldId}>
              <a
                href={`#${error.fieldId}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(error.fieldId)?.focus();
                }}
              >
                {error.message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
