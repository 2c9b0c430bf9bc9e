// What `import` loads: one script, with the module as base64.
import { testAnchorFrom } from "./anchor.js";
import bytes from "./pkg/windlass_test_anchor_bytes.js";

export const testAnchor = testAnchorFrom(() => bytes);
