/** The sentences of compile/advice/texts.ts in Chinese, by code. */
import type { ADVICE_TEXT, AdviceText } from './en-advice.ts';

/** Gives a name or number by what it is; '' where there is none. */
type Word = (name: string) => string;

function eachText(w: Word): string {
  return w('instances') === '1' ? '总共' : `${w('instances')} × ${w('perInstance')}`;
}

function needText(w: Word): string {
  if (w('needsEach') === '') return w('needs');
  const each = `每个 ${w('needsEach')}`;
  return w('needsReplicas') === '' ? each : `${w('needsReplicas')} 个副本，或${each}`;
}

function unshedText(w: Word): string {
  if (w('unshed') === '') return '';
  return `（若${w('isBehind') === '' ? '它自己' : '前面'}不拒绝，则为 ${w('unshed')}）`;
}

function attemptsText(w: Word): string {
  return w('attempts') === '1' ? '' : ` × ${w('attempts')} 次尝试`;
}

function outerText(w: Word): string {
  return w('outer') === '' ? `${w('request')} 的客户端` : `${w('outer')} 的调用方`;
}

const TEXTS: Readonly<Record<string, (w: Word) => AdviceText>> = {
  HF601: (w) => ({
    message: `${w('station')} 在峰值（${w('at')}）过载：工作需要 ${w('asked')} 个服务台，只有 ${w('capacity')} 个（${w('utilization')}）`,
    help: `峰值时要保持在 ${w('target')}，需要 ${w('needed')} 个副本，现有 ${w('has')} 个`,
  }),
  HF602: (w) => ({
    message: `${w('station')} 在峰值（${w('at')}）撑得住，只因限流器拒绝了一部分：全部到达需要 ${w('asked')} 个服务台，只有 ${w('capacity')} 个；放行的占用 ${w('admitted')}`,
    help: `要在峰值服务所有请求并保持在 ${w('target')}，需要 ${w('needed')} 个副本，现有 ${w('has')} 个`,
  }),
  HF603: (w) => ({
    message: `${w('station')} 在峰值（${w('at')}）已忙到 ${w('utilization')}：从这里起等待时间急剧上升`,
    help: `${w('needed')} 个副本可使它保持在 ${w('target')}；现有 ${w('has')} 个`,
  }),
  HF604: (w) => ({
    message: `${w('station')} 最热的副本得到 ${w('share')} 的访问，而不是 ${w('fair')}：峰值（${w('at')}）需要它的 ${w('utilization')}`,
    help: '分散热键、在前面缓存，或拉平权重：增加副本并不能拆开一个键',
  }),
  HF611: (w) => ({
    message: `${w('limiter')} 在峰值（${w('at')}）拒绝 ${w('shed')}：到达 ${w('offered')}${unshedText(w)}，放行 ${w('admits')}（${eachText(w)}）`,
    help: `要放行所有请求：${needText(w)}`,
  }),
  HF612: (w) => ({
    message: `${w('limiter')} 在峰值（${w('at')}）全部放行，只因前面的限流器拒绝了一部分：本应到达 ${w('offered')}，实到 ${w('asked')}，放行 ${w('admits')}（${eachText(w)}）`,
    help: `前面的限流器放宽之后：${needText(w)}`,
  }),
  HF621: (w) => ({
    message: `${w('station')} 的每个副本有 ${w('has')} 个线程，按 Little 定律峰值（${w('at')}）需要 ${w('needed')} 个：${w('perReplica')} × 占用 ${w('held')}`,
    help: '增加线程或副本，或缩短占用线程的时间',
  }),
  HF622: (w) => ({
    message: `${w('caller') === '' ? '客户端' : w('caller')} 的每个副本到 ${w('station')} 的每个副本保持 ${w('has')} 个连接，按 Little 定律峰值（${w('at')}）需要 ${w('needed')} 个：${w('perPair')} × 占用 ${w('held')}`,
    help: '加大连接池，或缩短占用连接的时间',
  }),
  HF631: (w) => ({
    message: `${w('station')} 失败时，每个 ${w('request')} 请求可能调用它 ${w('factor')} 次：重试沿 ${w('chain')} 相乘`,
    help: '只在一层重试，或给重试设预算',
  }),
  HF632: (w) => ({
    message: `起因消失之后，重试仍可能使 ${w('station')} 过载：峰值（${w('at')}）忙到 ${w('utilization')}，每次都尝试 ${w('factor')} 回则为 ${w('multiplied')}`,
    help: `没有重试预算时，只有低于其容量的 ${w('hidden')} 才安全：加上预算，或增加副本`,
  }),
  HF641: (w) => ({
    message: `${w('call')} 可能要 ${w('timeout')}${attemptsText(w)}，但 ${outerText(w)} ${w('outerTimeout')} 后就放弃：其余的工作没有人等`,
    help: '内层的期限要短于外层剩下的时间',
  }),
  HF642: (w) => ({
    message: `${w('call')} 在 ${w('timeout')} 后超时，但系统中没有其他请求时平均就要 ${w('mean')}`,
    help: '期限应当高于仍值得等待的最慢应答',
  }),
  HF643: (w) => ({
    message: `${w('call')} 可能为连接等待 ${w('acquire') === '' ? '任意久' : w('acquire')}，再用 ${w('timeout')}${attemptsText(w)}，但 ${outerText(w)} ${w('outerTimeout')} 后就放弃：调用的超时不含等待连接的时间`,
    help: '给连接池设 acquireTimeout，使它与 timeout 之和短于外层期限剩下的时间',
  }),
  HF651: (w) => ({
    message: `预算 ${w('budget')}（${w('condition')}）对 ${w('request')} 无法达到：系统中没有其他请求时 ${w('metric')} 就是 ${w('value')}`,
    help: '增加副本无济于事：减少关键路径上的步骤或加快它们，或修改预算',
  }),
  HF652: (w) => ({
    message: `预算 ${w('budget')} 针对阶段 ${w('phase')}，而该阶段在运行结束之后才开始`,
    help: '延长运行，或选择别的时段',
  }),
};

export const ZH_ADVICE_TEXT: typeof ADVICE_TEXT = ({ code, words }) =>
  words === undefined ? null : (TEXTS[code]?.((name) => words[name] ?? '') ?? null);
