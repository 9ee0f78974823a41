import { useState } from "react";
import { isStale, Problem } from "@/api/problem";
import { dayWords } from "@/marks/formats";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { DateField } from "@/ui/DateField";
import { ConfirmDialog } from "@/ui/Dialog";
import { RadioGroup } from "@/ui/RadioGroup";
import { Select } from "@/ui/Select";
import { Skeleton } from "@/ui/Skeleton";
import { useWords } from "@/words";
import { ContinuationPreview } from "./ContinuationPreview";
import type { Report } from "./pcs-view";
import { isComplete, type Kind, useContinuation, useNextPeriods, usePreview } from "./use-continuation";

const kinds: readonly { id: Kind; word: "extension" | "successor" | "noneYet" }[] = [
  { id: "extension", word: "extension" },
  { id: "successor", word: "successor" },
  { id: "noneYet", word: "noneYet" },
];

export interface ContinuationDeskProps {
  report: Report;
  mayContinue: boolean;
  onApplied: () => void;
}

/** Chooses how a plan goes on beyond its programming period, shows what that changes, and applies what is shown. */
export function ContinuationDesk({ report, mayContinue, onApplied }: ContinuationDeskProps) {
  const { t, locale } = useWords();
  const [kind, setKind] = useState<Kind>("noneYet");
  const [periodId, setPeriodId] = useState<string | null>(null);
  const [endsOn, setEndsOn] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [isConfirming, setConfirming] = useState(false);
  const periods = useNextPeriods(report.period.id);
  const wanted = { planId: report.plan.id, kind, periodId, endsOn, chosen };
  const preview = usePreview(wanted);
  const continuation = useContinuation();
  const change = (work: () => void) => {
    continuation.reset();
    work();
  };
  const told = isComplete(wanted) && !preview.error ? preview.data : undefined;
  const apply = () => {
    if (told) continuation.mutate({ wanted, basis: told.basis }, { onSuccess: onApplied });
  };
  const again = () => {
    continuation.reset();
    void preview.refetch();
  };
  const choices = periods.data ?? [];
  return (
    <section className="stack-wide" aria-labelledby="continue">
      <h2 id="continue">{t("continuation.choose")}</h2>
      {continuation.error && <Refused error={continuation.error} onAgain={again} />}
      <RadioGroup
        label={t("continuation.kind")}
        value={kind}
        onChange={(id) => change(() => setKind(kinds.find((one) => one.id === id)?.id ?? kind))}
        choices={kinds.map(({ id, word }) => ({
          id,
          name: t(`continuation.${word}`),
          mark: (
            <span className="continuation-kind">
              <b>{t(`continuation.${word}`)}</b>
              <span className="soft">{t(`continuation.${word}Text`)}</span>
            </span>
          ),
        }))}
      />
      {kind === "successor" &&
        (choices.length === 0 ? (
          <Banner tone="info" title={t("continuation.noPeriodTitle")}>
            {t("continuation.noPeriodText")}
          </Banner>
        ) : (
          <Select
            label={t("continuation.nextPeriod")}
            value={periodId}
            choices={choices.map((one) => ({
              id: one.id,
              name: one.label,
              hint: `${dayWords(one.startsOn, locale)} – ${dayWords(one.endsOn, locale)}`,
            }))}
            onChange={(id) =>
              change(() => {
                setPeriodId(id === null ? null : String(id));
                setChosen(new Map());
              })
            }
          />
        ))}
      {kind === "noneYet" && (
        <DateField
          label={t("continuation.endsOn")}
          hint={t("continuation.endsOnHint")}
          value={endsOn}
          onChange={(day) => change(() => setEndsOn(day))}
        />
      )}
      {isComplete(wanted) && preview.error && <Refused error={preview.error} onAgain={again} />}
      {isComplete(wanted) && preview.isPending && <Skeleton lines={8} />}
      {told && (
        <div className="stack-wide" aria-busy={preview.isPlaceholderData}>
          <ContinuationPreview
            preview={told}
            chosen={chosen}
            onChosen={(claim, item) =>
              change(() =>
                setChosen(
                  new Map([
                    ...[...chosen].filter(([id]) => id !== claim),
                    ...(item === null ? [] : [[claim, item] as const]),
                  ]),
                ),
              )
            }
          />
          <div className="apply-bar no-print">
            <p role="status">{t(mayContinue ? "continuation.ready" : "continuation.notYours")}</p>
            {mayContinue && (
              <Button
                variant="primary"
                icon="check"
                isDisabled={preview.isPlaceholderData}
                isPending={continuation.isPending}
                onPress={() => setConfirming(true)}
              >
                {t("continuation.apply")}
              </Button>
            )}
          </div>
        </div>
      )}
      <ConfirmDialog
        title={t("continuation.confirmTitle")}
        confirm={t("continuation.apply")}
        isOpen={isConfirming}
        onClose={() => setConfirming(false)}
        onConfirm={apply}
      >
        <p>{t(`continuation.${kind}Confirm`)}</p>
      </ConfirmDialog>
    </section>
  );
}

/** Why it was not done, and that nothing changed. */
function Refused({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t } = useWords();
  const problem = error instanceof Problem ? error : null;
  const stale = isStale(error);
  const reasons = problem?.issues.map((issue) => issue.detail) ?? [];
  return (
    <Banner
      tone={stale ? "warning" : "error"}
      title={t(stale ? "continuation.staleTitle" : "continuation.refusedTitle")}
      actions={<Button onPress={onAgain}>{t("ui.retry")}</Button>}
      {...(problem?.traceId ? { traceId: problem.traceId } : {})}
    >
      {reasons.length > 0 ? reasons.join(" ") : problem?.message || t("shell.unreachable")}
    </Banner>
  );
}
