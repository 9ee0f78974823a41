import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import { startWords } from "@/words";

beforeAll(() => startWords("fr"));
afterEach(cleanup);
