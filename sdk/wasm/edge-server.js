// `windlass/server` for Cloudflare Workers and edge runtimes.
import "./edge.js";

export * from "./js/server.js";
