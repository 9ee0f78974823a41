import { useState } from "react";
import { SignInForm } from "@/features/identity/SignInForm";
import { BrandMark } from "@/ui/AppShell";
import { Banner } from "@/ui/Banner";
import { Link } from "@/ui/Link";
import { PageHeader } from "@/ui/PageHeader";
import { LanguageSwitch } from "@/ui/switches";
import { useWords } from "@/words";

const promises = [
  ["identity.promise1", "identity.promise1Text"],
  ["identity.promise2", "identity.promise2Text"],
  ["identity.promise3", "identity.promise3Text"],
] as const;

export function SignIn() {
  const { t } = useWords();
  const [isNotYet, setNotYet] = useState(false);
  return (
    <div className="door">
      <aside className="door-story">
        <p className="door-brand">
          <BrandMark size={40} />
          <span>
            <strong>{t("shell.service")}</strong>
            {t("shell.serviceLong")}
          </span>
        </p>
        <ul className="door-promises">
          {promises.map(([title, text]) => (
            <li key={title}>
              <strong>{t(title)}</strong>
              <span>{t(text)}</span>
            </li>
          ))}
        </ul>
        <div className="door-tree">
          <BrandMark size={560} />
        </div>
        <p className="door-region">{t("shell.region")}</p>
      </aside>
      <main className="door-main">
        <div className="door-tools">
          <LanguageSwitch />
        </div>
        <div className="door-form">
          <PageHeader title={t("identity.signInTitle")}>
            <p>{t("identity.signInLead")}</p>
          </PageHeader>
          <SignInForm
            onSignIn={() => setNotYet(true)}
            notice={
              isNotYet && (
                <Banner tone="info" title={t("identity.notYetTitle")}>
                  {t("identity.notYetText")}
                </Banner>
              )
            }
          />
        </div>
        <p className="door-foot">
          <Link href="/accessibilite">{t("shell.accessibility")}</Link>
        </p>
      </main>
    </div>
  );
}
