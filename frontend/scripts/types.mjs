// Derives the types of the REST contract. Nothing generated is committed; without a contract yet, an empty one stands in.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";

const contract = "../openapi/openapi.json";
const target = "src/api/generated/rest.d.ts";

mkdirSync("src/api/generated", { recursive: true });
if (existsSync(contract)) {
  // What has a default may be left out of a request.
  const options = ["-o", target, "--default-non-nullable=false"];
  const run = spawnSync("npx", ["--no-install", "openapi-typescript", contract, ...options], {
    stdio: "inherit",
  });
  process.exit(run.status ?? 1);
}
if (!existsSync(target)) {
  writeFileSync(
    target,
    "export type paths = Record<never, never>;\nexport interface components { schemas: Record<never, never> }\n",
  );
}
