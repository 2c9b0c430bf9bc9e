import { checkFields } from "./pkg/windlass_wasm.js";

/** What is wrong with one value of a form, if anything is. */
export const checkField = (name, value, options) => checkFields({ [name]: value }, options)[0];
