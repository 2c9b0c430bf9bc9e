// Not where Vite would put it: its scripts end up far from the package.
export default { cacheDir: "../.cache/app", server: { port: 0, host: "127.0.0.1" } };
