// How TypeDoc builds `docs/api`, the reference of the npm package: `npm run api --workspace docs`.
import { readFileSync } from "node:fs";

const wasm = "../sdk/wasm";
const { exports } = JSON.parse(readFileSync(new URL(`${wasm}/package.json`, import.meta.url), "utf8"));

// One entry for each file of declarations: `windlass/inline` has that of `windlass`.
const declarations = new Set(Object.values(exports).flatMap(({ types }) => types ?? []));

/** @type {import("typedoc").TypeDocOptions & import("typedoc-plugin-markdown").PluginOptions} */
export default {
    entryPoints: [...declarations].map((path) => `${wasm}/${path}`),
    out: "api",
    tsconfig: "tsconfig.json",
    plugin: ["typedoc-plugin-markdown", "./unions.js"],
    router: "module",
    readme: "none",
    name: "windlass",
    excludePrivate: true,
    excludeExternals: true,
    disableSources: true,
    sort: ["static-first", "alphabetical"],
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    // A broken link, a type that is not exported and a missing text end the build.
    validation: { notExported: true, invalidLink: true, notDocumented: true },
    treatWarningsAsErrors: true,
    treatValidationWarningsAsErrors: true,
    indexFormat: "table",
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    classPropertiesFormat: "table",
    typeAliasPropertiesFormat: "table",
    typeDeclarationFormat: "table",
    propertyMembersFormat: "table",
    groupOrder: ["Classes", "Functions", "*"],
    tableColumnSettings: {
        hideSources: true,
        hideInherited: true,
        hideOverrides: true,
        hideModifiers: true,
    },
    expandParameters: true,
    cleanOutputDir: true,
    githubPages: false,
};
