import { expect, test } from "vitest";

import { domainIn } from "../src/anchor";

test.each([
  ["anchor.example.com", "anchor.example.com"],
  [" https://anchor.example.com/ ", "anchor.example.com"],
  ["http://localhost:8000/about?x#y", "localhost:8000"],
  ["HTTPS://Anchor.example.com", "Anchor.example.com"],
  ["//anchor.example.com/", "anchor.example.com"],
  ["anchor.example.com/", "anchor.example.com"],
  ["not a domain", "not a domain"],
  ["", ""],
])("the domain in %j is %j", (typed, domain) => {
  expect(domainIn(typed)).toBe(domain);
});
