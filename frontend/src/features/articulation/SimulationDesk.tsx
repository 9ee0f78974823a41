import { useState } from "react";
import { isStale, Problem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { RadioGroup } from "@/ui/RadioGroup";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { showToast } from "@/ui/toasts";
import { useWords } from "@/words";
import { approaches, type Target, targets } from "./approaches";
import { Counters } from "./Counters";
import { Panes, Tray } from "./Panes";
import { PlaceDialog } from "./PlaceDialog";
import { countersOf, panesOf, wouldChange } from "./simulation-view";
import type { Joint } from "./use-articulations";
import { useConversion, useSimulation } from "./use-simulation";
import "./articulation.css";

export interface SimulationDeskProps {
  joint: Joint;
  to: Target;
  chosen: ReadonlyMap<string, string>;
  onTarget: (to: Target) => void;
  onChosen: (chosen: ReadonlyMap<string, string>) => void;
  onApplied: (conversionId: string) => void;
}

/** The what-if: a form is chosen, both states stand side by side, and what is shown is what is applied. */
export function SimulationDesk({ joint, to, chosen, onTarget, onChosen, onApplied }: SimulationDeskProps) {
  const { t } = useWords();
  const simulated = { planId: joint.plan.id, withPlanId: joint.withPlan.id, to, chosen };
  const { tree, preview } = useSimulation(simulated);
  const conversion = useConversion();
  const [placing, setPlacing] = useState<string | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  const told = preview.data;
  const choose = (
    <RadioGroup
      label={t("articulation.target")}
      look="segmented"
      value={to}
      onChange={(id) => onTarget(targets.find((one) => one === id) ?? to)}
      choices={targets.map((id) => ({
        id,
        name: t(approaches[id].word),
        mark: (
          <span className="target-mark">
            <Icon name={approaches[id].icon} size={16} />
            {t(approaches[id].word)}
            {joint.approach === id && <Tag>{t("articulation.current")}</Tag>}
          </span>
        ),
      }))}
    />
  );
  if (preview.error && !preview.isFetching) {
    const isAboutPlaces = preview.error instanceof Problem && preview.error.status === 400;
    return (
      <>
        {choose}
        <Banner
          tone="error"
          title={t(isAboutPlaces ? "articulation.placesGoneTitle" : "shell.failedTitle")}
          actions={
            isAboutPlaces ? (
              <Button onPress={() => onChosen(new Map())}>{t("articulation.forgetPlaces")}</Button>
            ) : (
              <Button onPress={() => void preview.refetch()}>{t("ui.retry")}</Button>
            )
          }
        >
          {t(isAboutPlaces ? "articulation.placesGone" : "shell.failedText")}
        </Banner>
      </>
    );
  }
  if (!told || !tree.data) {
    return (
      <>
        {choose}
        <Skeleton lines={10} />
      </>
    );
  }
  const titles = new Map(tree.data.objectives.map((one) => [one.id, one]));
  const names = new Map(told.actions.map((one) => [one.actionId, one.title]));
  const put = (actionId: string, objectiveId: string) => {
    conversion.reset();
    onChosen(new Map([...chosen, [actionId, objectiveId]]));
    showToast(
      t("articulation.placed", {
        name: names.get(actionId) ?? "",
        objective: titles.get(objectiveId)?.title ?? "",
      }),
      { undo: () => onChosen(chosen) },
    );
  };
  const takeBack = (actionId: string) => onChosen(new Map([...chosen].filter(([id]) => id !== actionId)));
  const placeAll = () =>
    onChosen(
      new Map([
        ...chosen,
        ...told.unmatched.flatMap((one) =>
          one.suggestions[0] ? [[one.actionId, one.suggestions[0].objectiveId] as const] : [],
        ),
      ]),
    );
  const counted = countersOf(told);
  const hasEffect = wouldChange(counted);
  const mayChoose = told.placeIds.length > 0;
  const apply = () =>
    conversion.mutate(
      { simulated, basis: told.basis },
      { onSuccess: (done) => onApplied(done.id), onError: () => window.scrollTo({ top: 0 }) },
    );
  const again = async () => {
    await Promise.all([preview.refetch(), tree.refetch()]);
    conversion.reset();
    showToast(t("articulation.fresh"));
  };
  return (
    <>
      {conversion.error && <Refused error={conversion.error} names={names} onAgain={() => void again()} />}
      {choose}
      <p className="soft">{t(approaches[to].text)}</p>
      {!hasEffect ? (
        <EmptyState icon="check" title={t("articulation.noChangeTitle")}>
          {t("articulation.noChangeText")}
        </EmptyState>
      ) : (
        <div className="stack-wide" aria-busy={preview.isPlaceholderData}>
          <Counters counted={counted} />
          {told.unmatched.length > 0 && (
            <Tray
              waiting={told.unmatched.map((one) => ({
                id: one.actionId,
                name: one.title,
                suggestions: one.suggestions,
              }))}
              onPlace={put}
              onOther={setPlacing}
              onPlaceAll={placeAll}
            />
          )}
          <Panes
            panes={panesOf(tree.data, told, chosen)}
            {...(mayChoose ? { onPlace: put } : {})}
            onPlaceElsewhere={setPlacing}
            onTakeBack={takeBack}
          />
          <div className="apply-bar no-print">
            <p role="status">
              {!joint.mayConvert
                ? t("articulation.applyNotYours")
                : told.isApplicable
                  ? t(mayChoose ? "articulation.trayDone" : "articulation.ready")
                  : t("articulation.applyBlocked", { count: told.unmatched.length })}
            </p>
            {joint.mayConvert && (
              <Button
                variant="primary"
                icon="check"
                isDisabled={!told.isApplicable || preview.isPlaceholderData}
                isPending={conversion.isPending}
                onPress={() => setConfirming(true)}
              >
                {t("articulation.apply")}
              </Button>
            )}
          </div>
        </div>
      )}
      <ConfirmDialog
        title={t("articulation.confirmTitle", { approach: t(approaches[to].word) })}
        confirm={t("articulation.apply")}
        isOpen={isConfirming}
        onClose={() => setConfirming(false)}
        onConfirm={apply}
      >
        <p>{t("articulation.confirmText")}</p>
        <Counters counted={counted} />
      </ConfirmDialog>
      {placing !== null && (
        <PlaceDialog
          name={names.get(placing) ?? ""}
          places={told.placeIds.map((id) => ({
            id,
            name: titles.get(id)?.title ?? "",
            hint: titles.get(titles.get(id)?.parentId ?? "")?.title ?? "",
          }))}
          onClose={() => setPlacing(null)}
          onPlace={(objectiveId) => {
            setPlacing(null);
            put(placing, objectiveId);
          }}
        />
      )}
    </>
  );
}

interface RefusedProps {
  error: unknown;
  names: ReadonlyMap<string, string>;
  onAgain: () => void;
}

/** Why a conversion was not applied, and that nothing changed. */
function Refused({ error, names, onAgain }: RefusedProps) {
  const { t } = useWords();
  if (isStale(error)) {
    return (
      <Banner
        tone="warning"
        title={t("articulation.staleTitle")}
        actions={<Button onPress={onAgain}>{t("articulation.again")}</Button>}
      >
        {t("articulation.staleText")}
      </Banner>
    );
  }
  const problem = error instanceof Problem ? error : null;
  return (
    <Banner
      tone="error"
      title={t("articulation.refusedTitle")}
      actions={<Button onPress={onAgain}>{t("articulation.again")}</Button>}
      {...(problem?.traceId ? { traceId: problem.traceId } : {})}
    >
      <p>
        {problem?.message || t("shell.unreachable")} {t("articulation.refusedText")}
      </p>
      {problem && problem.issues.length > 0 && (
        <ul>
          {problem.issues.map((issue) => (
            <li key={`${issue.name} ${String(issue.value)}`}>
              {[names.get(String(issue.value)), issue.detail].filter(Boolean).join(" : ")}
            </li>
          ))}
        </ul>
      )}
    </Banner>
  );
}
