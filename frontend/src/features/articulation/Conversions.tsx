import { useState } from "react";
import { Problem } from "@/api/problem";
import { dayWords } from "@/marks/formats";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Tag } from "@/ui/Tag";
import { showToast } from "@/ui/toasts";
import { useWords } from "@/words";
import { ApproachBadge } from "./ApproachBadge";
import { useConversions, useUndo } from "./use-simulation";

const shownAtFirst = 5;

/** Undoes a conversion exactly, says so, and keeps the refusal when there is one. */
export function useUndoing(planId: string, onUndone?: () => void) {
  const { t } = useWords();
  const undo = useUndo(planId);
  const [refused, setRefused] = useState<Problem | null>(null);
  const run = (conversionId: string) =>
    undo.mutate(conversionId, {
      onSuccess: () => {
        setRefused(null);
        showToast(t("articulation.undone"));
        onUndone?.();
      },
      onError: (error) => setRefused(error instanceof Problem ? error : new Problem(0, {})),
    });
  return { run, isPending: undo.isPending, refused };
}

export function UndoRefused({ problem }: { problem: Problem }) {
  const { t } = useWords();
  return (
    <Banner
      tone="error"
      title={t("articulation.undoRefused")}
      {...(problem.traceId ? { traceId: problem.traceId } : {})}
    >
      {problem.message || t("shell.unreachable")}
    </Banner>
  );
}

export interface ConversionsProps {
  planId: string;
  withPlanId: string;
  mayConvert: boolean;
  onUndone: () => void;
}

/** What was converted when; the latest can be taken back as long as nothing it wrote has changed. */
export function Conversions({ planId, withPlanId, mayConvert, onUndone }: ConversionsProps) {
  const { t, locale } = useWords();
  const { data } = useConversions(planId, withPlanId);
  const { run, isPending, refused } = useUndoing(planId, onUndone);
  if (!data) return null;
  const latest = data.find((one) => !one.isUndone);
  return (
    <section className="stack-wide" aria-labelledby="conversions">
      <h2 id="conversions">{t("articulation.history")}</h2>
      {refused && <UndoRefused problem={refused} />}
      {data.length === 0 ? (
        <p className="soft">{t("articulation.historyNone")}</p>
      ) : (
        <ul className="conversion-list card lined">
          {data.slice(0, shownAtFirst).map((one) => (
            <li key={one.id} className="cluster">
              <ApproachBadge approach={one.fromApproach} />
              <Icon name="arrowRight" size={16} />
              <ApproachBadge approach={one.toApproach} />
              <span className="soft">
                {t("articulation.historyOn", { day: dayWords(one.createdAt.slice(0, 10), locale) })}
              </span>
              {one.isUndone && <Tag>{t("articulation.historyUndone")}</Tag>}
              {mayConvert && one === latest && (
                <Button
                  size="small"
                  variant="quiet"
                  icon="undo"
                  isPending={isPending}
                  onPress={() => run(one.id)}
                >
                  {t("articulation.undo")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
