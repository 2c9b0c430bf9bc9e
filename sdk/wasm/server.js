// `windlass/server`. In Node its classes are those of the other entries.
import "./node.js";

export * from "./js/server.js";
