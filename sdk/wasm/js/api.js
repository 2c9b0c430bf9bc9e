// The exports of `windlass` and `windlass/inline` in a browser.
import { oneOf } from "./check.js";
import { describeAll } from "./handles.js";
import { Anchor, Keypair, Session, checkFields } from "../pkg/windlass_wasm.js";

describeAll({ Anchor, Keypair, Session });

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
