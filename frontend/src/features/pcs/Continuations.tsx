import { useState } from "react";
import { Problem } from "@/api/problem";
import { dayWords } from "@/marks/formats";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { Tag } from "@/ui/Tag";
import { showToast } from "@/ui/toasts";
import { useWords } from "@/words";
import { useContinuations, useUndoContinuation } from "./use-continuation";

export interface ContinuationsProps {
  planId: string;
  mayContinue: boolean;
  hrefOf: (planId: string) => string;
}

/** How the plan went on before; the latest can be taken back as long as nothing that it wrote has changed. */
export function Continuations({ planId, mayContinue, hrefOf }: ContinuationsProps) {
  const { t, locale } = useWords();
  const { data } = useContinuations(planId);
  const undo = useUndoContinuation(planId);
  const [refused, setRefused] = useState<Problem | null>(null);
  if (!data || data.length === 0) return null;
  const latest = data.find((one) => !one.isUndone);
  const run = (id: string) =>
    undo.mutate(id, {
      onSuccess: () => {
        setRefused(null);
        showToast(t("continuation.undone"));
      },
      onError: (error) => setRefused(error instanceof Problem ? error : new Problem(0, {})),
    });
  return (
    <section className="stack-wide" aria-labelledby="continuations">
      <h2 id="continuations">{t("continuation.history")}</h2>
      {refused && (
        <Banner
          tone="error"
          title={t("continuation.undoRefused")}
          {...(refused.traceId ? { traceId: refused.traceId } : {})}
        >
          {refused.message || t("shell.unreachable")}
        </Banner>
      )}
      <ul className="card lined">
        {data.map((one) => (
          <li key={one.id} className="cluster">
            <b>{t(`continuation.${one.kind}`)}</b>
            <span className="soft">
              {t("continuation.doneOn", { day: dayWords(one.createdAt.slice(0, 10), locale) })}
            </span>
            {one.nextPlanId && <Link href={hrefOf(one.nextPlanId)}>{t("continuation.seeNext")}</Link>}
            {one.isUndone && <Tag>{t("continuation.wasUndone")}</Tag>}
            {mayContinue && one === latest && (
              <Button
                size="small"
                variant="quiet"
                icon="undo"
                isPending={undo.isPending}
                onPress={() => run(one.id)}
              >
                {t("continuation.undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
