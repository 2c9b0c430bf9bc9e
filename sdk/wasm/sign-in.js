// For pages that only sign in: a smaller module, with classes of its own.
import { portable, prepare } from "./js/ed25519.js";
import { describeAll } from "./js/handles.js";
import { load } from "./js/load.js";
import init, { Anchor, Keypair, Session } from "./pkg-sign-in/windlass_wasm.js";

portable.load = () => import("./portable.js").then(({ start }) => start(load, () => import("./pkg-ed25519/windlass_ed25519_bytes.js")));
const loaded = load(init, new URL("./pkg-sign-in/windlass_wasm_bg.wasm", import.meta.url), () => import("./pkg-sign-in/windlass_wasm_bytes.js"));
prepare();
await loaded;
describeAll({ Anchor, Keypair, Session });

export { WindlassError, isWallet43, isWindlassError } from "./js/error.js";
export { Anchor, Keypair, Session } from "./pkg-sign-in/windlass_wasm.js";
