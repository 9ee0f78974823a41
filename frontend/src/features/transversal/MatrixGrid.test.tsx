import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { expectAccessible } from "@/testing/axe";
import { show } from "@/testing/render";
import { MatrixGrid } from "./MatrixGrid";
import { MatrixList } from "./MatrixList";
import { matrixOf } from "./matrix-view";
import { frenchWords, sampleTransversal } from "./sample-matrix";

const plans = new Map([["pst", { code: "PST", kind: "pst" }]]);
const matrix = () => matrixOf(sampleTransversal, plans, false, frenchWords());

test("axe finds nothing wrong in the grid nor in the list", async () => {
  const grid = show(
    <MatrixGrid matrix={matrix()} value="count" label="Matrice" corner="Par domaine" onOpen={vi.fn()} />,
  );
  await expectAccessible(grid.container);
  grid.unmount();
  const list = show(<MatrixList matrix={matrix()} value="count" label="Matrice" onOpen={vi.fn()} />);
  await expectAccessible(list.container);
});

test("the grid is one stop for Tab; arrows walk in it and Enter opens what a figure counts", async () => {
  const onOpen = vi.fn();
  show(<MatrixGrid matrix={matrix()} value="count" label="Matrice" corner="Par domaine" onOpen={onOpen} />);
  await userEvent.tab();
  expect(document.activeElement?.textContent).toContain("2 actions");
  await userEvent.keyboard("{Enter}");
  expect(onOpen).toHaveBeenLastCalledWith({ across: "pst", down: "housing" });
  await userEvent.keyboard("{End}{Enter}");
  expect(onOpen).toHaveBeenLastCalledWith({ down: "housing" });
  await userEvent.keyboard("{Control>}{End}{/Control}{Enter}");
  expect(onOpen).toHaveBeenLastCalledWith({});
  await userEvent.tab();
  expect(document.body).toBe(document.activeElement);
});

test("an empty cell can be reached and opens nothing", async () => {
  const onOpen = vi.fn();
  show(<MatrixGrid matrix={matrix()} value="count" label="Matrice" corner="Par domaine" onOpen={onOpen} />);
  screen.getAllByRole("gridcell", { name: "aucune action" })[0]?.focus();
  await userEvent.keyboard("{Enter}");
  expect(onOpen).not.toHaveBeenCalled();
});
