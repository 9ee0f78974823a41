import { type ReactNode, useState } from "react";
import { Button } from "@/ui/Button";
import { useWords } from "@/words";

const shownAtFirst = 8;

export interface ShortListProps {
  title: string;
  text: string;
  /** What is said where there is nothing: good news. */
  nothing: string;
  items: readonly ReactNode[];
}

/** A list that does not drown the rest: the first ones, and the others when they are asked for. */
export function ShortList({ title, text, nothing, items }: ShortListProps) {
  const { t } = useWords();
  const [isWhole, setWhole] = useState(false);
  const rest = items.length - shownAtFirst;
  return (
    <>
      <h2>
        {title} <span className="soft numeric">{items.length}</span>
      </h2>
      <p className="soft">{items.length === 0 ? nothing : text}</p>
      {items.length > 0 && (
        <div className="card stack">
          <ul className="whole lined">
            {(isWhole ? items : items.slice(0, shownAtFirst)).map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn anew as a whole
              <li key={index}>{item}</li>
            ))}
          </ul>
          {rest > 0 && !isWhole && (
            <Button size="small" variant="quiet" onPress={() => setWhole(true)}>
              {t("transversal.showAll", { count: rest })}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
