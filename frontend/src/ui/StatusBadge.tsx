import { Icon } from "./Icon";
import type { IconName } from "./icons";
import "./feedback.css";

export type Tone = "neutral" | "info" | "wait" | "progress" | "warning" | "success" | "danger";

export interface StatusBadgeProps {
  /** Icon, word and colour always go together: none of them speaks alone. */
  icon: IconName;
  word: string;
  tone: Tone;
  look?: "soft" | "plain";
}

export function StatusBadge({ icon, word, tone, look = "soft" }: StatusBadgeProps) {
  return (
    <span className="status-badge" data-tone={tone} data-look={look}>
      <Icon name={icon} size={15} />
      <span>{word}</span>
    </span>
  );
}
