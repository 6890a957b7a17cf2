import type { Machine } from '../machine.ts';

export type Slowing = ReturnType<typeof makeSlowing>;

/**
 * Servers that are slower for a while. When is known beforehand, so nothing is ever rescheduled: the work done in a
 * stretch of time is the integral of the speed over it, and the time that work takes the inverse of that.
 *
 *     W(t, t') = ∫ v(u) du        v(u) = 1, in a dip its speed; piecewise constant
 *
 * Times come and go in `spanNs[0]`, in ns and not rounded. Dips are a matter of scenario time.
 */
export function makeSlowing(m: Machine) {
  /** Less work than this is none: instants are whole, and rounding must not keep a job until a standstill's end. */
  const DUE_NS = 0.5;
  const { now, spanNs } = m;
  const { shiftNs } = m.scenarioTime;
  const { first, fromNs, toNs, speed } = m.speeds;

  /** Whether this group is ever slower. */
  function varies(group: number): boolean {
    return first[group]! < first[group + 1]!;
  }

  /** From work at full speed that begins now to the time it takes. What is due when a standstill begins is still done. */
  function stretch(group: number): void {
    const end = first[group + 1]!;
    let left = spanNs[0]!;
    const nowNs = now[0]! + shiftNs[0]!;
    let atNs = nowNs;
    for (let dip = first[group]!; dip < end; dip++) {
      if (toNs[dip]! <= atNs) continue;
      if (fromNs[dip]! > atNs) {
        if (left < fromNs[dip]! - atNs + DUE_NS) break;
        left -= fromNs[dip]! - atNs;
        atNs = fromNs[dip]!;
      }
      const done = (toNs[dip]! - atNs) * speed[dip]!;
      if (speed[dip]! > 0 && left < done + DUE_NS) {
        left = Math.min(left / speed[dip]!, toNs[dip]! - atNs);
        break;
      }
      left -= done;
      atNs = toNs[dip]!;
    }
    spanNs[0] = atNs - nowNs + left;
  }

  /** From the length of time up to now to the work done in it, at full speed. */
  function shrink(group: number): void {
    const end = first[group + 1]!;
    const nowNs = now[0]! + shiftNs[0]!;
    const sinceNs = nowNs - spanNs[0]!;
    for (let dip = first[group]!; dip < end; dip++) {
      const overlapNs = Math.min(toNs[dip]!, nowNs) - Math.max(fromNs[dip]!, sinceNs);
      if (overlapNs > 0) spanNs[0] = spanNs[0]! - overlapNs * (1 - speed[dip]!);
    }
  }

  return { varies, stretch, shrink };
}
