import { expect, test } from "vitest";

import { redact } from "../src/redact";

const HERE = "http://localhost:8000";
const shown = (url: string): string => redact(new URL(url), HERE);

test("values of the query are left out", () => {
  expect(shown(`${HERE}/inbox?to=%2B14155552671`)).toBe("/inbox?to=…");
  expect(shown(`${HERE}/auth?account=GABC&memo=7&memo=8`)).toBe("/auth?account=…&memo=…");
});

test("addresses and ids in the path are shortened", () => {
  const address = "GBNMMEXCAFUZYQXDHTTX3JVWGOXVJMNTXKLOHKBJ44KXCPKPMVDQHNEQ";
  expect(shown(`${HERE}/sep12/customer/${address}`)).toBe("/sep12/customer/GBNM…HNEQ");
  expect(shown(`${HERE}/files/d1ce2f48-3ff1-495d-9240-7a50d806cfed`)).toBe("/files/d1ce…cfed");
});

test("another origin is shown without user and password", () => {
  expect(shown("https://ana:secret@anchor.example/.well-known/stellar.toml#part")).toBe(
    "https://anchor.example/.well-known/stellar.toml",
  );
});
