import { type FormEvent, useState } from "react";
import { StatusMark } from "@/marks/marks";
import { statuses } from "@/marks/statuses";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { NumberField } from "@/ui/NumberField";
import { RadioGroup } from "@/ui/RadioGroup";
import { TextArea } from "@/ui/TextField";
import { useWords } from "@/words";
import type { ActionUpdate, ActionView } from "./action-view";

export interface UpdateFormProps {
  action: Pick<ActionView, "id" | "status" | "progress" | "health" | "healthReason" | "nextStatuses">;
  isSaving?: boolean;
  onSave: (update: ActionUpdate) => void;
  onCancel: () => void;
}

/** Giving up and reopening are explained; so is being blocked. */
const needsReason = (from: ActionView["status"], update: ActionUpdate) =>
  update.isBlocked ||
  (update.status !== from && (update.status === "cancelled" || from === "completed" || from === "cancelled"));

/** The whole update of an action in one panel: status, progress, comment, blocked or not. */
export function UpdateForm({ action, isSaving = false, onSave, onCancel }: UpdateFormProps) {
  const { t } = useWords();
  const [update, setUpdate] = useState<ActionUpdate>({
    status: action.status,
    progress: action.progress,
    comment: "",
    isBlocked: action.health === "blocked",
    reason: action.healthReason ?? "",
  });
  const [wasSent, setSent] = useState(false);
  const change = (part: Partial<ActionUpdate>) => setUpdate((before) => ({ ...before, ...part }));
  const asksReason = needsReason(action.status, update);
  const lacksReason = asksReason && update.reason.trim() === "";
  const reasonId = `reason-${action.id}`;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!lacksReason) onSave({ ...update, reason: asksReason ? update.reason.trim() : "" });
  };
  return (
    <form className="stack-wide" onSubmit={send} noValidate>
      <ErrorSummary
        errors={wasSent && lacksReason ? [{ fieldId: reasonId, message: t("actions.reasonNeeded") }] : []}
      />
      <RadioGroup
        label={t("plans.status")}
        value={update.status}
        onChange={(chosen) => {
          const status = [action.status, ...action.nextStatuses].find((one) => one === chosen);
          if (status) change({ status, ...(status === "completed" ? { progress: 100 } : {}) });
        }}
        choices={[action.status, ...action.nextStatuses].map((status) => ({
          id: status,
          name: t(statuses[status].word),
          mark: <StatusMark status={status} />,
        }))}
      />
      <NumberField
        label={t("plans.progress")}
        value={update.progress === null ? Number.NaN : update.progress / 100}
        formatOptions={{ style: "percent" }}
        {...progressSteps}
        onChange={(share) => change({ progress: Number.isNaN(share) ? null : Math.round(share * 100) })}
      />
      <TextArea
        label={t("actions.comment")}
        hint={t("actions.commentHint")}
        value={update.comment}
        onChange={(comment) => change({ comment })}
        maxLength={4000}
      />
      <Checkbox isSelected={update.isBlocked} onChange={(isBlocked) => change({ isBlocked })}>
        {t("actions.blocked")}
      </Checkbox>
      {asksReason && (
        <TextArea
          id={reasonId}
          label={t("actions.reason")}
          isRequired
          rows={2}
          value={update.reason}
          onChange={(reason) => change({ reason })}
          {...(wasSent && lacksReason ? { error: t("actions.reasonNeeded") } : {})}
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

// The field shows a share as a percentage: a step of 5 % is 0.05.
const progressSteps = { minValue: 0, maxValue: 1, step: 0.05 };
