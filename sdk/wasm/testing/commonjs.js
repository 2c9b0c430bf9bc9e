// What `require` gives. It takes the module from the script that `import` gives, so that the package has it once: for each of the
// two it is half a megabyte to download.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testAnchorFrom } from "./anchor.js";

/** A WebAssembly module in base64: this is how its first bytes, `\0asm`, begin. */
const MODULE = /"(AGFzbQ[^"]+)"/;

export const testAnchor = testAnchorFrom(() => MODULE.exec(readFileSync(join(__dirname, "testing.js"), "utf8"))[1]);
