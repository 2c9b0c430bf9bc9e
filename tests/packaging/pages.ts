// Pages that load the packed package directly. Each prints an address that it has generated.
export const ENTRY = "/node_modules/windlass/index.js";
export const INLINE = "/node_modules/windlass/inline.js";

export const ADDRESS = /^G[A-Z2-7]{55}$/;
/** What prints it, where `Keypair` is there. */
export const PRINT = "console.log((await Keypair.random()).address);";

export interface Page {
  /** What the package is loaded in. */
  in: string;
  files: Record<string, string>;
  /** What the server says beside the files. */
  headers?: Record<string, string>;
}

/** The page of an app that a bundler makes. */
export const APP = '<!doctype html><title>App</title><script type="module" src="/main.ts"></script>\n';

export function page(script: string, head = ""): string {
  return `<!doctype html><title>App</title>${head}<body><script type="module">${script}</script></body>\n`;
}

/** An import map for a page that serves the installed package from its folder. */
export function importMap(entries: Record<string, string> = { windlass: ENTRY }): string {
  return `<script type="importmap">${JSON.stringify({ imports: entries })}</script>`;
}

/** Removes Ed25519 from the browser, as in older versions. */
const BEFORE_ED25519 = `
  const { importKey } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
    if ((algorithm.name ?? algorithm) === "Ed25519") return Promise.reject(new DOMException("no such algorithm", "NotSupportedError"));
    return importKey.call(this, format, key, algorithm, ...rest);
  };`;

// A call that listens to a signal and fails without a request.
const LISTEN = `await Anchor.discover("no host", { signal: new AbortController().signal }).catch(() => {});`;

const ASK_WORKER = `
  const { active } = await navigator.serviceWorker.ready;
  navigator.serviceWorker.onmessage = ({ data }) => console.log(data);
  navigator.serviceWorker.startMessages();
  active.postMessage("address");`;

const serviceWorker = (entry: string) =>
  `import { Keypair } from "${entry}"; onmessage = async ({ source }) => source.postMessage((await Keypair.random()).address);`;

const POLICY = { "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" };

function ofEntry(entry: string): Page[] {
  const worker = 'new Worker("/worker.js", { type: "module" }).onmessage = ({ data }) => console.log(data);';
  return [
    {
      in: `a page whose policy allows WebAssembly and nothing else that is evaluated, by ${entry}`,
      files: {
        "index.html": '<!doctype html><title>App</title><body><script type="module" src="/main.js"></script></body>\n',
        "main.js": `import { Anchor, Keypair } from "${entry}"; ${LISTEN} ${PRINT}`,
      },
      headers: POLICY,
    },
    {
      in: `a worker that imports ${entry}`,
      files: {
        "index.html": page(worker),
        "worker.js": `import { Keypair } from "${entry}"; postMessage((await Keypair.random()).address);`,
      },
    },
    {
      in: `a browser without Ed25519, by ${entry}`,
      files: { "index.html": page(`${BEFORE_ED25519} const { Keypair } = await import("${entry}"); ${PRINT}`) },
    },
  ];
}

export const PAGES: Page[] = [
  { in: "a page without a bundler, by an import map", files: { "index.html": page(`import { Keypair } from "windlass"; ${PRINT}`, importMap()) } },
  ...ofEntry(ENTRY),
  ...ofEntry(INLINE),
  {
    in: "a service worker",
    files: {
      "index.html": page(`await navigator.serviceWorker.register("/sw.js", { type: "module" }); ${ASK_WORKER}`),
      "sw.js": serviceWorker(INLINE),
    },
  },
];

/** The same with the service worker in one classic script, as bundlers make it: Firefox 140 ESR has no module service workers. */
export const CLASSIC_SERVICE_WORKER = {
  "index.html": page(`await navigator.serviceWorker.register("/sw.js"); ${ASK_WORKER}`),
  "source.js": serviceWorker("windlass/inline"),
};
