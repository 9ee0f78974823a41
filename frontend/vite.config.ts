import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const api = "http://127.0.0.1:8000";
const doors = ["/pst", "/graphql", "/oauth", "/auth", "/.well-known"];

export default defineConfig({
  plugins: [
    react(),
    { ...optimizeLocales.vite({ locales: ["fr-FR", "nl-NL", "de-DE", "en-US"] }), enforce: "pre" },
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: Object.fromEntries(doors.map((door) => [door, { target: api, changeOrigin: false }])),
  },
  build: {
    target: "es2022",
    manifest: true,
    // One style sheet for all pages: together they weigh two thirds of what they do apart, and it is fetched once.
    cssCodeSplit: false,
    // The service answers with `style-src 'self'; img-src 'self' data:`: nothing is inlined but images.
    assetsInlineLimit: (path) => (path.endsWith(".svg") ? undefined : false),
    modulePreload: { polyfill: false },
  },
  test: {
    // axe takes its time on a machine that does other work besides.
    testTimeout: 20_000,
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
  },
});
