import type { ReactNode } from "react";
import "./layout.css";

export interface DescriptionListProps {
  entries: readonly { term: string; description: ReactNode }[];
  look?: "rows" | "columns";
}

/** What is known of a thing, name by name. */
export function DescriptionList({ entries, look = "rows" }: DescriptionListProps) {
  return (
    <dl className="description-list" data-look={look}>
      {entries.map((entry) => (
        <div key={entry.term}>
          <dt>{entry.term}</dt>
          <dd>{entry.description}</dd>
        </div>
      ))}
    </dl>
  );
}
