import { defineConfig } from "@playwright/test";

// BASE_URL points the flows at a running service; without it the production bundle is previewed.
const served = process.env.BASE_URL;
const preview = "http://127.0.0.1:4173";

export default defineConfig({
  testDir: "e2e",
  // Every test makes what it changes: they run side by side.
  workers: 2,
  fullyParallel: true,
  // On a machine that does other work besides.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    baseURL: served ?? preview,
    browserName: "chromium",
    locale: "fr-BE",
    timezoneId: "Europe/Brussels",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      chromiumSandbox: false,
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-dev-shm-usage",
      ],
    },
  },
  ...(served
    ? {}
    : {
        webServer: {
          command: "npx vite preview --host 127.0.0.1 --port 4173 --strictPort",
          url: preview,
          reuseExistingServer: true,
        },
      }),
});
