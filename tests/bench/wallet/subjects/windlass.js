import * as windlass from "windlass";
import { adapt } from "./adapt.js";

export const steps = (scene) => adapt(windlass, scene);
