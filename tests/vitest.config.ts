import { defineConfig } from "vitest/config";

/** A folder of tests; `seconds` is what one of them may take on a busy machine. */
const project = (name: string, seconds: number) => ({
  test: {
    name,
    include: [`${name}/*.test.ts`],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
  },
});

export default defineConfig({
  test: {
    projects: [project("npm", 20), project("bench/wallet", 20), project("interop", 30), project("browser", 120), project("packaging", 240)],
    // Each file has a server or a browser of its own; two at a time is what the smallest machine does well.
    maxWorkers: 2,
  },
});
