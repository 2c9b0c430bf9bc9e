// The exports of every entry in Node and in edge runtimes, which share one module, so that their classes are the same.
import { Anchor, Callbacks, Keypair, Session, checkFields } from "../pkg-server/windlass_wasm.js";
import { oneOf } from "./check.js";
import { describe, describeAll } from "./handles.js";

describeAll({ Anchor, Keypair, Session });
describe(Callbacks, "Callbacks", []);

export { WindlassError, isWallet43, isWindlassError } from "./error.js";
export {
    Anchor,
    Keypair,
    Session,
    checkFields,
    checkFile,
    nextStep,
    todo,
} from "../pkg-server/windlass_wasm.js";

export const checkField = oneOf(checkFields);
