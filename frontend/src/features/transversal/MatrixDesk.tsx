import { useRef } from "react";
import type { Schemas } from "@/api/contract";
import type { PlanName } from "@/api/shared";
import { EmptyState } from "@/ui/EmptyState";
import { ButtonLink } from "@/ui/Link";
import { useIsNarrow } from "@/ui/use-is-narrow";
import { useWords } from "@/words";
import { MatrixGrid } from "./MatrixGrid";
import { MatrixList } from "./MatrixList";
import { type MatrixSettings, MatrixToolbar } from "./MatrixToolbar";
import { acrossWords, downWords, matrixOf, valueWords } from "./matrix-view";
import type { Cell } from "./use-transversal";
import "./matrix.css";

export interface MatrixDeskProps {
  found: Schemas["Transversal"];
  plans: ReadonlyMap<string, PlanName>;
  settings: MatrixSettings;
  onSettings: (settings: MatrixSettings) => void;
  onOpen: (cell: Cell) => void;
  plansHref: string;
}

/** The matrix with its settings: a grid where there is room, lists where there is not. */
export function MatrixDesk({ found, plans, settings, onSettings, onOpen, plansHref }: MatrixDeskProps) {
  const { t } = useWords();
  const desk = useRef<HTMLElement>(null);
  const isNarrow = useIsNarrow(desk, 46);
  const matrix = matrixOf(found, plans, settings.showsEmpty, t);
  const label = t("transversal.grid", {
    down: t(downWords[found.columnKind]),
    across: t(acrossWords[found.rowKind]),
    value: t(valueWords[settings.value]),
  });
  const shown = { matrix, value: settings.value, label, onOpen };
  return (
    <section ref={desk} className="stack-wide" aria-label={t("transversal.tabMatrix")}>
      <MatrixToolbar settings={settings} onChange={onSettings} emptyCount={matrix.emptyCount} />
      {matrix.total.count === 0 ? (
        <EmptyState
          icon="grid"
          title={t("transversal.emptyTitle")}
          action={
            <ButtonLink variant="primary" href={plansHref}>
              {t("transversal.emptyNext")}
            </ButtonLink>
          }
        >
          {t("transversal.emptyText")}
        </EmptyState>
      ) : isNarrow ? (
        <MatrixList {...shown} />
      ) : (
        <>
          <MatrixGrid {...shown} corner={t(downWords[found.columnKind])} />
          <p className="soft no-print">{t("transversal.keyHint")}</p>
        </>
      )}
    </section>
  );
}
