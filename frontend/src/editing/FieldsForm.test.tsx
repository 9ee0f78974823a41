import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { expect, test, vi } from "vitest";
import { Problem } from "@/api/problem";
import { show } from "@/testing/render";
import { FieldsForm } from "./FieldsForm";
import type { FieldSpec } from "./fields";

const fields: FieldSpec[] = [
  { name: "title", kind: "text", label: "Titre" },
  { name: "reason", kind: "area", label: "Motif du report", isRequired: true, isAsked: () => false },
];

test("a field that the service asks for is shown with what it says, and sent", async () => {
  const save = vi.fn();
  const form = (problem: Problem | null) => (
    <FieldsForm
      fields={fields}
      values={{ title: "Navette", reason: null }}
      saveLabel="Enregistrer"
      problem={problem}
      onSave={save}
      onCancel={() => undefined}
    />
  );
  const { rerender } = show(form(null));
  expect(screen.queryByRole("textbox", { name: /Motif/ })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Enregistrer" }));
  expect(save).toHaveBeenLastCalledWith({ title: "Navette" });
  const issue = {
    type: "postponementReason",
    in: "body",
    name: "reason",
    value: null,
    detail: "Indiquez pourquoi.",
  };
  for (const problem of [new Problem(400, { issues: [issue] } as object), null]) {
    rerender(<I18nProvider locale="fr-BE">{form(problem)}</I18nProvider>);
    expect(screen.getByRole("textbox", { name: /Motif/ })).toBeTruthy();
    expect(screen.queryAllByText(/Indiquez pourquoi/).length > 0).toBe(problem !== null);
  }
  await userEvent.click(screen.getByRole("button", { name: "Enregistrer" }));
  expect(save).toHaveBeenLastCalledWith({ title: "Navette", reason: null });
  await userEvent.type(screen.getByRole("textbox", { name: /Motif/ }), "Sol pollué");
  await userEvent.click(screen.getByRole("button", { name: "Enregistrer" }));
  expect(save).toHaveBeenLastCalledWith({ title: "Navette", reason: "Sol pollué" });
});
