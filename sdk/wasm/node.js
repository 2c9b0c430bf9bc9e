// For Node and for bundled servers. All entries share one module here, as base64, so that their classes are the same.
import { oneOf } from "./js/check.js";
import { portable } from "./js/ed25519.js";
import bytes from "./pkg-server/windlass_wasm_bytes.js";
import { describe, describeAll } from "./js/handles.js";
import { compile } from "./js/load.js";
import { Anchor, Callbacks, Keypair, Session, checkFields, initSync } from "./pkg-server/windlass_wasm.js";
import { start } from "./portable-inline.js";

portable.load = start;
compile(initSync, bytes);
describeAll({ Anchor, Keypair, Session });
describe(Callbacks, "Callbacks", []);

export { WindlassError, isWallet43, isWindlassError } from "./js/error.js";
export {
    Anchor,
    Keypair,
    Session,
    checkFields,
    checkFile,
    nextStep,
    todo,
} from "./pkg-server/windlass_wasm.js";

export const checkField = oneOf(checkFields);
