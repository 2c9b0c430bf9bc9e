// Prints the measurements in the files that are its arguments, a line of JSON each, as tables that
// compare the contenders: `node report.js target/artefacts/bench/wallet-*.jsonl`.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const LEGEND = `\
Medians; the spread is that of all runs. "Times as fast" is the median of the ratios of the single
runs, each to stellar-sdk's run of the same round. Every contender has refused the challenge with a
bit of its signature flipped, and stellar-sdk has accepted what it signed. Sign-ins differ: windlass
also limits the time of requests, compares the transaction after signing with the one before, and
reads the token. "By hand" are a few files without types, retries or error texts. Sizes are of the
files that Chromium fetched; "if needed" is brotli of those that only other browsers fetch. Memory
in Node is process.memoryUsage() after a collection, and includes WebAssembly in external; in
Chromium it is Runtime.getHeapUsage after a collection, with WebAssembly beside it.

`;

const STEPS = {
    open: "open and verify a challenge",
    sign: "sign it",
    openAndSign: "open, verify and sign",
    between: "from a challenge's arrival to the answer, within a sign-in",
    signIn: "sign in, both requests answered at once",
};

/** The measurements as tables: one for those that can be compared, with the same title. */
export function render(lines) {
    const titles = new Map();
    for (const line of lines) {
        const { title, table } = kind(line);
        if (!titles.has(title)) titles.set(title, { table, lines: [] });
        titles.get(title).lines.push(line);
    }
    return [...titles].map(([title, { table, lines }]) => `${title}\n${columns(table(lines))}\n`).join("");
}

function kind(line) {
    if (line.rates) return { title: `${STEPS[line.step]}, ${line.runtime}`, table: speed };
    if (line.signed) {
        const title = `import to first signed challenge, in ms, ${line.runtime}, ${line.cache}`;
        return { title, table: cold };
    }
    if (line.worked) {
        return { title: `MiB after the import -> after 1,000 challenges, ${line.runtime}`, table: memory };
    }
    if (line.sizes) return { title: "bytes of a small wallet, bundled and minified", table: sizes };
    throw new Error(`not a measurement: ${JSON.stringify(line)}`);
}

function speed(lines) {
    const reference = lines.find((line) => line.reference)?.rates;
    const rows = lines.map(({ subject, rates }) => [
        subject,
        whole(median(rates)),
        (1e6 / median(rates)).toFixed(1),
        spread(rates, whole),
        reference ? ratio(rates, reference).toFixed(2) : "",
    ]);
    return [["", "per second", "microseconds", "spread", "times as fast"], ...rows];
}

function cold(lines) {
    const reference = lines.find((line) => line.reference)?.signed;
    const rows = lines.map(({ subject, imported, signed }) => [
        subject,
        median(imported).toFixed(1),
        median(signed).toFixed(1),
        spread(signed, (time) => time.toFixed(0)),
        reference ? ratio(reference, signed).toFixed(2) : "",
    ]);
    return [["", "import", "signed", "spread", "times as fast"], ...rows];
}

function memory(lines) {
    const members = ["resident", "heap", "external", "wasm"];
    const mebibytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
    const row = (subject, before, after) => [
        subject,
        // Chromium does not tell what is resident.
        ...members.map((name) =>
            name in before && name in after ? `${mebibytes(before[name])} -> ${mebibytes(after[name])}` : "",
        ),
    ];
    const [{ bare }] = lines;
    const rows = lines.map(({ subject, imported, worked }) => row(subject, imported, worked));
    return [["", ...members], row("nothing imported", bare, bare), ...rows];
}

function sizes(lines) {
    const heading = ["", "SEPs of its own", "files", "raw", "gzip -9", "brotli 11", "if needed"];
    const sum = (files, index) => whole(files.reduce((total, file) => total + file[index], 0));
    const rows = lines.map(({ subject, covers, sizes, others }) => [
        subject,
        covers.replaceAll(" ", ", "),
        String(sizes.length),
        ...[0, 1, 2].map((index) => sum(sizes, index)),
        others.length === 0 ? "" : `+${sum(others, 2)}`,
    ]);
    return [heading, ...rows];
}

/** Lays rows out in columns, the first left-aligned, the others right-aligned. */
function columns(rows) {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]));
    return rows.map((row) => `${row.map(pad).join("   ").trimEnd()}\n`).join("");
}

/**
 * The median of the ratios of the single runs: those of one round were a moment apart, on a machine
 * that was as busy for both.
 */
export function ratio(values, reference) {
    return median(values.map((value, run) => value / reference[run]));
}

/** The middle value, or the upper one of two. */
export function median(values) {
    return sorted(values)[Math.floor(values.length / 2)] ?? NaN;
}

export function spread(values, spell) {
    const all = sorted(values);
    return all.length === 0 ? "" : `${spell(all[0])}..${spell(all.at(-1))}`;
}

function sorted(values) {
    return [...values].sort((a, b) => a - b);
}

/** 1234567.8 as "1,234,568". */
function whole(number) {
    return Math.round(number).toLocaleString("en-US");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
    const text = process.argv.slice(2).map((file) => readFileSync(file, "utf8")).join("");
    const lines = text.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    process.stdout.write(LEGEND + render(lines));
}
