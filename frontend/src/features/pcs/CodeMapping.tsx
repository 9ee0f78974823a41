import type { Schemas } from "@/api/contract";
import { euroWords } from "@/marks/formats";
import { Banner } from "@/ui/Banner";
import { Select } from "@/ui/Select";
import { Table } from "@/ui/Table";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import { useItems } from "./use-continuation";

export interface CodeMappingProps {
  mapping: Schemas["CodeMapping"];
  periodId: string | null;
  chosen: ReadonlyMap<string, string>;
  onChosen: (planActionId: string, itemId: string | null) => void;
}

const asMapped = "mapping";
const without = "none";
const codeOf = (item: Schemas["ItemNamed"]) => item.code;

/** Where each code goes on, what that comes to, and a code of the next period for single actions. */
export function CodeMapping({ mapping, periodId, chosen, onChosen }: CodeMappingProps) {
  const { t, locale } = useWords();
  const items = useItems(periodId);
  const euro = (sums: Schemas["Sums"]) => euroWords(sums.expensesPlanned, locale);
  const sums = [
    { id: "total", name: t("continuation.total"), sums: mapping.total },
    { id: "mapped", name: t("continuation.mapped"), sums: mapping.mapped },
    { id: "unmapped", name: t("continuation.unmapped"), sums: mapping.unmapped },
  ];
  const choices = [
    { id: asMapped, name: t("continuation.asMapped") },
    { id: without, name: t("continuation.withoutCode") },
    ...(items.data ?? []).map((one) => ({ id: one.id, name: `${one.code} ${one.label}` })),
  ];
  const lost = mapping.unmappedClaimIds.length;
  return (
    <section className="stack-wide" aria-labelledby="mapping">
      <h3 id="mapping">{t("continuation.mapping")}</h3>
      {lost > 0 && (
        <Banner tone="warning" title={t("continuation.lostTitle", { count: lost })}>
          {t("continuation.lostText")}
        </Banner>
      )}
      <Table
        caption={t("continuation.sums")}
        rows={sums}
        rowId={(row) => row.id}
        columns={[
          { id: "name", name: t("continuation.part"), cell: (row) => row.name },
          { id: "expenses", name: t("pcs.expensesPlanned"), isNumeric: true, cell: (row) => euro(row.sums) },
          {
            id: "revenue",
            name: t("pcs.revenuePlanned"),
            isNumeric: true,
            cell: (row) => euroWords(row.sums.revenuePlanned, locale),
          },
        ]}
      />
      <Table
        caption={t("continuation.codes")}
        rows={mapping.codes}
        rowId={(line) => line.item?.id ?? without}
        columns={[
          {
            id: "code",
            name: t("continuation.formerCode"),
            cell: ({ item }) => (item ? `${item.code} ${item.label}` : t("pcs.noCode")),
          },
          { id: "count", name: t("pcs.figureActions"), isNumeric: true, cell: (line) => line.actionCount },
          { id: "sum", name: t("pcs.expensesPlanned"), isNumeric: true, cell: (line) => euro(line.amounts) },
          {
            id: "targets",
            name: t("continuation.nextCodes"),
            cell: ({ targets }) =>
              targets.length === 0 ? (
                <Tag>{t("continuation.nowhere")}</Tag>
              ) : (
                targets.map(({ item, amounts }) => `${item.code} (${euro(amounts)})`).join(", ")
              ),
          },
        ]}
      />
      <Table
        caption={t("continuation.claims")}
        rows={mapping.claims}
        rowId={(claim) => claim.planActionId}
        columns={[
          { id: "title", name: t("pcs.action"), cell: (claim) => claim.title },
          { id: "from", name: t("continuation.formerCode"), cell: (claim) => claim.item?.code ?? "–" },
          {
            id: "to",
            name: t("continuation.nextCodes"),
            cell: (claim) =>
              claim.isGoingOn ? (
                <Select
                  label={t("continuation.codeOf", { name: claim.title })}
                  hideLabel
                  value={choiceOf(chosen.get(claim.planActionId))}
                  choices={choices.map((one) =>
                    one.id === asMapped && !claim.isAssigned
                      ? { ...one, name: claim.targets.map(codeOf).join(", ") || t("continuation.nowhere") }
                      : one,
                  )}
                  onChange={(id) =>
                    onChosen(claim.planActionId, id === asMapped ? null : id === without ? "" : String(id))
                  }
                />
              ) : (
                <Tag>{t("continuation.staysBehind")}</Tag>
              ),
          },
        ]}
      />
    </section>
  );
}

const choiceOf = (chosen: string | undefined) => (chosen === undefined ? asMapped : chosen || without);
