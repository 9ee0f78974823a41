import { QueryClientProvider } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ActingAs } from "@/api/acting";
import { queryClient } from "@/api/query-client";
import { expectAccessible } from "@/testing/axe";
import { show } from "@/testing/render";
import { HistoryTab } from "./HistoryTab";

const written = (position: number, command: string, origin: string) => ({
  id: `entry-${position}`,
  position,
  at: `2026-12-01T10:0${position}:00+00:00`,
  command,
  origin,
  entity: "placement",
  entityId: `placement-${position}`,
  before: { weight: 1 },
  after: { weight: 2 },
  accountId: null,
  clientId: null,
  roles: [],
});

beforeAll(() => {
  vi.stubGlobal("fetch", async (request: Request) =>
    Response.json({
      items: request.url.includes("journalEntries")
        ? [
            written(3, "continuePlan", "web"),
            written(2, "followOrigin", "group"),
            written(1, "updatePlacement", "web"),
          ]
        : [],
    }),
  );
});
afterAll(() => vi.unstubAllGlobals());

test("a change says by which command of the whole plan it came, and an ordinary one says nothing more", async () => {
  const { container } = show(
    <QueryClientProvider client={queryClient}>
      <ActingAs actor="workspace/commune">
        <HistoryTab actionId="action" names={new Map()} />
      </ActingAs>
    </QueryClientProvider>,
  );
  const [continued, followed, ordinary] = await screen.findAllByRole("listitem");
  expect(continued?.textContent).toContain("Poursuite du plan");
  expect(followed?.textContent).toContain("Mise à jour depuis l’action d’origine");
  expect(followed?.textContent).toContain("par un groupe ou l’un de ses membres");
  expect(ordinary?.querySelector("strong")).toBeNull();
  await expectAccessible(container);
});
