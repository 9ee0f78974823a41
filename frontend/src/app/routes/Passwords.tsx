import { useLocation } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { PasswordForm } from "@/features/identity/PasswordForm";
import { changePassword, requestPasswordReset, setPasswordByLink } from "@/features/identity/passwords";
import { Banner } from "@/ui/Banner";
import { Link } from "@/ui/Link";
import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";
import { Frame } from "../Frame";
import { useMe } from "../me";
import { useSignOut } from "../use-sign-out";

interface DoorProps {
  title: string;
  lead: string;
  children: ReactNode;
}

function Door({ title, lead, children }: DoorProps) {
  return (
    <Frame>
      <PageHeader title={title}>
        <p>{lead}</p>
      </PageHeader>
      <div className="password-page">{children}</div>
    </Frame>
  );
}

/** Asks for a link; the answer is the same whether or not there is such an account. */
export function ForgottenPassword() {
  const { t } = useWords();
  const [isSent, setSent] = useState(false);
  return (
    <Door title={t("passwords.forgottenTitle")} lead={t("passwords.forgottenLead")}>
      {isSent ? (
        <Banner tone="success" title={t("passwords.sentTitle")}>
          {t("passwords.sentText")}
        </Banner>
      ) : (
        <PasswordForm
          fields={[{ id: "email", label: t("identity.email"), kind: "email" }]}
          submit={t("passwords.send")}
          failedTitle={t("passwords.requestFailedTitle")}
          onSend={async ({ email = "" }) => {
            await requestPasswordReset(email.trim());
            setSent(true);
          }}
        />
      )}
      <p>
        <Link href="/connexion">{t("passwords.toSignIn")}</Link>
      </p>
    </Door>
  );
}

/** Where the link of a letter leads: its token stands after #, which no server sees. */
export function NewPassword() {
  const { t } = useWords();
  const { hash } = useLocation();
  const [isSaved, setSaved] = useState(false);
  const again = <Link href="/mot-de-passe/oublie">{t("passwords.askAgain")}</Link>;
  const form = hash ? (
    <PasswordForm
      fields={[
        { id: "newPassword", label: t("passwords.newPassword"), kind: "new-password" },
        { id: "again", label: t("passwords.again"), kind: "new-password" },
      ]}
      repeats={{ id: "again", of: "newPassword" }}
      submit={t("passwords.save")}
      failedTitle={t("passwords.failedTitle")}
      remedy={again}
      onSend={async ({ newPassword = "" }) => {
        await setPasswordByLink(hash, newPassword);
        setSaved(true);
      }}
    />
  ) : (
    <Banner tone="error" title={t("passwords.failedTitle")} actions={again}>
      {t("passwords.noToken")}
    </Banner>
  );
  return (
    <Door title={t("passwords.newTitle")} lead={t("passwords.newLead")}>
      {isSaved ? (
        <Banner
          tone="success"
          title={t("passwords.savedTitle")}
          actions={<Link href="/connexion">{t("passwords.toSignIn")}</Link>}
        >
          {t("passwords.savedText")}
        </Banner>
      ) : (
        form
      )}
    </Door>
  );
}

/** The own password, changed by whoever knows it. */
export function ChangePassword() {
  const { t } = useWords();
  const me = useMe();
  const signOut = useSignOut();
  const [isSaved, setSaved] = useState(false);
  return (
    <Frame person={{ name: me.displayName }} onSignOut={signOut}>
      <PageHeader title={t("passwords.changeTitle")}>
        <p>{t("passwords.changeLead")}</p>
      </PageHeader>
      <div className="password-page">
        {isSaved ? (
          <Banner tone="success" title={t("passwords.savedTitle")}>
            {t("passwords.changedText")}
          </Banner>
        ) : (
          <PasswordForm
            fields={[
              { id: "currentPassword", label: t("passwords.current"), kind: "current-password" },
              { id: "newPassword", label: t("passwords.newPassword"), kind: "new-password" },
              { id: "again", label: t("passwords.again"), kind: "new-password" },
            ]}
            repeats={{ id: "again", of: "newPassword" }}
            submit={t("passwords.save")}
            failedTitle={t("passwords.failedTitle")}
            onSend={async ({ currentPassword = "", newPassword = "" }) => {
              await changePassword(currentPassword, newPassword);
              setSaved(true);
            }}
          />
        )}
      </div>
    </Frame>
  );
}
