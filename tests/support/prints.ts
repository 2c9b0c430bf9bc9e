// Waiting for what a page has to say.
import { expect } from "vitest";
import { until } from "./poll.js";

/** What a page prints on its console, and what goes wrong in it. */
export interface Talk {
  readonly printed: string[];
  readonly faults: string[];
}

/** Waits for a line like this; fails at the first fault. */
export async function prints({ printed, faults }: Talk, line: RegExp, seconds = 30): Promise<void> {
  await until(`a line like ${line}`, async () => {
    expect(faults).toEqual([]);
    return printed.find((one) => line.test(one));
  }, seconds);
}
