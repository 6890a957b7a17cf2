/** Instants of a run as a reader sees them: wall-clock time when the scenario says when t = 0 is. */

const DAY_SECONDS = 86_400;
const SHORT_RUN_SECONDS = 60;

export type ClockText = (atNs: number) => string;

/**
 * Writes instants: `00:02:21.5` (`00:02:21.5 +1d` once a day has passed) when `from` is an ISO 8601 time, else `t+02:21.5`.
 * Tenths of a second, thousandths when the run lasts less than a minute; a fraction of zero is left out.
 */
export function clockOf({ from, lastsNs }: { from: string | null; lastsNs: number }): ClockText {
  const decimals = lastsNs < SHORT_RUN_SECONDS * 1e9 ? 3 : 1;
  const start = from === null ? null : secondsOfDay(from);
  if (start === null) return (atNs) => `t+${elapsed(atNs / 1e9, decimals)}`;
  return (atNs) => {
    const seconds = round(start + atNs / 1e9, decimals);
    const days = Math.floor(seconds / DAY_SECONDS);
    const text = hoursMinutesSeconds(seconds - DAY_SECONDS * days, decimals);
    return seconds - start < DAY_SECONDS ? text : `${text} +${days}d`;
  };
}

/** Seconds after midnight of an ISO 8601 date and time in its own zone, or null. */
export function secondsOfDay(text: string): number | null {
  const match = /[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?/.exec(text);
  if (match === null) return null;
  const [, hours, minutes, seconds = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function hoursMinutesSeconds(seconds: number, decimals: number): string {
  const hours = Math.floor(seconds / 3600);
  return `${twoDigits(hours)}:${minutesSeconds(seconds - hours * 3600, decimals)}`;
}

function elapsed(exact: number, decimals: number): string {
  const seconds = round(exact, decimals);
  return seconds < 3600 ? minutesSeconds(seconds, decimals) : hoursMinutesSeconds(seconds, decimals);
}

function minutesSeconds(seconds: number, decimals: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = round(seconds - minutes * 60, decimals);
  const whole = Math.floor(rest);
  const fraction = (rest - whole)
    .toFixed(decimals)
    .slice(1)
    .replace(/\.?0+$/, '');
  return `${twoDigits(minutes)}:${twoDigits(whole)}${fraction}`;
}

/** Rounded first, so that 59.97 s becomes 01:00 and not 00:60. */
function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, '0');
}
