import type { Ref } from "react";
import { StatusMark } from "@/marks/marks";
import { isStatus, statuses } from "@/marks/statuses";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/RadioGroup";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { useWords } from "@/words";
import type { PlanFilter } from "./plan-filter";

export interface PlanToolbarProps {
  filter: PlanFilter;
  onFilter: (filter: PlanFilter) => void;
  searchRef?: Ref<HTMLInputElement>;
  /** How many actions are seen, and of how many. */
  found: { seen: number; all: number };
  onExpandAll: () => void;
  onCollapseAll: () => void;
}

/** What of the plan is looked at. */
export function PlanToolbar({
  filter,
  onFilter,
  searchRef,
  found,
  onExpandAll,
  onCollapseAll,
}: PlanToolbarProps) {
  const { t } = useWords();
  return (
    <search className="plan-toolbar no-print" aria-label={t("plans.filters")}>
      <TextField
        label={t("plans.filterText")}
        type="search"
        value={filter.q ?? ""}
        onChange={(q) => onFilter({ ...filter, q: q === "" ? undefined : q })}
        {...(searchRef ? { inputRef: searchRef } : {})}
      />
      <Select
        label={t("plans.status")}
        value={filter.status ?? "any"}
        onChange={(key) => onFilter({ ...filter, status: isStatus(key) ? key : undefined })}
        choices={[
          { id: "any", name: t("plans.filterAnyStatus") },
          ...Object.keys(statuses)
            .filter(isStatus)
            .map((status) => ({
              id: status,
              name: t(statuses[status].word),
              mark: <StatusMark status={status} look="plain" />,
            })),
        ]}
      />
      <RadioGroup
        label={t("plans.filterLateLabel")}
        look="segmented"
        value={filter.late ? "late" : "all"}
        onChange={(choice) => onFilter({ ...filter, late: choice === "late" ? true : undefined })}
        choices={[
          { id: "all", name: t("plans.filterAll") },
          { id: "late", name: t("plans.filterLate") },
        ]}
      />
      <div className="plan-toolbar-end">
        <p className="soft numeric" role="status">
          {found.seen === found.all
            ? t("plans.actionCount", { count: found.all })
            : t("plans.foundActions", { count: found.seen, all: found.all })}
        </p>
        <div className="cluster">
          <Button variant="quiet" size="small" icon="expandAll" onPress={onExpandAll}>
            {t("plans.expandAll")}
          </Button>
          <Button variant="quiet" size="small" icon="collapseAll" onPress={onCollapseAll}>
            {t("plans.collapseAll")}
          </Button>
        </div>
      </div>
    </search>
  );
}
