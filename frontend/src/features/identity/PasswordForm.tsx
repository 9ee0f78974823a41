import { type FormEvent, type ReactNode, useState } from "react";
import { Problem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/TextField";
import { useWords } from "@/words";

export interface PasswordField {
  /** As the service calls it, where it has a word about it. */
  id: string;
  label: string;
  kind: "email" | "current-password" | "new-password";
}

interface Refused {
  fieldId: string;
  message: string;
}

export interface PasswordFormProps {
  fields: readonly PasswordField[];
  /** The field that must repeat another one, which is not sent. */
  repeats?: { id: string; of: string };
  submit: string;
  failedTitle: string;
  onSend: (values: Readonly<Record<string, string>>) => Promise<void>;
  /** What stands beside a refusal that concerns no field. */
  remedy?: ReactNode;
}

/** A few words to type and send; what the service refuses is told at the field that it names. */
export function PasswordForm({ fields, repeats, submit, failedTitle, onSend, remedy }: PasswordFormProps) {
  const { t } = useWords();
  const [values, setValues] = useState<Record<string, string>>({});
  const [wasSent, setSent] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const typed = (id: string) => values[id] ?? "";
  const own = fields.flatMap(({ id }): Refused[] => {
    if (typed(id).trim() === "") return [{ fieldId: id, message: t("passwords.missing") }];
    const isOther = repeats?.id === id && typed(id) !== typed(repeats.of);
    return isOther ? [{ fieldId: id, message: t("passwords.differs") }] : [];
  });
  const refused = (problem?.issues ?? []).flatMap((issue): Refused[] =>
    fields.some(({ id }) => id === issue.name) ? [{ fieldId: issue.name, message: issue.detail }] : [],
  );
  const errors = wasSent ? [...own, ...refused] : [];
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    setProblem(null);
    if (own.length > 0) return;
    setPending(true);
    try {
      await onSend(values);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, {}));
    } finally {
      setPending(false);
    }
  };
  return (
    <form className="stack-wide" onSubmit={(event) => void send(event)} noValidate>
      {problem && refused.length === 0 && (
        <Banner
          tone="error"
          title={failedTitle}
          actions={remedy}
          {...(problem.traceId ? { traceId: problem.traceId } : {})}
        >
          {problem.issues[0]?.detail || problem.message || t("shell.unreachable")}
        </Banner>
      )}
      <ErrorSummary errors={errors} />
      {fields.map(({ id, label, kind }) => {
        const found = errors.find((error) => error.fieldId === id);
        return (
          <TextField
            key={id}
            id={id}
            name={id}
            label={label}
            type={kind === "email" ? "email" : "password"}
            autoComplete={kind === "email" ? "username" : kind}
            isRequired
            value={typed(id)}
            onChange={(value) => {
              setProblem(null);
              setValues({ ...values, [id]: value });
            }}
            {...(found ? { error: found.message } : {})}
          />
        );
      })}
      <Button type="submit" variant="primary" isPending={isPending}>
        {submit}
      </Button>
    </form>
  );
}
