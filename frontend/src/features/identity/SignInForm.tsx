import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/ui/Button";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/TextField";
import { useWords } from "@/words";

export interface SignInFormProps {
  isPending?: boolean;
  /** What the service answered. */
  notice?: ReactNode;
  onSignIn: (email: string, password: string) => void;
}

export function SignInForm({ isPending = false, notice, onSignIn }: SignInFormProps) {
  const { t } = useWords();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [wasSent, setSent] = useState(false);
  const errors = [
    ...(email.trim() === "" ? [{ fieldId: "email", message: t("identity.emailMissing") }] : []),
    ...(password === "" ? [{ fieldId: "password", message: t("identity.passwordMissing") }] : []),
  ];
  const errorOf = (fieldId: string) => {
    const found = wasSent ? errors.find((error) => error.fieldId === fieldId) : undefined;
    return found ? { error: found.message } : {};
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (errors.length === 0) onSignIn(email.trim(), password);
  };
  return (
    <form className="stack-wide" onSubmit={send} noValidate>
      {notice}
      <ErrorSummary errors={wasSent ? errors : []} />
      <TextField
        id="email"
        label={t("identity.email")}
        type="email"
        name="email"
        autoComplete="username"
        isRequired
        value={email}
        onChange={setEmail}
        {...errorOf("email")}
      />
      <TextField
        id="password"
        label={t("identity.password")}
        type="password"
        name="password"
        autoComplete="current-password"
        isRequired
        value={password}
        onChange={setPassword}
        {...errorOf("password")}
      />
      <Button type="submit" variant="primary" isPending={isPending}>
        {t("identity.signIn")}
      </Button>
    </form>
  );
}
