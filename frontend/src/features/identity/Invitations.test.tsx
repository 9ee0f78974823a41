import { QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Schemas } from "@/api/contract";
import { queryClient } from "@/api/query-client";
import { expectAccessible } from "@/testing/axe";
import { show } from "@/testing/render";
import { Invitations } from "./Invitations";

const offered: Schemas["Invitation"] = {
  id: "0190f0f0-0000-7000-8000-000000000001",
  kind: "workspace",
  placeId: "0190f0f0-0000-7000-8000-000000000002",
  placeName: "Haute-Rive",
  role: "agent",
  organisationId: "0190f0f0-0000-7000-8000-000000000003",
  organisationName: "CPAS de Haute-Rive",
  isAdministrator: false,
  administersAllHouses: false,
  givenAt: "2026-12-01T10:00:00+00:00",
};

const offers = (items: Schemas["Invitation"][]) =>
  show(
    <QueryClientProvider client={queryClient}>
      <Invitations items={items} />
    </QueryClientProvider>,
  );

const sent: unknown[] = [];
let refusal: object | undefined;

// The client holds the `fetch` that it was made with, so one serves all tests.
beforeAll(() => {
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "POST") sent.push([new URL(request.url).pathname, await request.json()]);
    if (refusal) return Response.json(refusal, { status: 404 });
    return Response.json({ items: [] });
  });
});
beforeEach(() => {
  sent.splice(0);
  refusal = undefined;
});
afterAll(() => vi.unstubAllGlobals());

test("nothing is said where nothing was offered; axe finds nothing wrong in an offer", async () => {
  const none = offers([]);
  expect(none.container.textContent).toBe("");
  none.unmount();
  await expectAccessible(offers([offered]).container);
});

test.each([
  ["Accepter", true],
  ["Refuser", false],
])("« %s » sends the answer", async (word, isAccepted) => {
  offers([offered]);
  await userEvent.click(screen.getByRole("button", { name: `${word} l’accès à Haute-Rive` }));
  const asked = ["/pst/v1/invitations/answer", { invitationId: offered.id, isAccepted }];
  await vi.waitFor(() => expect(sent).toEqual([asked]));
});

test("an offer says what it gives: the house, the role, and whether it opens the gift of access", () => {
  const { container } = offers([
    offered,
    { ...offered, id: "other", role: "administration", isAdministrator: true },
  ]);
  const [first, second] = container.querySelectorAll("li");
  expect(first?.textContent).toContain("CPAS de Haute-Rive · Agent");
  expect(first?.textContent).not.toContain("donne et retire des accès");
  expect(second?.textContent).toContain("Administration · donne et retire des accès");
});

test("an answer that the service refuses says why", async () => {
  refusal = { type: "urn:problem-type:belgif:resourceNotFound", detail: "Cet accès n’est plus proposé." };
  offers([offered]);
  await userEvent.click(screen.getByRole("button", { name: "Accepter l’accès à Haute-Rive" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Cet accès n’est plus proposé.");
});
