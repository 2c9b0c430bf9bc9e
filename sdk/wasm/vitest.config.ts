import { defineConfig } from "vitest/config";

export default defineConfig({
    test: {
        include: ["test/*.test.ts"],
        testTimeout: 20_000,
        maxWorkers: 2,
        // The kit imports CommonJS packages by name, as bundlers allow and Node does not.
        server: { deps: { inline: ["@creit.tech/stellar-wallets-kit"] } },
    },
});
