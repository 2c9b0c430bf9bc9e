// What the package declares, entry by entry: names, members and their documentation. The declarations are derived, so their lines
// are regular enough to be read as lines.
import { readFileSync } from "node:fs";

/** Something that is exported, or a member of it. */
export interface Declared {
    /** Such as `Session.watch`. */
    name: string;
    kind: "class" | "function" | "method" | "const" | "type" | "member";
    /** Its documentation; empty, if there is none. */
    doc: string;
    /** The names of its parameters, if it is called. */
    parameters: string[];
}

const root = new URL("../", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { exports: Record<string, Entry> };
type Entry = string | { types?: string };

/** The declarations of every entry, by the name that it is imported by. `windlass/inline` offers the same as `windlass`. */
export const entries: ReadonlyMap<string, string> = new Map(
    Object.entries(manifest.exports)
        .filter(([path]) => path !== "./inline")
        .flatMap(([path, entry]) => {
            const types = typeof entry === "string" ? undefined : entry.types;
            return types === undefined ? [] : [[path.replace(/^\./, "windlass"), readFileSync(new URL(types, root), "utf8")]];
        }),
);

const EXPORT = /^export (?:declare )?(?:abstract )?(class|function|const|type|interface) (\w+)/;
const MEMBER = /^ {4}(?:static |readonly |private )*(\w+|\[Symbol\.\w+\])\??(\(|:)/;

/** Everything that some declarations export. */
export function declared(text: string): Declared[] {
    const found: Declared[] = [];
    let doc: string[] | undefined;
    let told = "";
    let within: { name: string; class: boolean } | undefined;
    for (const line of text.split("\n")) {
        // What an entry shares with `windlass` is declared and documented there.
        if (line.startsWith("export {")) continue;
        if (/^\s*\/\*\*/.test(line)) doc = [];
        if (doc) {
            doc.push(line.replace(/^\s*(?:\/\*\*|\*\/|\*) ?/, "").replace(/ ?\*\/$/, ""));
            if (line.endsWith("*/")) {
                told = doc.join("\n").trim();
                doc = undefined;
            }
            continue;
        }
        const [, kind, name] = EXPORT.exec(line) ?? [];
        if (kind && name) {
            const open = line.endsWith("{");
            found.push({ name, kind: kind === "interface" || kind === "type" ? "type" : (kind as "class"), doc: told, parameters: parameters(line) });
            within = open ? { name, class: kind === "class" } : undefined;
        } else if (/^\}/.test(line)) {
            within = undefined;
        } else if (within && !line.includes("private constructor")) {
            const [, name, mark] = MEMBER.exec(line) ?? [];
            if (name) found.push({ name: `${within.name}.${name}`, kind: within.class && mark === "(" ? "method" : "member", doc: told, parameters: parameters(line) });
        }
        told = "";
    }
    return found;
}

/** The names of the parameters in a line such as `wait(id: string, options?: { until: (state: State) => boolean }): void;`. */
function parameters(line: string): string[] {
    let list = line.slice(line.indexOf("(") + 1);
    for (let inner = ""; inner !== list; ) {
        inner = list;
        list = list.replace(/\([^()]*\)|\{[^{}]*\}|<[^<>]*>/g, "");
    }
    return [...list.slice(0, list.indexOf(")")).matchAll(/(\w+)\??:/g)].map(([, name = ""]) => name);
}

/** The examples in some documentation. */
export function examples(doc: string): string[] {
    return [...doc.matchAll(/^@example\n```ts\n([^]*?)^```/gm)].map(([, code]) => code ?? "");
}
