import { ProgressBar as AriaProgressBar } from "react-aria-components/ProgressBar";
import { useWords } from "@/words";
import type { Tone } from "./StatusBadge";
import "./feedback.css";

export interface ProgressBarProps {
  /** 0 to 100, or null when it cannot be computed: that is an answer too, and not 0 %. */
  value: number | null;
  label?: string;
  tone?: Tone;
  size?: "normal" | "large";
}

/** How far something has come, in length and in figures. */
export function ProgressBar({ value, label, tone = "progress", size = "normal" }: ProgressBarProps) {
  const { t, locale } = useWords();
  const name = label ?? t("ui.progress");
  if (value === null) {
    return (
      <span className="progress" data-size={size}>
        <span className="visually-hidden">{t("ui.labelled", { label: name, value: "" })}</span>
        <span className="progress-track" aria-hidden="true" data-empty />
        <span className="progress-value numeric">–</span>
      </span>
    );
  }
  const shown = new Intl.NumberFormat(locale, { style: "percent" }).format(value / 100);
  return (
    <AriaProgressBar value={value} aria-label={name} valueLabel={shown} className="progress" data-size={size}>
      <span className="progress-track">
        <span className="progress-fill" data-tone={tone} style={{ inlineSize: `${value}%` }} />
      </span>
      <span className="progress-value numeric" aria-hidden="true">
        {shown}
      </span>
    </AriaProgressBar>
  );
}
