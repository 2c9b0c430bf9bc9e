// Debian's Chromium, with the flags that all tests use.
import { chromium } from "playwright-core";

const options = { executablePath: process.env.WINDLASS_CHROMIUM, args: (process.env.WINDLASS_CHROMIUM_FLAGS ?? "").split(" ") };

/** A browser, closed after `use`. */
export async function withBrowser(use) {
    const browser = await chromium.launch(options);
    try {
        return await use(browser);
    } finally {
        await browser.close();
    }
}

/** A browser whose profile is kept in `folder` as long as it runs: its caches are those of a person's browser. */
export async function withProfile(folder, use) {
    const context = await chromium.launchPersistentContext(folder, options);
    try {
        return await use(context);
    } finally {
        await context.close();
    }
}

/** A page with nothing in it, closed after `use`; an error in it is ours. */
export async function withPage(context, url, use) {
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(error));
    try {
        await page.goto(url);
        const result = await use(page);
        if (faults.length > 0) throw faults[0];
        return result;
    } finally {
        await page.close();
    }
}

/** Puts the harness into a page as `bench`, with the anchor behind `fetch`. */
export function stage(page, anchor) {
    return page.evaluate(async (anchor) => {
        const harness = await import("/harness/harness.js");
        const wasm = harness.memories();
        globalThis.bench = { harness, anchor, stub: new harness.Stub(anchor), wasm, contenders: [] };
    }, anchor);
}
