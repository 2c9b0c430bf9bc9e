// What `import` gives: one script, with the module in its text.
import { testAnchorFrom } from "./anchor.js";
import bytes from "./pkg/windlass_test_anchor_bytes.js";

export const testAnchor = testAnchorFrom(() => bytes);
