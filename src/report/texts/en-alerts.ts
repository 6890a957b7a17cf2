/** What is said of alerts. */
export const ALERTS = {
  head: 'ALERTS',
  title: 'Alerts',
  caption: 'When the rules of monitoring would fire, on the simulated time line',
  heads: { alert: 'alert', severity: 'severity', fires: 'fires', when: 'when', of: 'of', why: 'why' },
  /** `for` null: at once. */
  rule: (when: string, over: string, held: string | null) =>
    `${when} over ${over}${held === null ? '' : ` for ${held}`}`,
  and: ' and ',
  never: 'never',
  fired: (at: string) => at,
  inSome: (at: string, count: number, of: number) => `${at}, in ${count} of ${of} runs`,
  times: (count: number) => `${count} times`,
  pending: (at: string) => `true since ${at}`,
  resolved: (at: string) => `until ${at}`,
  lasting: 'to the end',
};
