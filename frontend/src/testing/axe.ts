import axe from "axe-core";
import { expect } from "vitest";

/** What axe finds wrong in a fragment. Colours are measured in a real browser, not here. */
export async function expectAccessible(container: Element): Promise<void> {
  const { violations } = await axe.run(container, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}
