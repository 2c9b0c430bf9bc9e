// What `require` loads. It reads the module from the script that `import` loads: a second copy would add half a megabyte to the package.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testAnchorFrom } from "./anchor.js";

/** A WebAssembly module in base64, which begins with `\0asm`. */
const MODULE = /"(AGFzbQ[^"]+)"/;

export const testAnchor = testAnchorFrom(() => MODULE.exec(readFileSync(join(__dirname, "testing.js"), "utf8"))[1]);
