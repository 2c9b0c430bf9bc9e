import { expect, test } from "vitest";

import { size } from "../src/kyc/texts";

test("file sizes are rounded", () => {
  expect([0, 999, 1_499, 999_499, 12_345_678].map(size)).toEqual(["0 bytes", "999 bytes", "1 kB", "999 kB", "12.3 MB"]);
});
