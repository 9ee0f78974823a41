// Weighs the production bundle, gzipped, and fails the build when a page costs its reader too much.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";

const KB = 1000;
const budget = { initial: 130, chunk: 65, css: 20, font: 30 };
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const weigh = (file) => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length / KB;

/** The entry and everything it imports statically: what is fetched before the first page is known. */
function staticClosure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) staticClosure(next, seen);
  return seen;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const initial = staticClosure(entry);
const weights = new Map(
  Object.entries(manifest).map(([key, { file }]) => [key, file.endsWith(".js") ? weigh(file) : 0]),
);
const sum = (keys) => [...keys].reduce((total, key) => total + weights.get(key), 0);

const lines = [["initial JavaScript", sum(initial) + weigh("first-paint.js"), budget.initial]];
for (const [key, weight] of weights) {
  if (!initial.has(key) && weight > 3) lines.push([`chunk ${manifest[key].file}`, weight, budget.chunk]);
}
const assets = readdirSync("dist/assets");
const css = assets.filter((name) => name.endsWith(".css")).map((name) => weigh(`assets/${name}`));
lines.push(["all style sheets", css.reduce((a, b) => a + b, 0), budget.css]);
for (const name of assets.filter((name) => /\.(woff2?|ttf|otf)$/.test(name))) {
  lines.push([`font ${name}`, statSync(`dist/assets/${name}`).size / KB, budget.font]);
}

let over = false;
for (const [name, weight, limit] of lines) {
  const bad = weight > limit;
  over ||= bad;
  console.log(`${bad ? "✗" : "✓"} ${name.padEnd(48)} ${weight.toFixed(1).padStart(7)} kB of ${limit}`);
}
console.log("\nWhat a route adds to the initial load:");
for (const key of Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry)) {
  const added = [...staticClosure(key)].filter((part) => !initial.has(part));
  console.log(`  ${key.padEnd(48)} ${sum(added).toFixed(1).padStart(7)} kB`);
}
process.exit(over ? 1 : 0);
