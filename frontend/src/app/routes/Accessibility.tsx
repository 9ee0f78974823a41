import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";
import { Frame } from "../Frame";

const means = ["statement.means1", "statement.means2", "statement.means3", "statement.means4"] as const;
const contacts = [
  ["statement.contactOwner", "statement.contactOwnerText"],
  ["statement.contactComplaints", "statement.contactComplaintsText"],
  ["statement.contactMediator", "statement.contactMediatorText"],
] as const;

export function Accessibility() {
  const { t } = useWords();
  return (
    <Frame>
      <PageHeader title={t("statement.title")}>
        <p>{t("statement.lead")}</p>
      </PageHeader>
      <section className="stack">
        <h2>{t("statement.normTitle")}</h2>
        <p>{t("statement.norm")}</p>
      </section>
      <section className="stack">
        <h2>{t("statement.stateTitle")}</h2>
        <p>{t("statement.state")}</p>
      </section>
      <section className="stack">
        <h2>{t("statement.meansTitle")}</h2>
        <ul>
          {means.map((one) => (
            <li key={one}>{t(one)}</li>
          ))}
        </ul>
      </section>
      <section className="stack-wide">
        <h2>{t("statement.contactTitle")}</h2>
        <ol className="steps">
          {contacts.map(([title, text]) => (
            <li key={title} className="card">
              <h3>{t(title)}</h3>
              <p>{t(text)}</p>
            </li>
          ))}
        </ol>
      </section>
    </Frame>
  );
}
