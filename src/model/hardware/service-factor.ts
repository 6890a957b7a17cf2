/** What the speed of a machine depends on besides how busy it is. Shares in [0, 1], frequencies in GHz. */
export interface Machine {
  readonly sockets: number;
  readonly clockGhz: number;
  readonly referenceClockGhz: number;
  readonly numa: 'bound' | 'interleaved' | 'unbound';
  readonly pageKib: number;
  readonly hugePageCoverage: number;
  readonly remoteLatencyRatio: number;
  readonly memoryStallShare: number;
  readonly pageWalkShare: number;
}

/**
 * CPU time on this machine per CPU time on the reference core (formula F-1).
 *
 *     S = S_ref · [c·F + m·N + t·H·N]   =   S_ref · [1 + c·(F − 1) + m·(N − 1) + t·(H·N − 1)]
 *
 * where c + m + t = 1 are the shares of reference CPU time spent computing, stalled on DRAM, and walking page tables;
 * F = reference clock ÷ clock; N = 1 + r·(ρ − 1) with r the share of DRAM accesses that go to another socket and
 * ρ remote ÷ local latency; H = 1 − h·e with h the share of accesses covered by huge pages and e the share of walks
 * they remove. The second form is computed: a machine like the reference gives exactly 1.
 * Source: docs/model.md F-1; vector licences and memory bandwidth are not modelled (factors 1).
 */
export function serviceFactor(machine: Machine): number {
  const m = machine.memoryStallShare;
  const t = machine.pageWalkShare;
  const c = 1 - m - t;
  const clock = machine.referenceClockGhz / machine.clockGhz;
  const memory = 1 + remoteShare(machine) * (machine.remoteLatencyRatio - 1);
  const walks = 1 - machine.hugePageCoverage * walksRemoved(machine.pageKib);
  return 1 + c * (clock - 1) + m * (memory - 1) + t * (walks * memory - 1);
}

/** Share of accesses that a process pinned to one socket still sends to another: kernel and shared pages. */
const REMOTE_SHARE_BOUND = 0.05;

/**
 * r: share of DRAM accesses to another socket. Pinned 0.05; else memory lies on all s sockets alike, (s − 1) / s.
 * Source: docs/model.md F-1 (arithmetic; 0.5 for two sockets).
 */
export function remoteShare({ sockets, numa }: Pick<Machine, 'sockets' | 'numa'>): number {
  if (sockets === 1) return 0;
  return numa === 'bound' ? REMOTE_SHARE_BOUND : (sockets - 1) / sockets;
}

/** Share of page walks removed by pages of this size: 0.80 for 2 MiB, 0.95 for 1 GiB (docs/model.md F-1). */
export function walksRemoved(pageKib: number): number {
  if (pageKib >= 1024 * 1024) return 0.95;
  return pageKib >= 2048 ? 0.8 : 0;
}
