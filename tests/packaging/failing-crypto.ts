// Pages that sign in while functions of WebCrypto fail, as some do for Ed25519 keys in Firefox 140.
import { ENTRY, importMap, page } from "./pages.js";

export const TESTING = "/node_modules/windlass/testing/pkg/testing.js";

/** The functions of `crypto.subtle` that the package uses. The page checks that there are no others. */
const USED = ["exportKey", "importKey", "sign", "verify"];
const FAILURES = ["throws", "rejects", "resolves to nothing"];
const CASES = ["nothing fails", ...USED.flatMap((name) => FAILURES.map((failure) => `${name} ${failure}`))];

/** Lets the function fail that the address names, signs in at the test anchor, and tells the parent page which functions were called. */
const CASE = `
const [failing, ...words] = decodeURIComponent(location.hash.slice(1)).split(" ");
const called = new Set();
for (const name of Object.keys(SubtleCrypto.prototype)) {
  const own = SubtleCrypto.prototype[name];
  SubtleCrypto.prototype[name] = function (...args) {
    called.add(name);
    if (name !== failing) return own.apply(this, args);
    const error = new DOMException("The operation failed for an operation-specific reason", "OperationError");
    if (words[0] === "throws") throw error;
    return words[0] === "rejects" ? Promise.reject(error) : Promise.resolve();
  };
}
const { Anchor, Keypair } = await import("windlass");
const { testAnchor } = await import("windlass/testing");
(await testAnchor({ domain: "anchor.test" })).install();
const key = await Keypair.random();
const session = await (await Anchor.discover("anchor.test")).signIn(key);
parent.postMessage({ signedIn: session.account === key.address, called: [...called].sort() });
`;

/** Opens a page per case, because the package looks at WebCrypto once per page. Prints the browser's version at the end. */
const ALL = `
for (const name of ${JSON.stringify(CASES)}) {
  const frame = document.createElement("iframe");
  const answer = new Promise((resolve) => (onmessage = ({ data }) => resolve(data)));
  frame.src = "/case.html#" + encodeURIComponent(name);
  document.body.append(frame);
  const { signedIn, called } = await answer;
  frame.remove();
  if (!signedIn) console.error("not signed in where " + name);
  if (name === "nothing fails" && called.join() !== "${USED.join()}") console.error("uses " + called);
  if (name !== "nothing fails" && !called.includes(name.split(" ")[0])) console.error("not called: " + name);
}
console.log("signed in ${CASES.length} times in " + navigator.userAgent);
`;

export const SIGNED_IN = new RegExp(`^signed in ${CASES.length} times in (.*)`);

const map = importMap({ windlass: ENTRY, "windlass/testing": TESTING });
export const FILES = { "index.html": page(ALL), "case.html": page(CASE, map) };
