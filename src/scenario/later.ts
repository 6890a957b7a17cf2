/** Words of the language whose meaning is not built yet: they are refused by name, never silently ignored. */
export const LATER_KEYS: ReadonlySet<string> = new Set([
  ...[
    'breaker',
    'compensate',
    'hpa',
    'resources',
    'degrade',
    'hedge',
    'cancel',
    'canary',
    'tenants',
    'faults',
  ],
  ...['gc', 'quota', 'placement', 'autoscale', 'saga'],
]);
