/* SPDX-License-Identifier: EUPL-1.2 */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where the REST calls and sockets of the development server go: the mock, or a running Plenum. */
const target = process.env.PLENUM_TARGET ?? "http://127.0.0.1:9380";

export default defineConfig({
  plugins: [react()],
  // PLENUM_OUT is set by Maven; a build by hand lands in the same place
  build: {
    outDir: process.env.PLENUM_OUT ?? "../../../target/client",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // the content security policy allows no data: URLs
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: "127.0.0.1",
    port: Number(process.env.PLENUM_DEV_PORT ?? 6473),
    proxy: {
      "/v1": { target, ws: true },
      "/livekit": { target, ws: true },
      "/config.js": { target },
      "/oidc": { target },
    },
  },
  test: {
    environment: "jsdom",
    include: ["**/*.test.{ts,tsx}"],
    setupFiles: ["./dev/test/setup.ts"],
    reporters: process.env.PLENUM_REPORT ? ["dot", "junit"] : ["dot"],
    outputFile: { junit: process.env.PLENUM_REPORT ?? "TEST-client.xml" },
    css: false,
  },
});
