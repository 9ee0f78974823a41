import { euroWords, shareWords } from "@/marks/formats";
import { percentOf } from "@/marks/money";
import { valueWords } from "@/marks/values";
import { ProgressBar } from "@/ui/ProgressBar";
import { useWords } from "@/words";
import type { NatureView } from "./budget-view";

/** Who pays, and how much of what was planned is spent. */
export function BudgetSources({ view }: { view: NatureView }) {
  const { t, locale } = useWords();
  if (view.totals.planned === null) return null;
  return (
    <ul className="budget-sources">
      {view.sources.map(({ source, totals }) => {
        const share = percentOf(totals.planned, view.totals.planned);
        const spent = percentOf(totals.spent, totals.planned);
        return (
          <li key={source}>
            <span className="budget-source-name">{valueWords(t, "source", source)}</span>
            <span className="numeric">
              {totals.planned === null ? "–" : euroWords(totals.planned, locale)}
            </span>
            <ProgressBar
              value={spent}
              label={t("budget.spent", { source: valueWords(t, "source", source) })}
            />
            <span className="soft">
              {share !== null && t("budget.shareOf", { share: shareWords(share, locale) })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
