// How long a wallet's work on one challenge takes, everybody in one process.
import { bundle, scratch } from "../bundle.js";
import { stage, withBrowser, withPage } from "../chromium.js";
import { CONTENDERS } from "../contenders.js";
import * as harness from "../harness.js";
import { accept, scene } from "../scene.js";
import { Site } from "../site.js";

/** In milliseconds. Short turns and many of them: what else the machine does then falls on all alike. */
const PLAN = { warmUp: 1500, runs: 27, length: 200 };
const SUBJECTS = CONTENDERS.filter(({ subject }) => subject);

export async function node(print) {
    const anchor = scene();
    const stub = new harness.Stub(anchor);
    const contenders = [];
    for (const { id } of SUBJECTS) {
        const steps = await (await import(`../subjects/${id}.js`)).steps(anchor);
        judge(anchor, await harness.prove(id, steps, anchor, stub));
        contenders.push({ id, steps });
    }
    tell(print, `Node ${process.versions.node}`, await harness.measure(contenders, anchor, stub, PLAN));
}

export function chromium(print) {
    return scratch(async (folder) => {
        await bundle(folder, ".", "harness");
        for (const { id } of SUBJECTS) await bundle(folder, "subjects", id);
        const site = await Site.start(folder);
        const anchor = scene();
        await withBrowser((browser) =>
            withPage(browser, site.url, async (page) => {
                await stage(page, anchor);
                for (const { id } of SUBJECTS) {
                    const signed = await page.evaluate(async (id) => {
                        const { harness, anchor, stub, contenders } = globalThis.bench;
                        const steps = await (await import(`/subjects/${id}/${id}.js`)).steps(anchor);
                        contenders.push({ id, steps });
                        return harness.prove(id, steps, anchor, stub);
                    }, id);
                    judge(anchor, signed);
                }
                const seen = await page.evaluate((plan) => {
                    const { harness, anchor, stub, contenders } = globalThis.bench;
                    return harness.measure(contenders, anchor, stub, plan);
                }, PLAN);
                tell(print, `Chromium ${browser.version()}`, seen);
            }),
        );
        await site.stop();
    });
}

function judge(anchor, signed) {
    for (const transaction of Object.values(signed)) accept(anchor, transaction);
}

function tell(print, runtime, measured) {
    for (const { id, step, rates } of measured) {
        const { label, reference } = SUBJECTS.find((subject) => subject.id === id);
        print({ runtime, subject: label, reference, step, rates });
    }
}
