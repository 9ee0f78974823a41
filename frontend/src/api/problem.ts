import type { Schemas } from "./contract";

type Told = Partial<Schemas["Problem"]>;

/** The service said no, or could not be reached: in the reader's language, with a reference to quote. */
export class Problem extends Error {
  /** 0 when no answer came at all. */
  readonly status: number;
  /** The last word of the problem's type: `preconditionFailed`, `missingPermission`, `unreachable`… */
  readonly code: string;
  readonly traceId: string | undefined;
  readonly issues: readonly Schemas["ProblemIssue"][];
  /** The names that the refusal is about, where it says so. */
  readonly fields: readonly string[];

  constructor(status: number, told: Told & { fields?: unknown }) {
    super(told.detail ?? told.title ?? "");
    this.name = "Problem";
    this.status = status;
    this.code = told.type?.split(":").at(-1) ?? "unknown";
    this.traceId = told.instance?.replace(/^urn:uuid:/, "");
    this.issues = told.issues ?? [];
    this.fields = Array.isArray(told.fields) ? told.fields.map(String) : [];
  }
}

export const isStale = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === "preconditionFailed";

export const isSignedOut = (error: unknown): boolean => error instanceof Problem && error.status === 401;

/** What a reader may not see is not there for them: the rest of the page stands without it. */
export const isForbidden = (error: unknown): boolean => error instanceof Problem && error.status === 403;

export async function problemOf(response: Response): Promise<Problem> {
  const traceId = response.headers.get("BelGov-Trace-Id");
  const known = traceId ? { instance: traceId } : {};
  try {
    return new Problem(response.status, { ...known, ...((await response.json()) as Told) });
  } catch {
    return new Problem(response.status, known);
  }
}

export const unreachableProblem = (): Problem => new Problem(0, { type: "urn:problem-type:pst:unreachable" });
