import { useWords } from "@/words";
import "./feedback.css";

export interface SkeletonProps {
  /** How many lines what is coming will take, so that nothing jumps when it arrives. */
  lines?: number;
  lineHeight?: string;
}

/** Stands where content is coming. Shown only after 150 ms: a fast answer never flickers. */
export function Skeleton({ lines = 3, lineHeight = "var(--row)" }: SkeletonProps) {
  const { t } = useWords();
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t("ui.loading")}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <div key={line} className="skeleton-line" style={{ height: lineHeight }} aria-hidden="true">
          <span />
        </div>
      ))}
    </div>
  );
}
