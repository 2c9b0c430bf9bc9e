// What `require` gives, of every entry.
export * from "./node.js";
export * from "./server.js";
