import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Problem } from "@/api/problem";
import { queryClient, sessionKey } from "@/api/query-client";
import { SignInForm } from "@/features/identity/SignInForm";
import { signIn } from "@/features/identity/session";
import { BrandMark } from "@/ui/AppShell";
import { Banner } from "@/ui/Banner";
import { Link } from "@/ui/Link";
import { PageHeader } from "@/ui/PageHeader";
import { LanguageSwitch } from "@/ui/switches";
import { useWords } from "@/words";

const route = getRouteApi("/connexion");

const promises = [
  ["identity.promise1", "identity.promise1Text"],
  ["identity.promise2", "identity.promise2Text"],
  ["identity.promise3", "identity.promise3Text"],
] as const;

export function SignIn() {
  const { t } = useWords();
  const { retour } = route.useSearch();
  const navigate = useNavigate();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const enter = async (email: string, password: string) => {
    setPending(true);
    setProblem(null);
    try {
      const me = await signIn(email, password);
      queryClient.clear();
      queryClient.setQueryData(sessionKey, me);
      await navigate({ href: retour ?? "/", replace: true });
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, {}));
    } finally {
      setPending(false);
    }
  };
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
            isPending={isPending}
            onSignIn={(email, password) => void enter(email, password)}
            notice={
              problem ? (
                <Banner
                  tone="error"
                  title={t(problem.status === 401 ? "identity.refusedTitle" : "identity.failedTitle")}
                  {...(problem.status !== 401 && problem.traceId ? { traceId: problem.traceId } : {})}
                >
                  {problem.message || t("shell.unreachable")}
                </Banner>
              ) : (
                retour && (
                  <Banner tone="info" title={t("identity.returnTitle")}>
                    {t("identity.returnText")}
                  </Banner>
                )
              )
            }
          />
        </div>
        <p className="door-foot">
          <Link href="/mot-de-passe/oublie">{t("identity.forgotten")}</Link>
          <Link href="/accessibilite">{t("shell.accessibility")}</Link>
        </p>
      </main>
    </div>
  );
}
