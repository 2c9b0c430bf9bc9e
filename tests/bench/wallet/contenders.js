// Who is measured beside whom.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** The folder of this file. */
export const HERE = fileURLToPath(new URL("./", import.meta.url));

/**
 * `app` is a little wallet as people would write it, in `apps`; `subject` gives its single steps, in `subjects`; `covers` are the SEPs
 * that come from the package itself and not from a few lines around `fetch`. What is no app has some steps only, and is not started.
 */
const ALL = [
    { id: "windlass", label: "windlass", app: true, subject: true, covers: "1 9 10 12" },
    { id: "windlass-sign-in", label: "windlass/sign-in", app: true, subject: true, covers: "1 10", entry: "./sign-in" },
    { id: "windlass-server", label: "windlass/server", app: false, subject: true, entry: "./server" },
    { id: "stellar-sdk", label: `stellar-sdk ${version("@stellar/stellar-sdk")}`, app: true, subject: true, covers: "10" },
    { id: "stellar-base", label: "stellar-sdk /base, own rules", app: true, subject: false, covers: "" },
    { id: "wallet-sdk", label: `typescript-wallet-sdk ${version("@stellar/typescript-wallet-sdk")}`, app: true, subject: true, covers: "1 10 12" },
    { id: "noble", label: "by hand, noble", app: true, subject: true, covers: "" },
    { id: "webcrypto", label: "by hand, WebCrypto", app: true, subject: true, covers: "" },
];

/** The one that the others are held against. */
const REFERENCE = "stellar-sdk";

const entries = JSON.parse(readFileSync(require.resolve("windlass/package.json"), "utf8")).exports;

/** Those that there are: an entry of windlass that is not in its package is left out. */
export const CONTENDERS = ALL.filter(({ entry }) => entry === undefined || entry in entries).map((one) => ({
    ...one,
    reference: one.id === REFERENCE,
}));

function version(name) {
    const { dependencies } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));
    return dependencies[name];
}
