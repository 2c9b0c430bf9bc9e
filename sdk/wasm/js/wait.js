// How the tasks of a module wait: they say for which promise, and are polled again when it is settled.

let asked, answer;
const idle = [];

/** Says what the task waits for that is polled, as its last word. */
export function wait(promise) {
    asked = Promise.resolve(promise).then(
        (value) => () => value,
        (error) => () => {
            throw error;
        },
    );
}

/** What came of it. */
export const settled = () => answer();

/** Has those polled that wait for no promise, but for each other. */
export const wake = () => idle.splice(0).forEach((poll) => poll());

/** Polls a task until it is done, or is given up by its signal. */
export async function run(task, signal) {
    let aborted = signal?.aborted;
    let stop;
    const abort = () => {
        aborted = true;
        stop?.();
    };
    signal?.addEventListener("abort", abort);
    try {
        for (let next; ; ) {
            if (!aborted) answer = await (signal ? Promise.race([next, new Promise((resolve) => (stop = resolve))]) : next);
            asked = undefined;
            const done = task.poll(aborted);
            if (done !== null) return done;
            next = asked ?? new Promise((resolve) => idle.push(resolve));
        }
    } finally {
        signal?.removeEventListener("abort", abort);
        task.free();
    }
}
