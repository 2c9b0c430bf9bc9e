// Accessibility checks in both themes, with a screenshot of each.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { AxeResults, RunOptions } from "axe-core";
import { expect } from "vitest";
import type { Tab } from "../support/chromium.js";
import { isWell } from "./wallet.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Adds axe-core to every page of the tab. Call it before the first page is opened. */
export async function withAxe(tab: Tab): Promise<void> {
  // The page's content security policy would refuse a script element.
  await tab.page.addInitScript(AXE);
}

/** Checks in both themes that no rule of axe-core is broken and nothing overflows, and takes a screenshot of each. */
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

/** A violation that axe-core has found: rule, element and description. */
async function broken(tab: Tab): Promise<string[]> {
  const { violations } = await tab.page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    // Required by WCAG 2.2, but not on by default in axe-core.
    return axe.run({ rules: { "target-size": { enabled: true } } });
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`));
}
