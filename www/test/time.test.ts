import { expect, test } from "vitest";

import { backOff, remaining } from "../src/time";

test("a shorter time is shown more exactly", () => {
  expect([86_399, 3_599.9, 600, 599, 61, 12.7, 0, -5].map(remaining)).toEqual([
    "23 h 59 min",
    "59 min",
    "10 min",
    "9 min 59 s",
    "1 min 01 s",
    "12 s",
    "0 s",
    "0 s",
  ]);
});

test("pauses double up to 30 seconds", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 400].map(backOff)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
});
