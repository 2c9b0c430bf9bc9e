import { readFile } from "node:fs/promises";

import { defineConfig, type Plugin } from "vite";

/** The built page may run its own files and WebAssembly and connect to anchors, and nothing else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Only in the built page: Vite's development server needs inline styles for its reloads. */
const policy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" },
  ],
};

/** Inserts the part of the head that all pages share. */
const head: Plugin = {
  name: "shared-head",
  transformIndexHtml: {
    order: "pre",
    handler: async (html) => html.replace("<!-- src/head.html -->", await readFile(new URL("src/head.html", import.meta.url), "utf8")),
  },
};

export default defineConfig({
  plugins: [head, policy],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "challenge.html"] },
  },
  // In development the anchor runs on another port. Its inbox is requested from this server's origin, so it is proxied.
  server: { proxy: { "/inbox": "http://localhost:8000" } },
});
