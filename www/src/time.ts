/** A duration in words, coarser the longer it is: `59 min`, `4 min 05 s`, `12 s`. */
export function remaining(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes >= 10) return `${minutes} min`;
  if (minutes > 0) return `${minutes} min ${String(rest).padStart(2, "0")} s`;
  return `${rest} s`;
}

/** Seconds to wait before attempt number `attempt`, from 0: 1, 2, 4 … up to 30. */
export function backOff(attempt: number): number {
  return Math.min(30, 2 ** attempt);
}
