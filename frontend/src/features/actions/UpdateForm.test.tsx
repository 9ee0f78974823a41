import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { show } from "@/testing/render";
import type { ActionUpdate } from "./action-view";
import { UpdateForm } from "./UpdateForm";

const action = {
  id: "a",
  status: "inProgress",
  progress: 40,
  health: "good",
  healthReason: null,
  statusRemark: null,
  statusReason: null,
  nextStatuses: ["completed", "cancelled"],
  unchangeable: [],
} as const;

function open() {
  const save = vi.fn<(update: ActionUpdate) => void>();
  show(<UpdateForm action={action} onSave={save} onCancel={() => undefined} />);
  return save;
}

test("only the moves that the service allows are offered", () => {
  open();
  expect(
    within(screen.getByRole("radiogroup", { name: "Statut" }))
      .getAllByRole("radio")
      .map((radio) => radio.getAttribute("value")),
  ).toEqual(["inProgress", "completed", "cancelled"]);
});

test("completing brings the progress to 100 %", async () => {
  const save = open();
  await userEvent.click(screen.getByRole("radio", { name: "Terminée" }));
  await userEvent.click(screen.getByRole("button", { name: "Enregistrer" }));
  expect(save).toHaveBeenCalledWith(expect.objectContaining({ status: "completed", progress: 100 }));
});

test("giving up without a reason is refused, and the summary takes focus", async () => {
  const save = open();
  await userEvent.click(screen.getByRole("radio", { name: "Abandonnée" }));
  await userEvent.click(screen.getByRole("button", { name: "Enregistrer" }));
  expect(save).not.toHaveBeenCalled();
  expect(document.activeElement?.textContent).toContain("Indiquez le motif");
  await userEvent.click(screen.getByRole("link"));
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: /Motif/ }));
  await userEvent.keyboard("Le subside a été refusé.");
  await userEvent.click(screen.getByRole("button", { name: "Enregistrer" }));
  expect(save).toHaveBeenCalledWith(expect.objectContaining({ statusReason: "Le subside a été refusé." }));
});

test("what means nothing for the action is neither asked nor changed", async () => {
  const save = vi.fn<(update: ActionUpdate) => void>();
  const perennial = {
    ...action,
    progress: null,
    healthReason: "Le permis est arrivé",
    unchangeable: ["progress", "healthReason"],
  } as const;
  show(<UpdateForm action={perennial} onSave={save} onCancel={() => undefined} />);
  await userEvent.click(screen.getByRole("radio", { name: "Terminée" }));
  await userEvent.click(screen.getByRole("button", { name: "Enregistrer" }));
  const kept = { progress: null, healthReason: "Le permis est arrivé" };
  expect(save).toHaveBeenCalledWith(expect.objectContaining({ status: "completed", ...kept }));
  await userEvent.click(screen.getByRole("radio", { name: "À risque" }));
  expect(screen.getByRole("textbox", { name: /freine/ })).toBeTruthy();
});
