// What everybody should be able to see and use: checked in both themes, with a picture of each.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { AxeResults, RunOptions } from "axe-core";
import { expect } from "vitest";
import type { Tab } from "../support/chromium.js";
import { isWell } from "./wallet.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Has axe-core in every page of the tab; to be called before the first is opened. */
export async function withAxe(tab: Tab): Promise<void> {
  // A script element of ours would break the page's policy, rightly.
  await tab.page.addInitScript(AXE);
}

/** In both themes no rule of axe-core is broken, and nothing sticks out; a picture of each for people to look at. */
export async function look(tab: Tab, name: string): Promise<void> {
  await isWell(tab);
  const covered = (await tab.page.locator("dialog[open]").count()) > 0;
  for (const colorScheme of ["light", "dark"] as const) {
    await tab.page.emulateMedia({ colorScheme });
    await tab.page.evaluate(() => scrollTo(0, 0));
    await tab.picture(`${name}-${colorScheme}`, !covered);
    expect(await broken(tab), `${name}, ${colorScheme}`).toEqual([]);
  }
}

/** What axe-core finds: the rule, where, and what it says of it. */
async function broken(tab: Tab): Promise<string[]> {
  const { violations } = await tab.page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    // WCAG 2.2 wants it, axe-core does not yet by itself.
    return axe.run({ rules: { "target-size": { enabled: true } } });
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`));
}
