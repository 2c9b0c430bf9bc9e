// For TypeScript with `moduleResolution: "node10"`, which does not read the exports of package.json.
export * from "./windlass.js";
