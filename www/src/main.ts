import { start } from "./start";

void start(async () => (await import("./wallet")).wallet);
