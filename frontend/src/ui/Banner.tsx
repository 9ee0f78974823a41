import type { ReactNode } from "react";
import { useWords } from "@/words";
import { Icon } from "./Icon";
import "./feedback.css";

const drawings = { info: "info", success: "checkCircle", warning: "warning", error: "error" } as const;
const words = {
  info: "ui.information",
  success: "ui.success",
  warning: "ui.warning",
  error: "ui.error",
} as const;

export interface BannerProps {
  tone: keyof typeof drawings;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** The trace id of a failure, to quote to support. */
  traceId?: string;
}

/** Something true of the whole page. An error interrupts a screen reader; the others wait their turn. */
export function Banner({ tone, title, children, actions, traceId }: BannerProps) {
  const { t } = useWords();
  return (
    <div className="banner" data-tone={tone} role={tone === "error" ? "alert" : "status"}>
      <Icon name={drawings[tone]} size={20} />
      <div className="banner-words">
        <p className="banner-title">
          <span className="visually-hidden">{t("ui.labelled", { label: t(words[tone]), value: "" })}</span>
          {title}
        </p>
        {children && <div className="banner-text">{children}</div>}
        {traceId && <p className="banner-trace">{t("ui.traceId", { id: traceId })}</p>}
      </div>
      {actions && <div className="banner-actions">{actions}</div>}
    </div>
  );
}
