// The one script that `require` loads, for every entry.
export * from "./node.js";
export * from "./server.js";
