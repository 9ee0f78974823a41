import { type FormEvent, useState } from "react";
import { HealthMark, StatusMark } from "@/marks/marks";
import { healths, isHealth, statuses } from "@/marks/statuses";
import { Button } from "@/ui/Button";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { NumberField } from "@/ui/NumberField";
import { RadioGroup } from "@/ui/RadioGroup";
import { TextArea } from "@/ui/TextField";
import { useWords } from "@/words";
import { type ActionUpdate, type ActionView, asksReason, type UpdateField } from "./action-view";

export interface UpdateFormProps {
  action: Pick<ActionView, "id" | "nextStatuses" | "unchangeable"> & ActionUpdate;
  isSaving?: boolean;
  /** What the service found wrong, field by field. */
  refusals?: readonly { field: UpdateField; message: string }[];
  onSave: (update: ActionUpdate) => void;
  onCancel: () => void;
}

/** The whole update of an action in one panel: status, progress, health, a remark. */
export function UpdateForm({ action, isSaving = false, refusals = [], onSave, onCancel }: UpdateFormProps) {
  const { t } = useWords();
  const [update, setUpdate] = useState<ActionUpdate>({
    status: action.status,
    progress: action.progress,
    health: action.health,
    healthReason: action.healthReason,
    statusRemark: action.statusRemark,
    statusReason: null,
  });
  const [wasSent, setSent] = useState(false);
  const change = (part: Partial<ActionUpdate>) => setUpdate((before) => ({ ...before, ...part }));
  const isOffered = (field: UpdateField) => !action.unchangeable.includes(field);
  const wantsReason = asksReason(action.status, update.status);
  const wantsHealthReason = update.health !== "good";
  const idOf = (field: UpdateField) => `${field}-${action.id}`;
  const lacking = [
    ...(wantsReason && !update.statusReason?.trim()
      ? [{ field: "statusReason" as const, message: t("actions.reasonNeeded") }]
      : []),
    ...(wantsHealthReason && !update.healthReason?.trim()
      ? [{ field: "healthReason" as const, message: t("actions.healthReasonNeeded") }]
      : []),
  ];
  const wrong = wasSent && lacking.length > 0 ? lacking : refusals;
  const errorOf = (field: UpdateField) => {
    const found = wrong.find((one) => one.field === field);
    return found ? { error: found.message } : {};
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (lacking.length > 0) return;
    onSave({
      ...update,
      healthReason: wantsHealthReason ? (update.healthReason?.trim() ?? null) : reasonWhenGood(action),
      statusRemark: update.statusRemark?.trim() || null,
      statusReason: wantsReason ? (update.statusReason?.trim() ?? null) : action.statusReason,
    });
  };
  return (
    <form className="stack-wide" onSubmit={send} noValidate>
      <ErrorSummary errors={wrong.map(({ field, message }) => ({ fieldId: idOf(field), message }))} />
      {action.nextStatuses.length > 0 && (
        <RadioGroup
          id={idOf("status")}
          label={t("plans.status")}
          value={update.status}
          onChange={(chosen) => {
            const status = [action.status, ...action.nextStatuses].find((one) => one === chosen);
            if (status)
              change({
                status,
                ...(status === "completed" && isOffered("progress") ? { progress: 100 } : {}),
              });
          }}
          choices={[action.status, ...action.nextStatuses].map((status) => ({
            id: status,
            name: t(statuses[status].word),
            mark: <StatusMark status={status} />,
          }))}
          {...errorOf("status")}
        />
      )}
      {wantsReason && (
        <TextArea
          id={idOf("statusReason")}
          label={t("actions.reason")}
          isRequired
          rows={2}
          value={update.statusReason ?? ""}
          onChange={(statusReason) => change({ statusReason })}
          {...errorOf("statusReason")}
        />
      )}
      {isOffered("progress") && (
        <NumberField
          id={idOf("progress")}
          label={t("plans.progress")}
          value={update.progress === null ? Number.NaN : update.progress / 100}
          formatOptions={{ style: "percent" }}
          {...progressSteps}
          onChange={(share) => change({ progress: Number.isNaN(share) ? null : Math.round(share * 100) })}
          {...errorOf("progress")}
        />
      )}
      {isOffered("health") && (
        <RadioGroup
          id={idOf("health")}
          label={t("actions.health")}
          look="segmented"
          value={update.health}
          onChange={(health) => isHealth(health) && change({ health })}
          choices={Object.keys(healths)
            .filter(isHealth)
            .map((health) => ({
              id: health,
              name: t(healths[health].word),
              mark: <HealthMark health={health} look="plain" />,
            }))}
          {...errorOf("health")}
        />
      )}
      {wantsHealthReason && isOffered("health") && (
        <TextArea
          id={idOf("healthReason")}
          label={t("actions.healthReason")}
          isRequired
          rows={2}
          value={update.healthReason ?? ""}
          onChange={(healthReason) => change({ healthReason })}
          {...errorOf("healthReason")}
        />
      )}
      {isOffered("statusRemark") && (
        <TextArea
          id={idOf("statusRemark")}
          label={t("actions.comment")}
          hint={t("actions.commentHint")}
          value={update.statusRemark ?? ""}
          onChange={(statusRemark) => change({ statusRemark })}
          maxLength={4000}
          {...errorOf("statusRemark")}
        />
      )}
      <div className="dialog-actions">
        <Button onPress={onCancel}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary" isPending={isSaving}>
          {t("actions.save")}
        </Button>
      </div>
    </form>
  );
}

// The field shows a share as a percentage. The step is 1 %: a coarser one would round what is already saved.
const progressSteps = { minValue: 0, maxValue: 1, step: 0.01 };

/** A reason goes with the health that it explains; what stands beside a health that was good stays as it is. */
const reasonWhenGood = (action: ActionUpdate) => (action.health === "good" ? action.healthReason : null);
