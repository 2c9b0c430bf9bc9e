import { until } from "./poll.js";
import type { Server } from "./server.js";

interface Message {
  to: string;
  code?: string;
}

/** The newest code that was sent to this number or address, when it has come and is not `before`. */
export function code(server: Server, to: string, before?: string): Promise<string> {
  return until(`a code for ${to}`, async () => {
    const response = await fetch(`${server.url}/inbox?to=${encodeURIComponent(to)}`);
    const [message] = (await response.json()) as Message[];
    return message?.code === before ? undefined : message?.code;
  });
}
