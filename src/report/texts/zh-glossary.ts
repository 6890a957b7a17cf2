/** en-glossary.ts in Chinese: the same words in the same order. */
import type { GLOSSARY } from './en-glossary.ts';

export const ZH_GLOSSARY: typeof GLOSSARY = [
  { word: '请求 (request)', meaning: '一次用户操作，从头到尾。' },
  { word: '作业 (job)', meaning: '一个请求对一个服务站的一次访问。' },
  {
    word: '服务站、服务台 (station, server)',
    meaning: '一个队列及其相同的服务台：核、工作进程、线程、连接。',
  },
  { word: '到达 (offered)', meaning: '应当到达的请求，在任何限流之前。' },
  { word: '放行 (admitted)', meaning: '到达减去限流拒绝。' },
  { word: '完成 (completed)', meaning: '成功应答，无论是否及时。' },
  { word: '有效 (good)', meaning: '在客户端期限之前成功应答。' },
  { word: '可用率 (availability)', meaning: '有效 / 到达。被限流拒绝的请求也计入损失。' },
  { word: '限流拒绝 (shed)', meaning: '被限流器拒绝。' },
  { word: '队满拒绝 (rejected)', meaning: '因等候队列已满而被拒绝。' },
  { word: '放弃等待 (abandoned)', meaning: '获取超时到期，离开连接池的队列。' },
  { word: '超时 (timed out)', meaning: '因调用方或请求的期限而结束。' },
  { word: '失败 (failed)', meaning: '工作本身失败。' },
  { word: '仍在系统内 (still inside)', meaning: '运行结束时既没有成功也没有失败。' },
  {
    word: '延迟、响应时间 (latency, response time)',
    meaning: '从请求应到达的时刻到得到应答：含排队、重试和退避。',
  },
  { word: 'P99', meaning: '99 % 的有效请求至多用这么久。取自一个合并的直方图，从不对百分位取平均。' },
  { word: '空载 (unloaded)', meaning: '系统中没有其他请求时的响应时间：任何扩容都不会更快。' },
  { word: '服务时间 (service time)', meaning: '作业占用服务台的时间。' },
  { word: '等待时间 (waiting time)', meaning: '作业在得到服务之前等待的时间。' },
  { word: '逗留时间 (sojourn time)', meaning: '在一个服务站的等待与服务时间之和。' },
  { word: '固定延迟 (fixed delays)', meaning: '声明的、不占用服务台的时间：网络、磁盘、外部厂商。' },
  { word: '利用率、已用 (utilization, used)', meaning: '忙碌的服务台时间 / 可用的服务台时间。' },
  { word: '峰值已用 (used at the peak)', meaning: '时间线上各时间窗中最高的利用率。' },
  { word: '余量 (headroom)', meaning: '峰值按比例还能增长多少，资源组才会用满。' },
  { word: '饱和 (saturated)', meaning: '用得太满，以致队列增长。' },
  { word: '积压、过载 (backlogged, overloaded)', meaning: '队列增长后又排空；一直增长到阶段结束。' },
  { word: '亚稳态 (metastable)', meaning: '扰动已经过去，负载也回到正常时的水平，状况仍然恶劣。' },
  { word: '隐藏容量 (hidden capacity)', meaning: '负载在此之下时，重试不能使过载持续。' },
  {
    word: '裕度 (margin)',
    meaning:
      '与限值的距离，以限值为基准；对须高于限值的比例，是允许损失的部分中剩下的份额。预算被突破时为负。',
  },
  { word: '假设 (assumed)', meaning: '没有人测量、也没有出处的数字。' },
];
