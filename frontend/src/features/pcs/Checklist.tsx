import type { Schemas } from "@/api/contract";
import { StatusBadge } from "@/ui/StatusBadge";
import { useWords } from "@/words";

const shownAtFirst = 6;

/** What the programming period asks of a diagnostic, line by line: met or not, and what is missing. */
export function Checklist({ lines }: { lines: readonly Schemas["ChecklistLine"][] }) {
  const { t } = useWords();
  return (
    <>
      <h2>{t("pcs.checklist")}</h2>
      <ul className="card checklist lined">
        {lines.map((line) => (
          <li key={line.rule}>
            <ChecklistMark line={line} />
            <div>
              <p>
                <b>{line.label}</b>{" "}
                {line.needed > 0 && (
                  <span className="soft numeric">
                    {t("pcs.foundOf", { found: line.found, needed: line.needed })}
                  </span>
                )}
              </p>
              {line.state !== "met" && (
                <p className="report-facts">
                  {[
                    line.why,
                    line.missing
                      .slice(0, shownAtFirst)
                      .map((one) => one.title)
                      .join(", ") + (line.missing.length > shownAtFirst ? "…" : ""),
                  ]
                    .filter(Boolean)
                    .join(" ")}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function ChecklistMark({ line }: { line: Schemas["ChecklistLine"] }) {
  const { t } = useWords();
  if (line.state === "met") return <StatusBadge icon="check" tone="success" word={t("pcs.met")} />;
  if (line.state === "notApplicable") {
    return <StatusBadge icon="minus" tone="neutral" word={t("pcs.notApplicable")} />;
  }
  return line.isRequired ? (
    <StatusBadge icon="warning" tone="danger" word={t("pcs.notMet")} />
  ) : (
    <StatusBadge icon="flag" tone="warning" word={t("pcs.advised")} />
  );
}
