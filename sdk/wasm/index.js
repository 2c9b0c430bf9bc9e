// Browsers fetch the module beside this file.
import init from "./pkg/windlass_wasm.js";

await init({ module_or_path: new URL("./pkg/windlass_wasm_bg.wasm", import.meta.url) });

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
