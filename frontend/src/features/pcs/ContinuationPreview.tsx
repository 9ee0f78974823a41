import type { Schemas } from "@/api/contract";
import { dayWords, euroWords } from "@/marks/formats";
import { Banner } from "@/ui/Banner";
import { Table } from "@/ui/Table";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import { CodeMapping } from "./CodeMapping";
import type { Preview } from "./use-continuation";

export interface ContinuationPreviewProps {
  preview: Preview;
  chosen: ReadonlyMap<string, string>;
  onChosen: (planActionId: string, itemId: string | null) => void;
}

/** What going on would change: dates and sums, what lies beyond the end, and where each code goes on. */
export function ContinuationPreview({ preview, chosen, onChosen }: ContinuationPreviewProps) {
  const { t } = useWords();
  return (
    <>
      {preview.isPartial && (
        <Banner tone="info" title={t("continuation.partialTitle")}>
          {t("continuation.partialText")}
        </Banner>
      )}
      <Dates preview={preview} />
      <Beyond preview={preview} />
      {preview.mapping && (
        <CodeMapping
          mapping={preview.mapping}
          periodId={preview.nextPeriod?.id ?? null}
          chosen={chosen}
          onChosen={onChosen}
        />
      )}
    </>
  );
}

/** The plan before and after, and the one of the next period. */
function Dates({ preview }: { preview: Preview }) {
  const { t, locale } = useWords();
  const day = (one: string | null) => (one === null ? "–" : dayWords(one, locale));
  const rows: { id: "before" | "after" | "next"; dates: Schemas["PlanDates"] }[] = [
    { id: "before", dates: preview.before },
    { id: "after", dates: preview.after },
    ...(preview.next ? [{ id: "next" as const, dates: preview.next }] : []),
  ];
  return (
    <Table
      caption={t("continuation.dates")}
      rows={rows}
      rowId={(row) => row.id}
      columns={[
        {
          id: "plan",
          name: t("continuation.plan"),
          cell: (row) => (row.id === "next" ? preview.title : t(`continuation.${row.id}`)),
        },
        {
          id: "years",
          name: t("continuation.years"),
          cell: ({ dates }) => (
            <span className="cluster">
              {day(dates.startsOn)} – {day(dates.endsOn)}
              {dates.withoutPeriodFrom && (
                <Tag>{t("continuation.withoutPeriod", { day: day(dates.withoutPeriodFrom) })}</Tag>
              )}
            </span>
          ),
        },
        {
          id: "expenses",
          name: t("pcs.expensesPlanned"),
          isNumeric: true,
          cell: ({ dates }) => euroWords(dates.totals.expensesPlanned, locale),
        },
        {
          id: "revenue",
          name: t("pcs.revenuePlanned"),
          isNumeric: true,
          cell: ({ dates }) => euroWords(dates.totals.revenuePlanned, locale),
        },
      ]}
    />
  );
}

/** Lines, agreements and posts of days after the end that the plan has now. */
function Beyond({ preview }: { preview: Preview }) {
  const { t, locale } = useWords();
  const { budgetLines, agreements, posts } = preview;
  if (budgetLines.length + agreements.length + posts.length === 0) {
    return <p className="soft">{t("continuation.nothingBeyond")}</p>;
  }
  const fate = (line: Schemas["LineBeyond"]) =>
    line.isMoved ? "lineMoved" : line.isCovered ? "lineCovered" : "lineOutside";
  return (
    <section className="stack-wide" aria-labelledby="beyond-end">
      <h3 id="beyond-end">{t("continuation.beyond")}</h3>
      {budgetLines.length > 0 && (
        <Table
          caption={t("continuation.lines", { count: budgetLines.length })}
          rows={budgetLines}
          rowId={(line) => line.budgetLineId}
          columns={[
            { id: "title", name: t("continuation.of"), cell: (line) => line.title },
            { id: "year", name: t("pcs.year"), cell: (line) => line.fiscalYear },
            {
              id: "nature",
              name: t("pcs.nature"),
              cell: (line) => t(line.nature === "revenue" ? "continuation.revenue" : "continuation.expense"),
            },
            {
              id: "planned",
              name: t("continuation.planned"),
              isNumeric: true,
              cell: (line) => euroWords(line.planned, locale),
            },
            { id: "fate", name: t("continuation.fate"), cell: (line) => t(`continuation.${fate(line)}`) },
          ]}
        />
      )}
      {agreements.length > 0 && (
        <Table
          caption={t("continuation.agreements", { count: agreements.length })}
          rows={agreements}
          rowId={(one) => one.agreementId}
          columns={[
            { id: "title", name: t("pcs.agreements"), cell: (one) => one.title },
            { id: "end", name: t("continuation.until"), cell: (one) => dayWords(one.endsOn, locale) },
          ]}
        />
      )}
      {posts.length > 0 && (
        <Table
          caption={t("continuation.posts", { count: posts.length })}
          rows={posts}
          rowId={(one) => `${one.partnershipId} ${one.year}`}
          columns={[
            { id: "title", name: t("pcs.action"), cell: (one) => one.title },
            { id: "year", name: t("pcs.year"), cell: (one) => one.year },
            {
              id: "fte",
              name: t("continuation.fte"),
              isNumeric: true,
              cell: (one) => one.fullTimeEquivalents,
            },
          ]}
        />
      )}
    </section>
  );
}
