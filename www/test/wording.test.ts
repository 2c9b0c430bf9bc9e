import { todo, type Todo } from "windlass";
import { expect, test } from "vitest";

import { inOrder, label, lower, size, todoHelp, todoLabel } from "../src/kyc/wording";

test("SEP-9's fields have its labels, an anchor's own are called by their name", () => {
  expect(label("family_name")).toBe("Family name");
  expect(label("favourite_colour")).toBe("Favourite colour");
});

test("codes come first, optional fields last, the others in the order of the catalogue", () => {
  const todos = todo({
    status: "NEEDS_INFO",
    fields: {
      city: { optional: true },
      birth_date: { type: "date" },
      favourite_colour: {},
      family_name: { type: "string" },
    },
    provided_fields: { mobile_number: { status: "VERIFICATION_REQUIRED" } },
  });
  expect(inOrder(todos).map(({ name }) => name)).toEqual([
    "mobile_number_verification",
    "family_name",
    "birth_date",
    "favourite_colour",
    "city",
  ]);
});

test("the label of a code names its field", () => {
  const code: Todo = { name: "mobile_number_verification", type: "string", verifies: "mobile_number" };
  expect(todoLabel(code)).toBe(`Code for ${lower(label("mobile_number"))}`);
  expect(todoHelp(code)).toContain(lower(label("mobile_number")));
});

test("help that only repeats the label is left out", () => {
  expect(todoHelp({ name: "family_name", description: "Family-name." })).toBeUndefined();
  expect(todoHelp({ name: "family_name", description: "As in your passport" })).toBe("As in your passport");
});

test("initials stay capital inside a sentence", () => {
  expect([lower("Mobile number"), lower("ID number"), lower("")]).toEqual(["mobile number", "ID number", ""]);
});

test("file sizes are rounded", () => {
  expect([0, 999, 1_499, 999_499, 12_345_678].map(size)).toEqual(["0 bytes", "999 bytes", "1 kB", "999 kB", "12.3 MB"]);
});
