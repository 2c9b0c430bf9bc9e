import { appendFileSync } from "node:fs";
import { until } from "./poll.js";
import { artefact, type Server } from "./server.js";

interface Message {
  to: string;
  code?: string;
}

/** The newest code that was sent to this number or address, when it has come and is not `before`. */
export function code(server: Server, to: string, before?: string): Promise<string> {
  return until(`a code for ${to}`, async () => {
    const response = await fetch(`${server.url}/inbox?to=${encodeURIComponent(to)}`);
    const [message] = (await response.json()) as Message[];
    if (message?.code === undefined || message.code === before) return undefined;
    appendFileSync(artefact("secrets", `ts-${process.pid}.txt`), `${message.code}\n`);
    return message.code;
  });
}
