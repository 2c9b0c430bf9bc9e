// Node reads the module from the disk at import: there is nothing to await.
import { readFileSync } from "node:fs";
import { initSync } from "./pkg/windlass_wasm.js";

initSync({ module: readFileSync(new URL("./pkg/windlass_wasm_bg.wasm", import.meta.url)) });

export { WindlassError, isWindlassError } from "./error.js";
export {
    Anchor,
    Keypair,
    Session,
    checkFields,
    checkFile,
    inspectChallenge,
    sep9Field,
    sep9Fields,
    todo,
    verifyCallback,
} from "./pkg/windlass_wasm.js";
