// Prints the declarations of an entry of the npm package, from what wasm-bindgen declares:
// `node declarations.js windlass|sign-in|server <its .d.ts> [<the one of windlass>]`. Called by `cargo xtask generate`.
import { readFileSync } from "node:fs";
import ts from "typescript";

const ABOUT = {
    windlass: "Stellar anchors for wallets: find an anchor, sign in (SEP-10), complete KYC (SEP-12, SEP-9).",
    "sign-in": "For pages that only sign in (SEP-10): half the size of `windlass`. Its classes differ from those of `windlass`: use only one of the two.",
    server: "For a wallet's server, and for inspecting challenges. In Node and in edge runtimes its classes are those of `windlass`.",
};

/** Classes of `windlass` that an entry exports too. */
const SHARED = { server: ["Keypair"] };

/** Members that wasm-bindgen adds to every class without documentation. */
const UNDOCUMENTED = [
    ["free(): void;", "Frees the memory now instead of at garbage collection. The object cannot be used afterwards."],
    ["[Symbol.dispose](): void;", "The same as `free`, for `using`."],
];

const [entry, file, known] = process.argv.slice(2);
let declared = reachable(parse(file));
let imports = "";
if (known) {
    const names = new Set(reachable(parse(known)).map(name));
    declared = declared.filter((declaration) => !names.has(name(declaration)));
    const used = declared.flatMap((declaration) => [...identifiers(declaration)]);
    const imported = [...new Set(used)].filter((name) => names.has(name)).sort();
    imports = `import type { ${imported.join(", ")} } from "./windlass.js";\n\n`;
    if (SHARED[entry]) imports += `export { ${SHARED[entry].join(", ")} } from "./windlass.js";\n\n`;
}
const text = declared.map((declaration) => declaration.getFullText()).join("");
// Classes support `using`, which the libraries of most projects do not declare yet.
process.stdout.write(`// Derived from the Rust types by \`cargo xtask generate\`: do not edit.
/// <reference lib="esnext.disposable" />

/**
 * ${ABOUT[entry]}
 *
 * @module ${entry}
 */

${imports}${text.trim()}
`);

/** The declarations in a file. */
function parse(file) {
    const source = (text) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return source(allowUndefined(source(tidy(readFileSync(file, "utf8"))))).statements;
}

function name(declaration) {
    return declaration.name.text;
}

/** Whether it declares a value: something that exists at run time. */
function isValue(declaration) {
    return ts.isClassDeclaration(declaration) || ts.isFunctionDeclaration(declaration);
}

/** The declarations of values, and of all types that they refer to. */
function reachable(all) {
    const wanted = new Set(all.filter(isValue));
    // The set grows during the iteration.
    for (const declaration of wanted) {
        const used = identifiers(declaration);
        all.filter((other) => used.has(name(other))).forEach((other) => wanted.add(other));
    }
    return all.filter((declaration) => wanted.has(declaration));
}

function identifiers(node, found = new Set()) {
    if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, (child) => void identifiers(child, found));
    return found;
}

/**
 * Adds `| undefined` to each optional member of an interface that the package takes and never gives: TypeScript's
 * `exactOptionalPropertyTypes` otherwise refuses `{ id: user.id }` where `user.id` may be undefined. In an answer it is a
 * value or absent.
 */
function allowUndefined(source) {
    const types = new Map(source.statements.filter((it) => !isValue(it)).map((it) => [name(it), it]));
    const ways = { taken: new Set(), given: new Set() };
    const visit = (node, way) => {
        if (node.parameters) {
            node.parameters.forEach((it) => visit(it, way === "taken" ? "given" : "taken"));
            // A type predicate says nothing about who creates the value.
            if (node.type && !ts.isTypePredicateNode(node.type)) visit(node.type, way);
        } else if (ts.isIdentifier(node)) {
            const type = types.get(node.text);
            if (!type || ways[way].has(type)) return;
            ways[way].add(type);
            ts.forEachChild(type, (child) => visit(child, way));
        } else {
            ts.forEachChild(node, (child) => visit(child, way));
        }
    };
    source.statements.filter(isValue).forEach((it) => visit(it, "given"));

    const taken = [...types.values()].filter((it) => ways.taken.has(it) && !ways.given.has(it));
    const members = taken.filter(ts.isInterfaceDeclaration).flatMap(({ members }) => [...members]);
    const optional = members.filter((it) => it.questionToken && it.type && !it.type.getText().endsWith("undefined"));
    let text = source.text;
    // From the end, so that the positions of the others stay.
    for (const { type } of optional.sort((a, b) => b.pos - a.pos)) {
        const kind = ts.isFunctionTypeNode(type) ? `(${type.getText()})` : type.getText();
        text = `${text.slice(0, type.getStart())}${kind} | undefined${text.slice(type.end)}`;
    }
    return text;
}

/**
 * Without the raw module, whose names change with every build and which the package hides; without tabs and blanks at
 * line ends. The documentation of Rust has links, and requirements such as `(S12-50 to S12-54)`.
 */
function tidy(text) {
    text = text.split("export type InitInput")[0].replace(/^\/\* (tslint:disable|eslint-disable) \*\/\n/gm, "");
    text = text.replaceAll("\t", "    ").replace(/ +$/gm, "");
    // The constructors that are left out always throw.
    text = text.replace(/^export class \w+ \{\n(?=    free)[^]*?^\}/gm, (made) =>
        made.includes(" constructor(") ? made : made.replace("{\n", "{\n    private constructor();\n"),
    );
    for (const [member, told] of UNDOCUMENTED) {
        text = text.replaceAll(`\n    ${member}`, `\n    /** ${told} */\n    ${member}`);
    }
    // wasm-bindgen aligns the further lines of a union with the first.
    text = text.replace(/^(?=\/\*\* .* \*\/\n *\| )|^(?= *\| )/gm, "    ");
    const plain = (line) => line.replace(/\[`|`\]/g, "`").replaceAll("::", ".").replace(/ \(S\d[^)]*\)/, "");
    return `${text.replace(/^ *[*/].*/gm, plain).trimEnd()}\n`;
}
