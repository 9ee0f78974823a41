import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import { startWords, withLateWords } from "@/words";

beforeAll(() => withLateWords(startWords("fr")));
afterEach(cleanup);
