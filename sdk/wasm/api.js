// What the package offers, whichever way the module was loaded.
export { checkField } from "./check.js";
export { WindlassError, isWallet43, isWindlassError } from "./error.js";
export {
    Anchor,
    Callbacks,
    Keypair,
    Session,
    checkFields,
    checkFile,
    inspectChallenge,
    nextStep,
    sep9Field,
    sep9Fields,
    todo,
    verifyCallback,
} from "./pkg/windlass_wasm.js";
