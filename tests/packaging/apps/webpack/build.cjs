// webpack as it comes: no loader, no plug-in, no experiment.
const webpack = require("webpack");

const config = { mode: "production", context: __dirname, entry: "./src/index.js", output: { path: `${__dirname}/dist` } };
webpack(config, (error, stats) => {
  if (error) throw error;
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  // Of the size of the module, which is no more than a hint.
  const told = [...errors, ...warnings].map(({ message }) => message).filter((message) => !/size limit|performance/.test(message));
  if (told.length > 0) throw new Error(told.join("\n"));
});
