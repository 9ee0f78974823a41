// A file that needs more than 250 lines wants to be two.
import { readdirSync, readFileSync } from "node:fs";

const longest = 250;
const files = ["src", "e2e", "scripts"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((path) => !path.includes("/generated/")),
);
const tooLong = files
  .map((path) => [path, readFileSync(path, "utf8").split("\n").length - 1])
  .filter(([, lines]) => lines > longest);
for (const [path, lines] of tooLong) console.error(`${path}: ${lines} lines, the house allows ${longest}`);
process.exit(tooLong.length > 0 ? 1 : 0);
