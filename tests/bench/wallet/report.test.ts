import { expect, test } from "vitest";
// @ts-expect-error: a script without types
import { median, ratio, render, spread } from "./report.js";

const heading = (title: string, ...rows: string[]) => `${[title, ...rows].join("\n")}\n\n`;

test("speed is compared with the reference, step by step", () => {
    const windlass = { runtime: "Node 20", subject: "windlass", reference: false };
    const lines = [
        { ...windlass, step: "openAndSign", rates: [2600.4, 2000, 3000] },
        { ...windlass, step: "sign", rates: [4000, 5000, 6000] },
        { runtime: "Node 20", subject: "other", reference: true, step: "openAndSign", rates: [500, 700, 650] },
    ];
    expect(render(lines)).toBe(
        heading(
            "open, verify and sign, Node 20",
            "           per second   microseconds         spread   times as fast",
            "windlass        2,600          384.6   2,000..3,000            4.62",
            "other             650         1538.5       500..700            1.00",
        ) +
            heading(
                "sign it, Node 20",
                "           per second   microseconds         spread   times as fast",
                "windlass        5,000          200.0   4,000..6,000",
            ),
    );
});

test("less time is faster", () => {
    const chromium = { runtime: "Chromium 1", cache: "cached" };
    const lines = [
        { ...chromium, subject: "windlass", reference: false, imported: [10.25, 9, 11], signed: [20, 25, 40.6] },
        { ...chromium, subject: "other", reference: true, imported: [30, 30, 30], signed: [100, 100, 90] },
    ];
    expect(render(lines)).toBe(
        heading(
            "import to first signed challenge, in ms, Chromium 1, cached",
            "           import   signed    spread   times as fast",
            "windlass     10.3     25.0    20..41            4.00",
            "other        30.0    100.0   90..100            1.00",
        ),
    );
});

test("memory begins with an empty runtime", () => {
    const none = { heap: 1, external: 2, wasm: 0 };
    const some = { heap: 1048576, external: 0, wasm: 0 };
    const lines = [
        {
            runtime: "Node 20",
            subject: "windlass",
            bare: { resident: 1048576, heap: 0, external: 0, wasm: 0 },
            imported: { resident: 2097152, heap: 524288, external: 0, wasm: 0 },
            worked: { resident: 3145728, heap: 1048576, external: 0, wasm: 1114112 },
        },
        { runtime: "Chromium 1", subject: "windlass", bare: none, imported: some, worked: some },
    ];
    expect(render(lines)).toBe(
        heading(
            "MiB after the import -> after 1,000 challenges, Node 20",
            "                     resident         heap     external         wasm",
            "nothing imported   1.0 -> 1.0   0.0 -> 0.0   0.0 -> 0.0   0.0 -> 0.0",
            "windlass           2.0 -> 3.0   0.5 -> 1.0   0.0 -> 0.0   0.0 -> 1.1",
        ) +
            heading(
                "MiB after the import -> after 1,000 challenges, Chromium 1",
                "                   resident         heap     external         wasm",
                "nothing imported              0.0 -> 0.0   0.0 -> 0.0   0.0 -> 0.0",
                "windlass                      1.0 -> 1.0   0.0 -> 0.0   0.0 -> 0.0",
            ),
    );
});

test("the sizes of all fetched files are added up", () => {
    const sizes = [[1000, 300, 200], [200000, 60000, 50000]];
    const lines = [
        { subject: "windlass", covers: "1 9 10", sizes, others: [[9000, 5000, 4000]] },
        { subject: "other", covers: "", sizes: [[900, 100, 90]], others: [] },
    ];
    expect(render(lines)).toBe(
        heading(
            "bytes of a small wallet, bundled and minified",
            "           SEPs of its own   files       raw   gzip -9   brotli 11   if needed",
            "windlass          1, 9, 10       2   201,000    60,300      50,200      +4,000",
            "other                            1       900       100          90",
        ),
    );
});

test("the ratio is that of runs of the same round", () => {
    // The machine was ten times as busy in the second and third round; the ratio stays the same.
    expect(ratio([400, 40, 40], [200, 20, 20])).toBe(2);
    expect(ratio([400, 40, 90], [100, 20, 30])).toBe(3);
});

test("the median is one of the values", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([])).toBeNaN();
    expect(spread([3, 1, 2], String)).toBe("1..3");
});
