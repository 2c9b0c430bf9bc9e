// The exports of `windlass` and `windlass/inline` in a browser.
import { oneOf } from "./check.js";
import { checkFields } from "../pkg/windlass_wasm.js";

export { WindlassError, isWallet43, isWindlassError } from "./error.js";
export {
    Anchor,
    Keypair,
    Session,
    checkFields,
    checkFile,
    nextStep,
    todo,
} from "../pkg/windlass_wasm.js";

export const checkField = oneOf(checkFields);
