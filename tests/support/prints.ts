// Waiting for what a page prints.
import { expect } from "vitest";
import { until } from "./poll.js";

/** What a page prints on its console, and what goes wrong in it. */
export interface Talk {
  readonly printed: string[];
  readonly faults: string[];
}

/** Waits for a line that matches, and fails at the first error of the page. */
export async function prints({ printed, faults }: Talk, line: RegExp, seconds = 30): Promise<void> {
  await until(`a line like ${line}`, async () => {
    expect(faults).toEqual([]);
    return printed.find((one) => line.test(one));
  }, seconds);
}
