// Which of the declared types the package takes, and which it gives: read from the lines of the declarations, which are regular.
import { entries } from "./declarations.js";

/** What becomes of a type: it is taken by the package, or given. */
type Way = "taken" | "given";

/** A method, or a member that is a function: its parameters and what it returns. */
const FUNCTION = /^[^(]*\(+(.*?)\)(?:: | => )(.*)$/;

/** The names of interfaces that are taken, and never given, with members that may be left out. */
export function taken(): string[] {
    const bodies = new Map<string, string[]>();
    const ways: Record<Way, Set<string>> = { taken: new Set(), given: new Set() };
    const follow = (text: string, way: Way) => {
        for (const [name] of text.matchAll(/\b[A-Z]\w+/g)) {
            const body = bodies.get(name);
            if (body === undefined || ways[way].has(name)) continue;
            ways[way].add(name);
            for (const line of body) signature(line, way);
        }
    };
    /** What a function of the package takes is taken; what a function takes that the package is given, is given to it. */
    const signature = (line: string, way: Way) => {
        const [, parameters, result = ""] = FUNCTION.exec(line) ?? /^\s+constructor\((.*)\);$/.exec(line) ?? [];
        if (parameters === undefined) return follow(line.replace(/^[^:=]*[:=]/, ""), way);
        follow(parameters, way === "taken" ? "given" : "taken");
        // That something is of a type says nothing of who made it.
        if (!/^\w+ is /.test(result)) signature(result, way);
    };
    const roots: string[] = [];
    for (const text of entries.values()) {
        for (const { head, body } of blocks(text)) {
            const [, kind, name] = /^export (?:declare )?(class|interface|type|function) (\w+)/.exec(head) ?? [];
            if (kind === "function") roots.push(head.replace(/^export (?:declare )?function \w+/, ""));
            else if (kind === "class") roots.push(...body);
            else if (name) bodies.set(name, kind === "type" ? [head] : [...extended(head), ...body]);
        }
    }
    for (const root of roots) signature(root, "given");
    const optional = (name: string) => bodies.get(name)?.some((line) => /^\s+\w+\?/.test(line));
    return [...ways.taken].filter((name) => !ways.given.has(name) && optional(name)).sort();
}

/** Every declaration: its first line, and the lines of its body, without their documentation. */
function blocks(text: string): { head: string; body: string[] }[] {
    const lines = text.replace(/\/\*\*[^]*?\*\//g, "").split("\n").filter((line) => line.trim() !== "");
    const found: { head: string; body: string[] }[] = [];
    for (const line of lines) {
        if (line.startsWith("export ")) found.push({ head: line, body: [] });
        else found.at(-1)?.body.push(line);
    }
    return found;
}

function extended(head: string): string[] {
    const [, names] = / extends (.*) \{/.exec(head) ?? [];
    return names === undefined ? [] : [`: ${names}`];
}
