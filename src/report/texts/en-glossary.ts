/** What the words of a report mean; the same definitions as docs/glossary.md, shorter. */
export const GLOSSARY: readonly { readonly word: string; readonly meaning: string }[] = [
  { word: 'request', meaning: 'One user action, from end to end.' },
  { word: 'job', meaning: 'One visit of a request to one station.' },
  {
    word: 'station, server',
    meaning: 'A queue with its identical servers: cores, workers, threads, connections.',
  },
  { word: 'offered', meaning: 'Requests that were due to arrive, before any limiter.' },
  { word: 'admitted', meaning: 'Offered minus shed.' },
  { word: 'completed', meaning: 'Answered with success, in time or late.' },
  { word: 'good', meaning: "Answered with success before the client's deadline." },
  { word: 'availability', meaning: 'Good / offered. Requests that were shed count against it.' },
  { word: 'shed', meaning: 'Refused by a limiter.' },
  { word: 'rejected', meaning: 'Refused because a waiting room was full.' },
  { word: 'abandoned', meaning: 'Left the queue of a pool when its acquire time-out fired.' },
  { word: 'timed out', meaning: 'Ended by a deadline of the caller or of the request.' },
  { word: 'failed', meaning: 'The work itself failed.' },
  { word: 'still inside', meaning: 'Neither good nor failed when the run ended.' },
  {
    word: 'latency, response time',
    meaning:
      'From the instant a request was due to arrive to its answer: queues, retries and back-off included.',
  },
  {
    word: 'P99',
    meaning: '99 % of the good requests took at most this long. From one merged histogram, never averaged.',
  },
  { word: 'unloaded', meaning: 'Response time with nobody else in the system: no sizing can be faster.' },
  { word: 'service time', meaning: 'Time a job holds a server.' },
  { word: 'waiting time', meaning: 'Time a job waits before it is served.' },
  { word: 'sojourn time', meaning: 'Waiting and service time at one station.' },
  { word: 'fixed delays', meaning: 'Declared times that hold no server: network, disk, vendors.' },
  { word: 'utilization, used', meaning: 'Busy server-time / available server-time.' },
  { word: 'used at the peak', meaning: 'Highest utilization of any window of the time line.' },
  { word: 'headroom', meaning: 'How far the peak may grow, in proportion, until the group is fully used.' },
  { word: 'saturated', meaning: 'Used so fully that its queue grows.' },
  {
    word: 'backlogged, overloaded',
    meaning: 'The queue grew and drained again; it grew until the end of the phase.',
  },
  {
    word: 'metastable',
    meaning:
      'Still bad though the disturbance is over and the load is back at what it was when all was well.',
  },
  { word: 'hidden capacity', meaning: 'Load up to which retries cannot keep an overload going.' },
  {
    word: 'margin',
    meaning:
      'Distance to the limit as a share of the limit; of a share that must stay above its limit, the part left of what may be lost. Negative when the budget is broken.',
  },
  { word: 'assumed', meaning: 'A figure that nobody measured and no source states.' },
];
