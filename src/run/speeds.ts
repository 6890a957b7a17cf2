import { pinned } from '../base/pinned.ts';
import type { Model } from '../model/model.ts';

/** When servers are slower than usual: see kernel/slowing.ts. */
export class Speeds {
  /** Whether any group is ever slower. */
  readonly vary: boolean;
  /** Dips of group g, in order of time: `first[g]` up to `first[g + 1]`. */
  readonly first: Int32Array;
  readonly fromNs: Float64Array;
  readonly toNs: Float64Array;
  /** Share of their speed that is left, 0 to 1. */
  readonly speed: Float64Array;

  constructor({ groups, disturbances }: Pick<Model, 'groups' | 'disturbances'>) {
    const dips = groups.map((_, group) =>
      disturbances
        .filter((each) => each.groups.includes(group) && each.speed < 1)
        .toSorted((a, b) => a.fromNs - b.fromNs),
    );
    const all = dips.flat();
    this.vary = all.length > 0;
    this.first = pinned(new Int32Array(groups.length + 1));
    dips.forEach((each, group) => {
      this.first[group + 1] = this.first[group]! + each.length;
    });
    this.fromNs = pinned(Float64Array.from(all, (dip) => dip.fromNs));
    this.toNs = pinned(Float64Array.from(all, (dip) => dip.toNs));
    this.speed = pinned(Float64Array.from(all, (dip) => dip.speed));
  }
}
