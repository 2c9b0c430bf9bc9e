import * as windlass from "windlass/sign-in";
import { adapt } from "./adapt.js";

export const steps = (scene) => adapt(windlass, scene);
