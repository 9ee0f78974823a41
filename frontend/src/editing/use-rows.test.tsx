import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { ActingAs } from "@/api/acting";
import { Problem } from "@/api/problem";
import { queryClient } from "@/api/query-client";
import { type Row, useRows } from "./use-rows";

const around = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queryClient}>
    <ActingAs actor="workspace/commune">{children}</ActingAs>
  </QueryClientProvider>
);

test("a change is over once the service answered it, though the list is still on its way again", async () => {
  const list = vi.fn<() => Promise<Row[]>>().mockResolvedValueOnce([]);
  // Whatever is read after the first time never comes.
  list.mockImplementation(() => new Promise(() => undefined));
  const { result } = renderHook(() => useRows(["workspace/commune", "things"], list), { wrapper: around });
  await waitFor(() => expect(result.current.rows).toEqual([]));
  const change = { show: (rows: readonly Row[]) => rows, said: "Fait." };
  const refusal = () => Promise.reject(new Problem(422, { detail: "Non." }));
  expect(await result.current.perform({ ...change, send: refusal })).toBe(false);
  await waitFor(() => expect(result.current.refused?.message).toBe("Non."));
  expect(await result.current.perform({ ...change, send: async () => undefined })).toBe(true);
  expect(list.mock.calls.length).toBeGreaterThan(1);
});
