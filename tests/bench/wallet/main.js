// Measures one thing and prints what it saw, a line of JSON each: `node main.js speed node`.
const [part, where, ...rest] = process.argv.slice(2);
const { [where]: run } = await import(`./parts/${part}.js`);
if (typeof run !== "function") throw new Error(`there is no ${part} in ${where}`);
await run((line) => process.stdout.write(`${JSON.stringify(line)}\n`), ...rest);
